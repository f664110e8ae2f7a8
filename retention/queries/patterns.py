"""Session patterns: drafts, told weeks, and what they add up to."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from django.db.models import Prefetch, Q, QuerySet

from models.sessions import (
    WEEKS_PER_YEAR,
    annualised_week,
    minutes_to_fte,
    sessions_to_fte,
    weekly_average,
)
from retention.models import Post, SessionCell, SessionPattern
from retention.models.session_pattern import (
    Basis,
    CellKind,
    PartOfDay,
    Rhythm,
    Weekday,
    WeekInTurn,
)

# A half-day of the week, and what it is for with how many minutes. A half-day off is absent.
HalfDay: TypeAlias = tuple[int, str]
Week: TypeAlias = Mapping[HalfDay, tuple[str, int]]

HALF_DAYS: tuple[HalfDay, ...] = tuple(
    (int(weekday), str(part)) for weekday in Weekday.values for part in PartOfDay.values
)
# What a practice may tell apart without the person's agreement. "Other work" stands for all the
# rest: if it stood for mentoring alone, it would be but another name for it.
OPEN_KINDS = frozenset({CellKind.CLINICAL, CellKind.ADMIN})
OTHER_WORK = "other"


@dataclass(frozen=True)
class Terms:
    """How much of the year a week is worked, and the minutes really worked, where wished."""

    basis: str = Basis.ALL_YEAR
    weeks_a_year: int | None = None
    sessions_a_year: Decimal | None = None
    actual_minutes: int | None = None


ALL_YEAR = Terms()


@dataclass(frozen=True)
class Shape:
    """All that a pattern says: its week, or its two weeks in turn, and its terms."""

    week: Week
    week_b: Week | None = None
    terms: Terms = ALL_YEAR

    @property
    def in_turn(self) -> tuple[Week, ...]:
        """The weeks that follow each other."""
        return (self.week,) if self.week_b is None else (self.week, self.week_b)


@dataclass(frozen=True)
class WeekTotals:
    """A week in sessions of the post's own length, in minutes and in full-time equivalents.

    `sessions`, `minutes` and both FTE are of a week on average over the year; `working_minutes`,
    the minutes by kind and in extended hours (evenings, Saturdays) of a week in work, which for
    most people is the same. `fte` goes by hours (37.5 are one), `fte_by_sessions` by nine.
    """

    half_days: float
    sessions: float
    minutes: int
    fte: float
    minutes_by_kind: Mapping[str, int]
    fte_by_sessions: float
    working_minutes: int
    extended_minutes: int
    actual_minutes: int | None = None


def pattern_totals(shape: Shape, session_minutes: int) -> WeekTotals:
    """Return what a pattern adds up to; decision 35 has the rules, `models.sessions` the sums."""
    weeks = shape.in_turn
    worked = weekly_average([_minutes(week) for week in weeks])
    average, working = _over_the_year(shape, session_minutes, worked)
    sessions = average / session_minutes
    return WeekTotals(
        half_days=weekly_average([len(week) for week in weeks]),
        sessions=sessions,
        minutes=round(average),
        fte=minutes_to_fte(average),
        minutes_by_kind=_by_kind(weeks),
        fte_by_sessions=sessions_to_fte(sessions),
        working_minutes=round(working),
        extended_minutes=round(weekly_average([_extended(week) for week in weeks])),
        actual_minutes=shape.terms.actual_minutes,
    )


def _over_the_year(shape: Shape, session_minutes: int, worked: float) -> tuple[float, float]:
    """Return the minutes of a week over the year, and of a week in work."""
    terms = shape.terms
    weeks = terms.weeks_a_year or WEEKS_PER_YEAR
    if terms.basis != Basis.ANNUALISED or terms.sessions_a_year is None:
        return weekly_average([worked], weeks), worked
    a_year = float(terms.sessions_a_year) * session_minutes
    return annualised_week(a_year), annualised_week(a_year, weeks)


def clinical_sessions(shape: Shape, session_minutes: int) -> float:
    """Return the clinical sessions of a week on average over the year."""
    totals = pattern_totals(shape, session_minutes)
    in_grid = sum(totals.minutes_by_kind.values())
    # Sessions a year without a grid say how much, and not what for.
    if not in_grid:
        return 0
    return totals.sessions * totals.minutes_by_kind.get(CellKind.CLINICAL, 0) / in_grid


def _by_kind(weeks: tuple[Week, ...]) -> dict[str, int]:
    """Return the minutes of each kind, in a week on average of those in turn."""
    kinds = {kind: 0 for week in weeks for kind, _ in week.values()}
    for week in weeks:
        for kind, minutes in week.values():
            kinds[kind] += minutes
    return {kind: round(minutes / len(weeks)) for kind, minutes in kinds.items()}


def _minutes(week: Week) -> int:
    return sum(minutes for _, minutes in week.values())


def _extended(week: Week) -> int:
    return sum(minutes for half_day, (_, minutes) in week.items() if is_extended(half_day))


def is_extended(half_day: HalfDay) -> bool:
    """Whether a half-day is an evening or on a Saturday."""
    weekday, part = half_day
    return weekday == Weekday.SATURDAY or part == PartOfDay.EVENING


def shape_of(pattern: SessionPattern | None) -> Shape:
    """Return all that a pattern says, for the person's own eyes."""
    if pattern is None:
        return Shape({})
    two = pattern.rhythm == Rhythm.ALTERNATE
    return Shape(
        week=_cells(pattern, WeekInTurn.A),
        week_b=_cells(pattern, WeekInTurn.B) if two else None,
        terms=Terms(
            pattern.basis, pattern.weeks_a_year, pattern.sessions_a_year, pattern.actual_minutes
        ),
    )


