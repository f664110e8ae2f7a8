"""Disclosure control: what a figure must satisfy before it passes any door.

Published counts are open data and pass as published. These limits are for what is derived from
them for one practice, and for everything that rests on private records.
"""

import math
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass

# People in the staff group before a practice has a public outlook of its own.
PUBLIC_OUTLOOK_FROM = 5
# People behind any released count of private records (health data practice: 1 to 7 become *).
COUNT_FROM = 8
# A private outlook needs so many sharing practices, and people left without any one of them.
PRIVATE_OUTLOOK_PRACTICES = 3
PRIVATE_OUTLOOK_PEOPLE_LEFT = 8
# A released cell stands until so many of its contributors have changed.
RELEASE_AGAIN_FROM = 8
# Own records show ages in these groups only: the first age of each, and its words.
OWN_RECORD_AGE_GROUPS = ((55, "55 and over"), (45, "45 to 54"), (0, "Under 45"))


@dataclass(frozen=True)
class Withheld:
    """A figure that may not be shown. It knows no number, so it cannot leak one."""

    def __str__(self) -> str:
        """What stands on a page in place of the figure."""
        return "*"


WITHHELD = Withheld()


def may_show_public_outlook(people: float) -> bool:
    """Whether a practice with so many people in the staff group has an outlook of its own."""
    return people >= PUBLIC_OUTLOOK_FROM


def count_or_withheld(count: int) -> int | Withheld:
    """A count of private records, withheld below COUNT_FROM; a zero is withheld too."""
    return count if count >= COUNT_FROM else WITHHELD


def as_json(value: float | Withheld) -> dict[str, float | bool | None]:
    """The JSON form of a figure: its value, and whether it is withheld."""
    if isinstance(value, Withheld):
        return {"value": None, "withheld": True}
    return {"value": value, "withheld": False}


def own_record_age_group(age: int) -> str:
    """The words for an age in counts of own records. Raises ValueError for a negative age."""
    for first, words in OWN_RECORD_AGE_GROUPS:
        if age >= first:
            return words
    raise ValueError("An age cannot be negative.")


def may_show_private_outlook(people_by_practice: Mapping[str, int]) -> bool:
    """Whether a private outlook may be released for a cell (place x staff group).

    people_by_practice: the people of each sharing practice in the cell. Taking away the largest
    practice, whose manager knows its own people, must leave enough others.
    """
    sharing = [people for people in people_by_practice.values() if people > 0]
    if len(sharing) < PRIVATE_OUTLOOK_PRACTICES:
        return False
    return sum(sharing) - max(sharing) >= PRIVATE_OUTLOOK_PEOPLE_LEFT


def may_release_again(before: Collection[Hashable], now: Collection[Hashable]) -> bool:
    """Whether a released cell may change: enough contributors came, left or were altered.

    Each contributor stands for a person and the state of their record, so an altered record
    counts as another contributor. Someone altered is in both lists of differences but is one
    person: the longer list decides.
    """
    old, new = set(before), set(now)
    return max(len(old - new), len(new - old)) >= RELEASE_AGAIN_FROM


def whole_sessions(sessions: float) -> int:
    """Sessions rounded to a whole number, halves upwards."""
    return math.floor(sessions + 0.5)
