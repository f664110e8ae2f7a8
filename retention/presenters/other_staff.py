"""Other staff of a place: people, full-time equivalents, and what may be lost, in tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.disclosure import PUBLIC_OUTLOOK_FROM
from models.sessions import SESSIONS_PER_FTE
from retention.presenters.age_profile import fte
from retention.presenters.outlook import NOT_KNOWN, Table, chance, number, percent, within
from retention.queries.age_profile import share_older
from retention.queries.other_staff import StaffOutlook
from retention.queries.outlook_figures import PublicOutlook

YEARS = (1, 5)
HEADERS = [
    "Staff group",
    "People",
    "FTE",
    "Aged 55 and over",
    *(f"FTE lost within {within(years)} (80% interval)" for years in YEARS),
]
NOBODY = "Nobody"
TOO_FEW = f"Fewer than {PUBLIC_OUTLOOK_FROM} people"


@dataclass(frozen=True)
class GroupLosses:
    """What one staff group may lose within each horizon, and the chance of losing at least N."""

    group: str
    name: str
    losses: Table
    chances: Table


@dataclass(frozen=True)
class OtherStaff:
    """The section on other staff; without a table nothing is shown."""

    table: Table | None
    notes: Sequence[str] = ()
    groups: Sequence[GroupLosses] = ()


NO_OTHER_STAFF = OtherStaff(None)


def other_staff_section(rows: Sequence[StaffOutlook], *, may_see_outlook: bool) -> OtherStaff:
    """Return other staff by group, with outlooks for who may see them."""
    if not rows:
        return NO_OTHER_STAFF
    # The counts are open data; what may be lost is for who may see outlooks.
    headers = HEADERS if may_see_outlook else HEADERS[: -len(YEARS)]
    table = Table(headers, [_row(row)[: len(headers)] for row in rows])
    return OtherStaff(
        table, _notes(rows), [_losses(row, row.outlook) for row in rows if row.outlook]
    )


def _row(row: StaffOutlook) -> list[str]:
    label = row.staff_group.label
    if not row.is_known:
        return [label, *[NOT_KNOWN] * (len(HEADERS) - 1)]
    return [
        label,
        number(row.people),
        fte(row.profile.fte),
        _share(row),
        *(_lost(row, years) for years in YEARS),
    ]


def _share(row: StaffOutlook) -> str:
    if not row.people:
        return NOBODY
    return TOO_FEW if row.is_too_small else percent(share_older(row.profile))


def _lost(row: StaffOutlook, years: int) -> str:
    if not row.people:
        return NOBODY
    if row.outlook is None:
        return TOO_FEW if row.is_too_small else "No outlook"
    h = row.outlook.horizons[years]
    return f"{fte(in_fte(h.expected))} ({_interval(h.low80, h.high80)})"


def _losses(row: StaffOutlook, outlook: PublicOutlook) -> GroupLosses:
    horizons = list(outlook.horizons.values())
    losses = Table(
        ["Within", "FTE lost", "80% interval", "People leaving", "FTE retired", "80% interval"],
        [
            [
                within(h.years),
                fte(in_fte(h.expected)),
                _interval(h.low80, h.high80),
                number(h.headcount_expected),
                fte(in_fte(h.retirement_expected)),
                _interval(h.retirement_low80, h.retirement_high80),
            ]
            for h in horizons
        ],
    )
    chances = Table(
        ["Losing at least", *(f"Within {within(h.years)}" for h in horizons)],
        [
            [f"{fte(in_fte(level))} FTE", *(chance(h.chances[place][1]) for h in horizons)]
            for place, (level, _) in enumerate(horizons[0].chances)
        ],
    )
    return GroupLosses(row.staff_group, row.staff_group.label, losses, chances)


def _interval(low: float, high: float) -> str:
    return f"{fte(in_fte(low))} to {fte(in_fte(high))}"


def in_fte(sessions: float) -> float:
    """Return full-time equivalents of so many weekly sessions."""
    # In FTE on the page: nobody counts the week of these groups in sessions.
    return sessions / SESSIONS_PER_FTE


def _notes(rows: Sequence[StaffOutlook]) -> list[str]:
    made = [row.outlook for row in rows if row.outlook]
    if not made:
        return []
    tables = [outlook.table_version for outlook in made]
    return [
        f"If nobody joined. From the figures of {made[0].as_at:%B %Y}, and by standard table "
        f"{', '.join(tables)}.",
        "For these groups only retiring from 50 on is fitted to published figures; how many "
        "leave for another reason is assumed. Trust them less than the GPs' "
        "outlook: none has been back-tested. Everyone in a practice is given its average hours.",
    ]