def totals_of(pattern: SessionPattern, session_minutes: int) -> WeekTotals:
    """Return what a pattern adds up to, for the person's own eyes."""
    return pattern_totals(shape_of(pattern), session_minutes)


def _cells(pattern: SessionPattern, week: str) -> Week:
    return {
        (cell.weekday, cell.part): (cell.kind, cell.minutes)
        for cell in pattern.cells.all()
        if cell.week == week
    }


def is_week_b(starts_on: dt.date, date: dt.date) -> bool:
    """Whether `date` lies in a week B of a pattern from `starts_on`, whose own week is an A."""
    # Weeks turn on Mondays, whatever day of the week a pattern began on.
    monday = starts_on - dt.timedelta(days=starts_on.weekday())
    return (date - monday).days // 7 % 2 == 1


def week_on(shape: Shape, starts_on: dt.date | None, date: dt.date) -> Week:
    """Return the half-days of the week in which `date` lies."""
    if shape.week_b is not None and starts_on is not None and is_week_b(starts_on, date):
        return shape.week_b
    return shape.week


def shape_for_practice(pattern: SessionPattern) -> Shape:
    """Return a told pattern as its practice reads it: without what is really worked."""
    return as_practice_reads_all(shape_of(pattern), pattern.shows_mentoring)


def as_practice_reads_all(shape: Shape, shows_mentoring: bool) -> Shape:
    """Return the weeks as a practice reads them, and the terms without what is really worked."""
    second = shape.week_b
    return Shape(
        week=as_practice_reads(shape.week, shows_mentoring),
        week_b=None if second is None else as_practice_reads(second, shows_mentoring),
        terms=replace(shape.terms, actual_minutes=None),
    )


def as_practice_reads(week: Week, shows_mentoring: bool) -> Week:
    """Return a week in which, without the person's agreement, what is not open is "other work"."""
    if shows_mentoring:
        return week
    return {
        half_day: (kind if kind in OPEN_KINDS else OTHER_WORK, minutes)
        for half_day, (kind, minutes) in week.items()
    }


def draft_of(post: Post) -> SessionPattern | None:
    """Return the draft of a post's next pattern: for its person's eyes only."""
    return (
        SessionPattern.objects.filter(post=post, told_at__isnull=True)
        .prefetch_related("cells")
        .first()
    )


def told_patterns(posts: Iterable[Post] | QuerySet[Post]) -> QuerySet[SessionPattern]:
    """Return the told patterns of posts, latest first, with their half-days; in two queries."""
    return (
        SessionPattern.objects.filter(post__in=posts, told_at__isnull=False)
        .order_by("-starts_on", "-pk")
        .prefetch_related(Prefetch("cells", SessionCell.objects.all()))
    )


def split_by_date(
    patterns: Iterable[SessionPattern], as_at: dt.date
) -> tuple[tuple[SessionPattern, ...], tuple[SessionPattern, ...]]:
    """Return told patterns, latest first, that begun by `as_at`, and those to come, next first.

    One that another replaced before it began is in neither.
    """
    dated = [(pattern.starts_on, pattern) for pattern in patterns if pattern.starts_on]
    # Told and replaced before its first day, it ends on that day.
    held = [(start, p) for start, p in dated if p.ends_on is None or p.ends_on > start]
    begun = tuple(pattern for start, pattern in held if start <= as_at)
    return begun, tuple(pattern for start, pattern in reversed(held) if start > as_at)


def current_pattern(post: Post, as_at: dt.date) -> SessionPattern | None:
    """Return the told pattern that a post has on `as_at`."""
    return told_patterns([post]).filter(_holds(as_at)).first()


def earliest_start(post: Post, as_at: dt.date) -> dt.date:
    """Return the first day from which a new pattern may be told: history before it stays."""
    current = current_pattern(post, as_at)
    if current is None or current.starts_on is None:
        return post.starts_on
    return max(post.starts_on, current.starts_on)


def _holds(date: dt.date) -> Q:
    return Q(starts_on__lte=date) & (Q(ends_on__isnull=True) | Q(ends_on__gt=date))
