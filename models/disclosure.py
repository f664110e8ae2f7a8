"""Disclosure control: what a figure must satisfy before it passes any door.

Published counts are open data and pass as published. These limits are for what is derived from
them for one practice, and for everything that rests on private records.
"""

import datetime as dt
import math
from collections.abc import Collection, Hashable, Iterable, Mapping, Set
from dataclasses import dataclass

# People in the staff group before a practice has a public outlook of its own.
# Lower than for private records: the ages behind it are open data, practice by practice.
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


@dataclass(frozen=True)
class Band:
    """A count of people as far as it is told: `low` to `high`, both included."""

    low: int
    high: int

    def __str__(self) -> str:
        """What stands on a page."""
        return f"{self.low}" if self.low == self.high else f"{self.low} to {self.high}"


def count_band(count: int) -> Band | Withheld:
    """A count of private records in a band of COUNT_FROM; the lowest, zero included, is withheld.

    Safe for a whole and parts of it that share nobody and need not add up to it, read together by
    anyone at any dates. What is told would be told too were there everywhere as many people as the
    lower ends say: a world in which every kind of person comes in eights. So nobody can know that
    a group has 1 to 7 people (docs/decisions/0016).
    """
    # Fixed steps, never round the count itself: bands that moved with it could be laid over one
    # another.
    low = count - count % COUNT_FROM
    return Band(low, low + COUNT_FROM - 1) if low else WITHHELD


def count_of_practices(
    people: Mapping[str, Set[Hashable]], readers: Iterable[Set[str]] = ()
) -> Band | Withheld:
    """The band of people by practice: from three practices, with eight left for every reader.

    readers: sets of practices whose people one account knows by name. Each must be left with eight
    others, and so must whoever knows one practice.
    """
    if not enough_practices(sum(1 for held in people.values() if held)):
        return WITHHELD
    for known in (*readers, *({code} for code in people)):
        others = (held for code, held in people.items() if code not in known)
        if not enough_left(len(set().union(*others))):
            return WITHHELD
    return count_band(len(set().union(*people.values())))


def band_from(low: int | None) -> Band | Withheld:
    """The band that starts at `low`, as a release keeps it; None was withheld."""
    return WITHHELD if low is None else count_band(low)


def as_json(value: Band | Withheld) -> dict[str, int | bool | None]:
    """The JSON form of a count: at least `value`, at most `up_to`, and whether it is withheld."""
    if isinstance(value, Withheld):
        return {"value": None, "up_to": None, "withheld": True}
    return {"value": value.low, "up_to": value.high, "withheld": False}


def released_on(date: dt.date) -> dt.date:
    """The day whose counts stand on `date`: the first of its quarter.

    Counts that followed each change would tell by the hour when a seventh became an eighth.
    """
    # 1, 4, 7 and 10.
    return date.replace(month=date.month - (date.month - 1) % 3, day=1)


def own_record_age_group(age: int) -> str:
    """The words for an age in counts of own records. Raises ValueError for a negative age."""
    for first, words in OWN_RECORD_AGE_GROUPS:
        if age >= first:
            return words
    raise ValueError("An age cannot be negative.")


def enough_practices(number: int) -> bool:
    """Whether a private outlook may rest on so many sharing practices.

    Asked of cells, and of every sum and difference of them: models/release_plan.py.
    """
    return number >= PRIVATE_OUTLOOK_PRACTICES


def enough_left(people: int) -> bool:
    """Whether so many people, when those whom a reader knows are taken away, hide each other."""
    return people >= PRIVATE_OUTLOOK_PEOPLE_LEFT


def may_release_again(before: Collection[Hashable], now: Collection[Hashable]) -> bool:
    """Whether a released cell may change: enough contributors came, left or were altered.

    Each contributor stands for a person and the state of their record, so an altered record
    counts as another contributor. Someone altered is in both lists of differences but is one
    person: the longer list decides.
    """
    old, new = set(before), set(now)
    # One alone could be told from a cell that changed for them; eight hide each other.
    return max(len(old - new), len(new - old)) >= RELEASE_AGAIN_FROM


def whole_sessions(sessions: float) -> int:
    """Sessions rounded to a whole number, halves upwards."""
    # round() would send 2.5 to 2 and 3.5 to 4.
    return math.floor(sessions + 0.5)
