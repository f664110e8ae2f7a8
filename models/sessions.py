"""Sessions, hours and full-time equivalents, by contract.

A session is a half-day of 4 hours 10 minutes; nine of them are 37.5 hours, one full-time
equivalent. Hours truly worked are longer (6.2 a session in 2021: BJGP 2024;74:e652), so these
conversions describe contracts and never workload.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

MINUTES_PER_SESSION = 250
SESSIONS_PER_FTE = 9
MINUTES_PER_FTE = MINUTES_PER_SESSION * SESSIONS_PER_FTE  # 37.5 hours
# Paid leave is part of a full-time year, so a part of the year is taken of all its weeks.
WEEKS_PER_YEAR = 52


@dataclass(frozen=True)
class Stretch:
    """So many sessions a week from a day (in) until a day (out); None: still."""

    starts_on: dt.date
    ends_on: dt.date | None
    sessions: float


def minutes_to_sessions(minutes: float) -> float:
    """Sessions in so many contracted minutes."""
    return minutes / MINUTES_PER_SESSION


def fte_to_sessions(fte: float) -> float:
    """Weekly sessions of so many full-time equivalents."""
    return fte * SESSIONS_PER_FTE


def sessions_to_fte(sessions: float) -> float:
    """Full-time equivalents of so many weekly sessions."""
    return sessions / SESSIONS_PER_FTE


def minutes_to_fte(minutes: float) -> float:
    """Full-time equivalents of so many contracted minutes a week."""
    return minutes / MINUTES_PER_FTE


def weekly_average(in_turn: Sequence[float], weeks_a_year: float = WEEKS_PER_YEAR) -> float:
    """The amount of a week on average over the year.

    in_turn: the amount of each of the weeks that follow each other in turn (minutes or sessions);
    weeks_a_year: how many weeks of the year are worked, 0 to 52, paid leave included.
    Raises ValueError outside these.
    """
    if not in_turn or not 0 <= weeks_a_year <= WEEKS_PER_YEAR:
        raise ValueError("Needs a week at least, and 0 to 52 weeks a year.")
    return sum(in_turn) / len(in_turn) * weeks_a_year / WEEKS_PER_YEAR


def annualised_week(a_year: float, weeks: float = WEEKS_PER_YEAR) -> float:
    """The amount of one of `weeks` equal weeks that hold so much a year.

    Over all 52 weeks it is what counts for a full-time equivalent; over the weeks worked it is
    what a week in work holds. Raises ValueError without weeks.
    """
    if not 0 < weeks <= WEEKS_PER_YEAR:
        raise ValueError("A year has 1 to 52 weeks of work.")
    return a_year / weeks


def sessions_on(stretches: Sequence[Stretch], date: dt.date) -> float | None:
    """The weekly sessions of all stretches that hold on `date`; None where none does."""
    # In on the first day and out on the last: a week that ends and one that starts do not meet.
    held = [
        stretch.sessions
        for stretch in stretches
        if stretch.starts_on <= date and (stretch.ends_on is None or stretch.ends_on > date)
    ]
    return sum(held) if held else None


def years_before(date: dt.date, years: int) -> dt.date:
    """The same day so many years before; 29 February becomes the 28th."""
    try:
        return date.replace(year=date.year - years)
    except ValueError:
        # Only 29 February is missing from another year.
        return date.replace(year=date.year - years, day=28)


def change_in_sessions(stretches: Sequence[Stretch], date: dt.date, years: int) -> float | None:
    """Weekly sessions on `date` less those so many years before.

    None where nothing is recorded for either day: what is not known is not zero.
    """
    now, before = sessions_on(stretches, date), sessions_on(stretches, years_before(date, years))
    return None if now is None or before is None else now - before
