"""Who is told on their first page when a practice closes or merges, and what it means for them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from django.db.models import Q

from accounts import roles
from accounts.actions.notices import holders_of_roles, keepers_of, notify
from accounts.models import Invitation, User
from accounts.models.notice import NoticeKind, NoticeLine
from organisations.models import Organisation, Sharing
from retention.models import PlanShare, Post, SessionPattern

Lines = defaultdict[User, set[NoticeLine]]


@contextmanager
def told_of_change(
    practice: Organisation,
    posts: Sequence[Post],
    on: dt.date,
    *,
    into: Organisation | None = None,
    carried: Collection[int] = (),
) -> Iterator[None]:
    """Tell everyone for whom the block changes something; call it inside the block's transaction.

    carried: keys of the posts that go over to `into`; the others end. What ends is looked up
    before, and told after. Each user gets the one neutral mail.
    """
    told: Lines = defaultdict(set)
    _posts(told, posts, on, carried)
    _roles(told, practice, on, goes_on=into is not None)
    shares = _shares(posts, on)
    yield
    # Ending a post decides which shares end with it; asked anew, so that no rule stands twice.
    after = PlanShare.objects.in_bulk(shares)
    for pk, (user, ends_on) in shares.items():
        if after[pk].ends_on != ends_on:
            told[user].add(NoticeLine.SHARE_ENDED)
    kind = NoticeKind.MERGED if into else NoticeKind.CLOSED
    notify(told=told, kind=kind, place=practice, other=into, on=on)
    if into is not None:
        keepers = {user: {NoticeLine.PEOPLE_JOIN} for user in keepers_of([into])[into.pk]}
        for mailed in (True, False):
            some = {user: lines for user, lines in keepers.items() if (user in told) != mailed}
            notify(
                told=some, kind=NoticeKind.JOINED, place=into, other=practice, on=on, mails=mailed
            )


def _posts(told: Lines, posts: Sequence[Post], on: dt.date, carried: Collection[int]) -> None:
    """Add what becomes of posts, told weeks and drafts."""
    patterns = SessionPattern.objects.filter(post__in=[post.pk for post in posts])
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    weeks = set(patterns.filter(lasting, told_at__isnull=False).values_list("post", flat=True))
    drafts = set(patterns.filter(told_at__isnull=True).values_list("post", flat=True))
    line = NoticeLine
    for post in posts:
        user = post.person.user
        if user is None:
            continue
        goes_on = post.pk in carried
        told[user].add(line.POST_MOVED if goes_on else line.POST_ENDED)
        if post.pk in weeks:
            told[user].add(line.WEEK_MOVED if goes_on else line.WEEK_ENDED)
        if post.pk in drafts:
            told[user].add(line.DRAFT_MOVED if goes_on else line.DRAFT_ENDED)


def _roles(told: Lines, practice: Organisation, on: dt.date, *, goes_on: bool) -> None:
    """Add what becomes of roles, and for those who keep the practice what it gave others."""
    for user, role in holders_of_roles(practice, on):
        carried = goes_on and role == roles.CLINICIAN.key
        told[user].add(NoticeLine.ROLE_MOVED if carried else NoticeLine.ROLE_ENDED)
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    shares = Sharing.objects.filter(lasting, practice=practice).exists()
    invites = Invitation.objects.filter(
        organisation=practice, accepted_at__isnull=True, withdrawn_at__isnull=True
    ).exists()
    for user in keepers_of([practice])[practice.pk]:
        if shares:
            told[user].add(NoticeLine.SWITCHES_ENDED)
        if invites:
            told[user].add(NoticeLine.INVITATIONS_ENDED)


def _shares(posts: Sequence[Post], on: dt.date) -> dict[int, tuple[User, dt.date]]:
    """Return the shares of plans that last beyond `on`, with their owner and end."""
    people = [post.person_id for post in posts]
    shares = PlanShare.objects.filter(plan__person__in=people, ends_on__gt=on)
    return {
        share.pk: (share.plan.person.user, share.ends_on)
        for share in shares.select_related("plan__person__user")
        if share.plan.person.user is not None
    }
