"""Session patterns: drafts, told weeks, and what they add up to."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from django.db.models import Prefetch, Q, QuerySet

from models.sessions import minutes_to_fte
from retention.models import Post, SessionCell, SessionPattern
from retention.models.session_pattern import CellKind, PartOfDay, Weekday

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
class WeekTotals:
    """A week in sessions of the post's own length, in minutes and in full-time equivalents."""

    half_days: int
    sessions: float
    minutes: int
    fte: float
    minutes_by_kind: Mapping[str, int]


def week_totals(week: Week, session_minutes: int) -> WeekTotals:
    """Return what a week adds up to; FTE is by hours, 37.5 of them being one."""
    by_kind: dict[str, int] = {}
    for kind, minutes in week.values():
        by_kind[kind] = by_kind.get(kind, 0) + minutes
    minutes = sum(by_kind.values())
    return WeekTotals(
        half_days=len(week),
        sessions=minutes / session_minutes,
        minutes=minutes,
        fte=minutes_to_fte(minutes),
        minutes_by_kind=by_kind,
    )


def week_of(pattern: SessionPattern | None) -> Week:
    """Return the half-days of a pattern; none for no pattern."""
    if pattern is None:
        return {}
    return {(cell.weekday, cell.part): (cell.kind, cell.minutes) for cell in pattern.cells.all()}


def week_for_practice(pattern: SessionPattern) -> Week:
    """Return a told week as its practice reads it."""
    return as_practice_reads(week_of(pattern), pattern.shows_mentoring)


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
