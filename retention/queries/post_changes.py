"""What a person said of their own posts: the draft, what was told, and what can be said next."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.access import authorise
from accounts.actor import Actor
from accounts.permissions import Permission
from organisations.clock import today
from retention.models import Absence, Post, PostChange
from retention.models.post_change import ENDS, LEAVES, Change
from retention.queries.posts import is_known, posts

# A post that ended longer ago is not gone on with: one begins anew.
STAYS_OPEN_TO_RETURN = dt.timedelta(days=5 * 365)


@dataclass(frozen=True)
class OwnChanges:
    """Of one post: the private draft, what was told with whether it can be undone, the choices."""

    draft: PostChange | None
    told: tuple[tuple[PostChange, bool], ...]
    choices: tuple[Change, ...]


def post_changes() -> QuerySet[PostChange]:
    """Return all changes with post and person, to fetch one of them from."""
    return PostChange.objects.select_related("post__organisation", "post__person", "made")


def own_changes(by: Actor, post: Post, *, as_at: dt.date | None = None) -> OwnChanges:
    """Return what the holder of `post` wrote down and told, and can say on a day (today)."""
    authorise(by, Permission.OWN_RECORD, post)
    date = as_at or today()
    found = list(PostChange.objects.filter(post=post, undone_at__isnull=True))
    return OwnChanges(
        draft=next((each for each in found if each.told_at is None), None),
        told=tuple((each, each.starts_on > date) for each in found if each.told_at is not None),
        choices=changes_to_choose(post, date),
    )


def changes_to_choose(post: Post, as_at: dt.date) -> tuple[Change, ...]:
    """Return what can be said of a post: an end or a leave while it lasts, else a return.

    A post whose end is known already ends once.
    """
    if post.ends_on is not None and post.ends_on <= as_at:
        return (Change.BACK,)
    ends = () if post.end_reason else tuple(each for each in Change if each in ENDS)
    leaves = tuple(each for each in Change if each in LEAVES)
    return (*ends, *leaves, *((Change.BACK,) if leave_to_end(post, as_at) else ()))


def leave_to_end(post: Post, as_at: dt.date) -> Absence | None:
    """Return the leave that a return would end: the one of the day, else the next."""
    if post.ends_on is not None and post.ends_on <= as_at:
        return None
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=as_at)
    return Absence.objects.filter(lasting, post=post).order_by("starts_on").first()


def is_known_to_practice(post: Post) -> bool:
    """Whether the practice of a post may see it."""
    return Post.objects.filter(is_known(), pk=post.pk).exists()


def posts_to_return_to(by: Actor, *, as_at: dt.date | None = None) -> Sequence[Post]:
    """Return one's own posts that ended by a day (today), latest first, one for each place.

    Those of a place and role in which one has a post that lasts are left out.
    """
    authorise(by, Permission.OWN_RECORD)
    date = as_at or today()
    found: dict[tuple[int, str], Post] = {}
    mine = posts().filter(person__user=by.user).order_by("-ends_on", "pk")
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=date)
    here = set(mine.filter(lasting).values_list("organisation", "role"))
    for post in mine.filter(ends_on__lte=date, ends_on__gt=date - STAYS_OPEN_TO_RETURN):
        key = (post.organisation_id, post.role)
        if key not in here and post.organisation.holds_on(date):
            found.setdefault(key, post)
    return list(found.values())
