"""Posts, their weeks and weeks over time, as the API answers with them: to oneself and a practice.

A practice reads a week as `shape_for_practice` leaves it; nothing is left out here.
"""

from retention.models import Post, SessionPattern
from retention.queries.patterns import Shape, Week, pattern_totals
from retention.queries.timeline import Timeline


def pattern_out(pattern: SessionPattern, shape: Shape, post: Post) -> dict[str, object]:
    """Return a pattern for PatternOut, with `shape` as its reader may see it."""
    return {
        "id": pattern.public_id,
        "starts_on": pattern.starts_on,
        "ends_on": pattern.ends_on,
        "told_at": pattern.told_at,
        "shows_mentoring": pattern.shows_mentoring,
        "version": pattern.version,
        **vars(shape.terms),
        "week": _week_out(shape.week),
        "week_b": None if shape.week_b is None else _week_out(shape.week_b),
        "totals": pattern_totals(shape, post.session_minutes),
    }


def timeline_out(timeline: Timeline) -> dict[str, object]:
    """Return weeks over time for TimelineOut."""
    return {
        **{name: getattr(timeline, name) for name in ("date", "sessions", "changes")},
        "periods": [
            {**vars(period), "organisation": period.post.organisation, "role": period.post.role}
            for period in timeline.periods
        ],
    }


def post_out(post: Post) -> dict[str, object]:
    """Return a post for PostOut."""
    names = ("organisation", "role", "session_minutes", "confirmed_on", "starts_on", "ends_on")
    return {
        "id": post.public_id,
        **{name: getattr(post, name) for name in names},
        "end_reason": post.end_reason,
    }


def _week_out(week: Week) -> list[dict[str, object]]:
    return [
        {"weekday": weekday, "part": part, "kind": kind, "minutes": minutes}
        for (weekday, part), (kind, minutes) in week.items()
    ]
