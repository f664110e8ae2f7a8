"""All that a roster's plan is made from besides the file, as the database gives it.

A plan is a function of these values and of nothing else: where a second look finds them equal, the
plan still holds. So it is made before the lock, and the lock is held for one look and the writing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Model, OuterRef

from organisations.models import Organisation
from retention.models import Person, Post, SessionCell, SessionPattern
from retention.models.session_pattern import WeekInTurn
from retention.queries.posts import visible_posts

# SQLite takes 32,766 values in one statement.
AT_ONCE = 10_000
Values = tuple[Any, ...]


def _columns(model: type[Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


POST, PERSON = _columns(Post), _columns(Person)
PATTERN = ("pk", "post", "starts_on", "ends_on", "told_by_practice", "shows_mentoring")
CELL = ("pattern", "weekday", "part", "kind", "minutes")


@dataclass(frozen=True)
class Basis:
    """`posts` are a practice's, the columns of POST and then of PERSON, newest first.

    `visible` are those that the practice may see, `elsewhere` its people who have posts in other
    places too. `told` and `cells` are the told weeks, in the order in which they began, and their
    half-days. `codes` are organisation codes of the file that exist.
    """

    posts: Sequence[Values]
    visible: frozenset[int] = frozenset()
    elsewhere: frozenset[int] = frozenset()
    told: Sequence[Values] = ()
    cells: Sequence[Values] = ()
    codes: frozenset[str] = frozenset()


def read_basis(practice: Organisation, codes: Iterable[str]) -> Basis:
    """Return what the record says of a practice and of some organisation codes; six queries."""
    posts = Post.objects.filter(organisation=practice)
    weeks = SessionPattern.objects.filter(
        post__organisation=practice, told_at__isnull=False, starts_on__isnull=False
    )
    # A roster has one week; of two in turn, which their person told, it can say nothing.
    cells = SessionCell.objects.filter(pattern__post__organisation=practice, week=WeekInTurn.A)
    return Basis(
        posts=list(posts.values_list(*POST, *(f"person__{name}" for name in PERSON))),
        visible=frozenset(visible_posts(practice).values_list("pk", flat=True)),
        elsewhere=_elsewhere(practice),
        told=list(weeks.order_by("starts_on", "pk").values_list(*PATTERN)),
        cells=list(cells.order_by("pk").values_list(*CELL)),
        codes=_known(sorted(set(codes))),
    )


def _elsewhere(practice: Organisation) -> frozenset[int]:
    here = Post.objects.filter(organisation=practice, person=OuterRef("person"))
    others = Post.objects.exclude(organisation=practice).filter(Exists(here))
    return frozenset(others.values_list("person", flat=True))


def _known(codes: Sequence[str]) -> frozenset[str]:
    """Return those of `codes` that are organisations of the record."""
    found: set[str] = set()
    for start in range(0, len(codes), AT_ONCE):
        some = Organisation.objects.filter(code__in=codes[start : start + AT_ONCE])
        found |= set(some.values_list("code", flat=True))
    return frozenset(found)
