"""Values that every part of the API reads and writes: pages, codes, versions, texts."""

from collections.abc import Sequence
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from ninja import Field, Schema
from pydantic import StringConstraints

MOST_ITEMS = 200
FURTHEST = 1_000_000
FIRST_DAY_OUT = "The first day that is no longer in."

# PostgreSQL takes no NUL in a text, and 32 bits in a version.
NO_NUL = r"^[^\x00]*$"
Text = Annotated[str, StringConstraints(max_length=1000, pattern=NO_NUL)]
Line = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)]
Code = Annotated[str, StringConstraints(max_length=12, pattern=r"^[A-Za-z0-9-]{1,12}$")]
Slug = Annotated[str, StringConstraints(max_length=80, pattern=r"^[A-Za-z0-9_-]{1,80}$")]
Version = Annotated[
    int,
    Field(ge=0, le=2_147_483_646, description="As last read; 0 where there was nothing yet."),
]

Item = TypeVar("Item")


class Paging(Schema):
    """Which part of a list is wanted."""

    limit: int = Field(50, ge=1, le=MOST_ITEMS, description="How many items, 200 at most.")
    offset: int = Field(0, ge=0, le=FURTHEST, description="How many items to leave out first.")

    def of(self, items: "QuerySet[Any, Any] | Sequence[Any]") -> tuple[list[Any], int]:
        """Return the part of `items` that is wanted, and how many there are in all."""
        part = list(items[self.offset : self.offset + self.limit])
        return part, items.count() if isinstance(items, QuerySet) else len(items)


class Page(Schema, Generic[Item]):
    """A part of a list."""

    items: list[Item]
    count: int = Field(description="How many there are in all.")


class PlaceName(Schema):
    """A place, by the code that never changes."""

    code: str
    kind: str
    name: str


class CountOut(Schema):
    """A count of people, from `value` up to `up_to`; both are null where it is withheld.

    An exact count has the same number in both.
    """

    value: int | None
    up_to: int | None
    withheld: bool
