"""A place's published profile over all the months that are loaded."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from models.bands import share_aged
from organisations.models.organisation import Organisation
from retention.imports.cells import UNKNOWN_AGE
from retention.models.published_count import StaffGroup
from retention.models.published_profile import PublishedProfile
from retention.queries.age_profile import BANDS, OLDER_FROM, known_ages


@dataclass(frozen=True)
class TrendMonth:
    """One month of a place and staff group; None is not known, never zero.

    `sessions` are estimated, a week. `share_older` is the share of people of known age who are 55
    and over, `share_oldest` 60 and over. `age_unknown` counts the people without a known age.
    `by_role` maps a role's code to people and FTE; a role that is not in it has nobody, or is not
    in that month's edition. Figures rest on `practices` less `practices_not_known`.
    """

    month: dt.date
    people: int | None
    fte: float | None
    sessions: float | None
    share_older: float | None
    share_oldest: float | None
    age_unknown: int | None
    trainees: int | None
    patients: int | None
    practices: int
    practices_not_known: int
    by_role: Mapping[str, tuple[int | None, float | None]]


OLDEST_FROM = 60
_FIELDS = (
    "month",
    "headcount",
    "sessions",
    "by_role",
    "people",
    "fte",
    "trainees",
    "patients",
    "practices",
    "practices_not_known",
)


def trend(place: Organisation, staff_group: str = StaffGroup.GP) -> list[TrendMonth]:
    """Return every loaded month of a place, oldest first; one query.

    A network's months count the practices that it had at the end of each.
    """
    rows = PublishedProfile.objects.filter(organisation=place, staff_group=staff_group)
    return [_month(row, staff_group) for row in rows.order_by("month").only(*_FIELDS)]


def _month(row: PublishedProfile, staff_group: str) -> TrendMonth:
    bands = BANDS[staff_group]
    ages = known_ages(row.headcount, bands)
    # As age_profile.sessions_now, of a row that was read without its other columns.
    sessions = [value for value in row.sessions.values() if value is not None]
    return TrendMonth(
        month=row.month,
        people=row.people,
        fte=row.fte,
        sessions=sum(sessions) if sessions else None,
        share_older=share_aged(ages, OLDER_FROM, bands),
        share_oldest=share_aged(ages, OLDEST_FROM, bands),
        age_unknown=row.headcount.get(UNKNOWN_AGE),
        trainees=row.trainees,
        patients=row.patients,
        practices=row.practices,
        practices_not_known=row.practices_not_known,
        by_role={role: (people, fte) for role, (people, fte) in row.by_role.items()},
    )
