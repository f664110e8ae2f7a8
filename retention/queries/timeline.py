"""How a person's sessions went over the years: their own, or of one post for its practice."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from accounts import audit
from accounts.access import authorise
from accounts.actor import Actor
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from models.sessions import Stretch, change_in_sessions, sessions_on
from organisations.clock import today
from retention.models import Post, SessionPattern
from retention.queries.patterns import (
    WeekTotals,
    pattern_totals,
    shape_for_practice,
    told_patterns,
    totals_of,
)
from retention.queries.posts import posts

YEARS = (1, 3)


@dataclass(frozen=True)
class Period:
    """A told pattern of a post, with what it adds up to, while both hold."""

    post: Post
    starts_on: dt.date
    ends_on: dt.date | None
    totals: WeekTotals


@dataclass(frozen=True)
class Timeline:
    """Periods, latest first; sessions a week on `date`, and their change over 1 and 3 years.

    None: nothing is recorded for that day.
    """

    date: dt.date
    periods: tuple[Period, ...]
    sessions: float | None
    changes: Mapping[int, float | None]


def own_timeline(by: Actor, *, as_at: dt.date | None = None) -> Timeline:
    """Return the weeks that the signed-in person told in all posts, measured on a day (today)."""
    authorise(by, Permission.OWN_RECORD)
    mine = posts().filter(person__user=by.user)
    patterns = told_patterns(mine).select_related("post__organisation")
    found = (
        Period(p.post, p.starts_on, p.ends_on, totals_of(p, p.post.session_minutes))
        for p in patterns
        if p.starts_on
    )
    return _timeline(found, as_at or today())


def post_timeline(by: Actor, post: Post, *, as_at: dt.date | None = None) -> Timeline:
    """Return the weeks that a practice was told in one post of its own; reading is audited.

    All are listed; sessions and their change are those of a day (today).
    """
    authorise(by, Permission.SEE_POSTS, post)
    audit.record_reads(
        by=by,
        act=Act.READ_POSTS,
        subjects=[post.person.subject_id],
        thing=f"practice:{post.organisation.code}",
    )
    found = (
        Period(post, pattern.starts_on, pattern.ends_on, _as_told(pattern, post))
        for pattern in told_patterns([post])
        if pattern.starts_on
    )
    return _timeline(found, as_at or today())


def _as_told(pattern: SessionPattern, post: Post) -> WeekTotals:
    return pattern_totals(shape_for_practice(pattern), post.session_minutes)


def _timeline(found: Iterable[Period], date: dt.date) -> Timeline:
    """Leave out what never began, and measure the change up to `date`."""
    periods = tuple(
        period for period in found if period.ends_on is None or period.ends_on > period.starts_on
    )
    # Posts of several lengths of session are added up as their own contracts count.
    stretches = [Stretch(p.starts_on, p.ends_on, p.totals.sessions) for p in periods]
    return Timeline(
        date=date,
        periods=periods,
        sessions=sessions_on(stretches, date),
        changes={years: change_in_sessions(stretches, date, years) for years in YEARS},
    )
