"""Weeks of half-days, as many as someone works."""

import random

from models.sessions import minutes_to_fte
from retention.models.post import DEFAULT_SESSION_MINUTES
from retention.models.session_pattern import CellKind, PartOfDay, Weekday
from retention.queries.patterns import HalfDay, Week

WORKING_DAYS = tuple(day for day in Weekday if day != Weekday.SATURDAY)
MOST_SESSIONS = 2 * len(WORKING_DAYS)
EVENING_MINUTES = 180
# Chances, all assumed: an evening surgery in place of an afternoon, a Saturday morning beside.
EVENING, SATURDAY = 0.08, 0.05
# What some half-days are for, by role: (kind, from how many sessions, chance).
OTHER_KINDS: dict[str, tuple[tuple[CellKind, int, float], ...]] = {
    "partner": ((CellKind.ADMIN, 5, 0.8), (CellKind.LEADERSHIP, 7, 0.2)),
    "salaried": ((CellKind.ADMIN, 7, 0.3), (CellKind.CPD, 6, 0.5)),
    "trainee": ((CellKind.TRAINING, 2, 1.0), (CellKind.TRAINING, 8, 1.0)),
    "nurse": ((CellKind.ADMIN, 7, 0.4),),
    "advanced_nurse": ((CellKind.ADMIN, 7, 0.3), (CellKind.CPD, 8, 0.3)),
}


def make_week(rng: random.Random, role: str, sessions: int) -> Week:
    """Return a week of so many half-days (10 at most, and now and then a Saturday beside).

    Whole days first: most people work mornings and afternoons of the same days.
    """
    days = rng.sample(WORKING_DAYS, (sessions + 1) // 2)
    half_days: list[HalfDay] = []
    for day in sorted(days[: sessions // 2]):
        evening = rng.random() < EVENING
        later = PartOfDay.EVENING if evening else PartOfDay.AFTERNOON
        half_days += [(int(day), str(PartOfDay.MORNING)), (int(day), str(later))]
    if sessions % 2:
        # An odd number leaves one half-day by itself.
        half_days.append((int(days[-1]), str(rng.choice(PartOfDay.values[:2]))))
    week = {half_day: (str(CellKind.CLINICAL), _minutes(half_day)) for half_day in half_days}
    for kind, least, chance in OTHER_KINDS.get(role, ()):
        if sessions >= least and rng.random() < chance:
            _turn_one(rng, week, kind)
    if sessions < MOST_SESSIONS and role != "trainee" and rng.random() < SATURDAY:
        week[int(Weekday.SATURDAY), str(PartOfDay.MORNING)] = (str(CellKind.CLINICAL), 240)
    return week


def with_mentoring(rng: random.Random, week: Week) -> Week:
    """Return the week with one clinical half-day given to mentoring."""
    changed = dict(week)
    _turn_one(rng, changed, CellKind.MENTORING)
    return changed


def clinical_sessions(week: Week) -> int:
    """Return how many half-days are clinical."""
    return sum(1 for kind, _ in week.values() if kind == CellKind.CLINICAL)


def fte(week: Week) -> float:
    """Return the full-time equivalent by hours, as the published files print it."""
    return minutes_to_fte(sum(minutes for _, minutes in week.values()))


def _minutes(half_day: HalfDay) -> int:
    return EVENING_MINUTES if half_day[1] == PartOfDay.EVENING else DEFAULT_SESSION_MINUTES


def _turn_one(rng: random.Random, week: dict[HalfDay, tuple[str, int]], kind: CellKind) -> None:
    """Give one clinical half-day another kind; the last clinical one stays."""
    clinical = [half_day for half_day, (what, _) in week.items() if what == CellKind.CLINICAL]
    if len(clinical) > 1:
        half_day = rng.choice(clinical)
        week[half_day] = (str(kind), week[half_day][1])
