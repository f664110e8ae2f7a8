"""The weeks that a person can copy into a post's grid: told ones, and drafts of other posts."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from retention.models import Post, SessionPattern
from retention.queries.patterns import Shape, Week, shape_of

# A working life of changes in a list is no help: the latest.
MOST = 20


@dataclass(frozen=True)
class WeekToCopy:
    """A week of the person's own, as it reads in `post`: its sessions are as long as there."""

    pattern: SessionPattern
    shape: Shape


def weeks_to_copy(post: Post, as_at: dt.date) -> list[WeekToCopy]:
    """Return up to 20 weeks of the holder of `post`, other posts' first, each group latest first.

    The week that the post has on `as_at` is left out, since it has a button of its own; so are
    empty ones and those that never began. Two queries. For the person's own eyes.
    """
    mine = SessionPattern.objects.filter(post__person=post.person)
    own_draft = Q(post=post, told_at__isnull=True)
    own_now = Q(post=post, starts_on__lte=as_at) & (Q(ends_on=None) | Q(ends_on__gt=as_at))
    found = (
        mine.exclude(own_draft)
        .exclude(own_now)
        .select_related("post__organisation")
        .prefetch_related("cells")
        .order_by("-starts_on", "-pk")
    )
    held = [each for each in found if each.cells.all() and each.starts_on != (each.ends_on or "")]
    # Drafts have no start yet: newer than anything told.
    held.sort(key=lambda each: (each.post_id == post.pk, each.told_at is not None))
    return [
        WeekToCopy(each, _as_in(shape_of(each), each.post.session_minutes, post.session_minutes))
        for each in held[:MOST]
    ]


def _as_in(shape: Shape, there: int, here: int) -> Shape:
    """Make a session of the one post's length one of the other's; other lengths stay."""
    second = shape.week_b
    return Shape(
        week=_lengths(shape.week, there, here),
        week_b=None if second is None else _lengths(second, there, here),
        terms=shape.terms,
    )


def _lengths(week: Week, there: int, here: int) -> Week:
    return {
        half_day: (kind, here if minutes == there else minutes)
        for half_day, (kind, minutes) in week.items()
    }
