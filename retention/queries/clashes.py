"""One person in two places at once: shown to that person alone, never to a practice."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.access import authorise
from accounts.actor import Actor
from accounts.permissions import Permission
from organisations.clock import today
from retention.models import Post, SessionPattern
from retention.queries.patterns import HALF_DAYS, HalfDay, Shape, Week, is_week_b, shape_of
from retention.queries.posts import posts_of_user


@dataclass(frozen=True)
class Held:
    """What a post says of the person's weeks from a day on; None: not known yet, for a draft."""

    post: Post
    shape: Shape
    starts_on: dt.date | None


@dataclass(frozen=True)
class Clash:
    """A half-day that two posts both hold; in some weeks only where one of them alternates."""

    half_day: HalfDay
    first: Post
    second: Post
    every_week: bool


def own_clashes(by: Actor, *, as_at: dt.date | None = None) -> list[Clash]:
    """Return the half-days that the posts of the signed-in person on a day (today) hold twice.

    Compared is what each post is about to say: its draft, else the last week told.
    """
    authorise(by, Permission.OWN_RECORD)
    assert by.user is not None  # authorise has looked
    return find_clashes(latest_weeks(posts_of_user(by.user, as_at or today())))


def clashes_with(
    by: Actor, post: Post, shape: Shape, *, as_at: dt.date | None = None
) -> list[Clash]:
    """Return where `shape`, typed for one's own `post`, meets one's other posts of a day."""
    authorise(by, Permission.OWN_RECORD, post)
    assert by.user is not None  # authorise has looked
    held_on = posts_of_user(by.user, as_at or today())
    others = [held for held in held_on if held.pk != post.pk]
    typed = Held(post, shape, None)
    return [clash for held in latest_weeks(others) for clash in find_clashes([typed, held])]


def latest_weeks(posts: Sequence[Post]) -> list[Held]:
    """Return what each post says last: its draft, else the latest told pattern; in two queries."""
    # Oldest first, so that of two that begin on a day the one told last stands.
    patterns = (
        SessionPattern.objects.filter(post__in=posts).order_by("pk").prefetch_related("cells")
    )
    latest: dict[int, SessionPattern] = {}
    for pattern in patterns:
        standing = latest.get(pattern.post_id)
        if standing is None or _is_later(pattern, standing):
            latest[pattern.post_id] = pattern
    return [
        Held(post, shape_of(latest[post.pk]), latest[post.pk].starts_on)
        for post in posts
        if post.pk in latest
    ]


def find_clashes(held: Sequence[Held]) -> list[Clash]:
    """Return every half-day that two of the given posts hold, in the order of the week."""
    return [
        Clash(half_day, one.post, other.post, every_week)
        for half_day in HALF_DAYS
        for number, one in enumerate(held)
        for other in held[number + 1 :]
        if (every_week := _meet(half_day, one, other)) is not None
    ]


def _is_later(pattern: SessionPattern, standing: SessionPattern) -> bool:
    """Whether a pattern comes after another of its post; a draft comes after all."""
    if pattern.told_at is None or standing.told_at is None:
        return pattern.told_at is None
    never_began = pattern.ends_on is not None and pattern.ends_on == pattern.starts_on
    return not never_began and (pattern.starts_on or dt.date.min) >= (
        standing.starts_on or dt.date.min
    )


def _meet(half_day: HalfDay, one: Held, other: Held) -> bool | None:
    """Whether two posts meet on a half-day: in every week, in some (False), or never (None)."""
    if _is_over_before(one, other) or _is_over_before(other, one):
        return None
    pairs = [
        (half_day in one_week, half_day in other_week)
        for one_week, other_week in _weeks_together(one, other)
    ]
    if not any(a and b for a, b in pairs):
        return None
    return all(a and b for a, b in pairs)


def _is_over_before(one: Held, other: Held) -> bool:
    """Whether a post has ended when the week of another begins, as of who moves to a new place."""
    ends_on = one.post.ends_on
    # A draft may be told for any day of its post, so from the first.
    return ends_on is not None and ends_on <= (other.starts_on or other.post.starts_on)


def _weeks_together(one: Held, other: Held) -> list[tuple[Week, Week]]:
    """Return the pairs of weeks that come together; every pair where a start is not known."""
    first, second = one.shape.in_turn, other.shape.in_turn
    # Two weeks in turn meet in step or out of step, for ever: which, their first days decide.
    if len(first) == len(second) == 2 and one.starts_on and other.starts_on:
        shifted = is_week_b(one.starts_on, other.starts_on)
        return list(zip(first, reversed(second) if shifted else second, strict=True))
    return [(a, b) for a in first for b in second]
