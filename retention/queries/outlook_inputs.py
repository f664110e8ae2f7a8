"""What outlooks are made from: the published people of each practice, by age band.

No private record is read here. A practice counts from models.disclosure's limit on; networks and
areas always do.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import chain

import numpy as np

from models.arrays import Floats
from models.bands import spread_unknown
from models.disclosure import may_show_public_outlook
from models.sessions import fte_to_sessions
from organisations.models.organisation import ENGLAND, Kind, Organisation
from organisations.queries.membership import practices_by_place, practices_of_networks
from retention.models.published_count import StaffGroup
from retention.models.published_profile import PublishedProfile
from retention.queries.age_profile import BANDS, UNKNOWN, known_ages, month_end
from retention.queries.england import ages_of_england, yardstick

# Beyond, reading every practice of the month is quicker than naming them, and has no limit.
_NAMED_UP_TO = 500


@dataclass(frozen=True)
class _PracticeRow:
    """One practice's people of known age by band, those of unknown age, and its sessions."""

    known: Floats
    unknown: float
    sessions: float

    @cached_property
    def people(self) -> float:
        return float(self.known.sum()) + self.unknown


_Rows = Mapping[int, _PracticeRow | None]


@dataclass(frozen=True)
class OutlookInputs:
    """What an outlook is made from: the practices with people, and how many are not known."""

    practices: Sequence[int]  # their primary keys
    counted: Sequence[_PracticeRow]
    without_people: int
    not_known: int
    spread: Floats  # (practices, bands), unknown ages spread over the known
    heads: Floats  # (practices,), sessions a head

    @property
    def sessions(self) -> float:
        """Sessions a week in all."""
        return sum(row.sessions for row in self.counted)

    @property
    def people(self) -> int:
        """People in all, of known age or not."""
        return round(sum(row.people for row in self.counted))


def outlook_inputs(
    places: Sequence[Organisation], month: dt.date, staff_group: str = StaffGroup.GP
) -> dict[Organisation, OutlookInputs]:
    """Return what the outlooks of some places are made from, without those that have none."""
    places = [place for place in places if place.code != ENGLAND or yardstick(month).loaded]
    members = _members(places, month)
    rows = _practice_rows(set(chain.from_iterable(members.values())), month, staff_group)
    # Asked for only where a place knows no age at all, and then once.
    elsewhere = lru_cache(maxsize=1)(partial(ages_of_england, month, staff_group))
    found = {}
    for place in places:
        # Sorted: in another order sums differ in a last digit, and the stored digest with them.
        own = {pk: rows[pk] for pk in sorted(members[place.pk]) if pk in rows}
        if _has_outlook(place, own):
            found[place] = _inputs(own, elsewhere)
    return found


def _members(places: Sequence[Organisation], month: dt.date) -> dict[int, frozenset[int]]:
    """Return the practices of each place at the end of the month, by the profiles' own rule."""
    wider = [place for place in places if place.kind != Kind.PRACTICE]
    day = month_end(month)
    # Networks alone need a few links, not all of England's.
    if all(place.kind == Kind.NETWORK for place in wider):
        members = practices_of_networks(day, [place.pk for place in wider]) if wider else {}
    else:
        members = practices_by_place(day)
    return {
        place.pk: frozenset({place.pk})
        if place.kind == Kind.PRACTICE
        else members.get(place.pk, frozenset())
        for place in places
    }


def _practice_rows(practices: set[int], month: dt.date, staff_group: str) -> _Rows:
    """Return the figures of each practice; None where the file had no usable ones."""
    rows = PublishedProfile.objects.filter(month=month, staff_group=staff_group)
    if len(practices) > _NAMED_UP_TO:
        rows = rows.filter(organisation__kind=Kind.PRACTICE)
    else:
        rows = rows.filter(organisation__in=practices)
    return {
        pk: _practice_row(headcount, fte, staff_group)
        for pk, headcount, fte in rows.values_list("organisation", "headcount", "fte")
        if pk in practices
    }


def _practice_row(
    headcount: Mapping[str, float], fte: float | None, staff_group: str
) -> _PracticeRow | None:
    if not headcount or fte is None:
        return None
    known = known_ages(headcount, BANDS[staff_group])
    row = _PracticeRow(known, headcount.get(UNKNOWN) or 0, fte_to_sessions(fte))
    # FTE without people is a gap in the return: there is nobody to share it.
    return None if fte and not row.people else row


def _has_outlook(place: Organisation, rows: _Rows) -> bool:
    people = sum(row.people for row in rows.values() if row)
    return bool(people) and (place.kind != Kind.PRACTICE or may_show_public_outlook(people))


def _inputs(rows: _Rows, ages_elsewhere: Callable[[], Floats]) -> OutlookInputs:
    with_people = {pk: row for pk, row in rows.items() if row and row.people}
    counted = list(with_people.values())
    known = np.stack([row.known for row in counted])
    unknown = np.array([row.unknown for row in counted])
    not_known = sum(1 for row in rows.values() if row is None)
    return OutlookInputs(
        practices=list(with_people),
        counted=counted,
        without_people=len(rows) - len(counted) - not_known,
        not_known=not_known,
        spread=spread_unknown(
            known, unknown, fallback=known.sum(axis=0) if known.any() else ages_elsewhere()
        ),
        # The published files do not cross FTE with age: everybody of a practice counts alike.
        heads=np.array([row.sessions / row.people for row in counted]),
    )
