"""Weeks that are not every week the same, and a leave, among colleagues of the demo's manager.

Plainly made up: the first of the practice's people, in the order in which they were made, so that
a visitor finds each kind on one page.
"""

import datetime as dt
from decimal import Decimal

from hubs.demo.records import Records
from hubs.demo.seed import stable_id
from organisations.models import Organisation
from retention.models import Absence, SessionCell, SessionPattern
from retention.models.absence import AbsenceReason
from retention.models.session_pattern import Basis, Rhythm, WeekInTurn

# School weeks; and weeks worked by somebody who has sessions by the year.
TERM_WEEKS, ANNUALISED_WEEKS = 39, 44
AWAY_SINCE, BACK_IN = dt.timedelta(days=70), dt.timedelta(days=110)


def vary_patterns(records: Records, practice: Organisation, on: dt.date) -> list[Absence]:
    """Make one week alternate, one of term time, one of sessions a year; return one leave."""
    standing = [
        pattern
        for pattern in records.patterns
        if pattern.post.organisation is practice
        # Whoever signs in finds the plain week that the first ten minutes speak of.
        and pattern.post.person.user is None
        and pattern.ends_on is None
    ]
    alternate, term_time, annualised, away = standing[:4]
    _alternate(records, alternate)
    term_time.basis, term_time.weeks_a_year = Basis.TERM_TIME, TERM_WEEKS
    half_days = sum(cell.pattern is annualised for cell in records.cells)
    annualised.basis, annualised.weeks_a_year = Basis.ANNUALISED, ANNUALISED_WEEKS
    annualised.sessions_a_year = Decimal(half_days * ANNUALISED_WEEKS)
    return [
        Absence(
            public_id=stable_id("absence"),
            post=away.post,
            starts_on=max(on - AWAY_SINCE, away.post.starts_on),
            ends_on=on + BACK_IN,
            reason=AbsenceReason.CAREER_BREAK,
        )
    ]


def _alternate(records: Records, pattern: SessionPattern) -> None:
    """Give a pattern a week B: its own without the last half-day."""
    pattern.rhythm = Rhythm.ALTERNATE
    cells = [cell for cell in records.cells if cell.pattern is pattern]
    records.cells += [
        SessionCell(
            pattern=pattern,
            week=WeekInTurn.B,
            weekday=cell.weekday,
            part=cell.part,
            kind=cell.kind,
            minutes=cell.minutes,
        )
        for cell in cells[:-1]
    ]
