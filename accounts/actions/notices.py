"""Tells people on their first page what changed for them, and lets them put it away."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import roles
from accounts.access import authorise
from accounts.actor import Actor
from accounts.models import Notice, RoleGrant, User
from accounts.models.notice import NoticeKind, NoticeLine
from accounts.permissions import Permission
from accounts.tasks import send_news
from organisations.clock import today
from organisations.models.organisation import Organisation

# What each user is told, in any order; sets, so that two posts are told once.
Told = Mapping[User, Collection[NoticeLine]]


def notify(
    *,
    told: Told,
    kind: NoticeKind,
    place: Organisation,
    on: dt.date,
    other: Organisation | None = None,
    mails: bool = True,
) -> None:
    """Leave a notice for each user, and with `mails` send the one neutral mail once it is saved.

    Call it in the transaction of the change; two statements, however many users.
    """
    # In the order of the lines' own list, whatever order they were found in.
    order = {line.value: number for number, line in enumerate(NoticeLine)}
    Notice.objects.bulk_create(
        Notice(
            user=user,
            kind=kind,
            place=place,
            other=other,
            on=on,
            lines=sorted({line.value for line in lines}, key=lambda line: order[line]),
        )
        for user, lines in told.items()
        if user.is_active
    )
    if mails:
        for user in told:
            # To a closed account nothing is sent: `send_news` looks again.
            transaction.on_commit(partial(send_news.enqueue, str(user.public_id)))


@transaction.atomic
def put_away(*, by: Actor, notice: Notice) -> None:
    """Mark a notice as read; a second time changes nothing."""
    authorise(by, Permission.OWN_RECORD, notice)
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=timezone.now())


def keepers_of(practices: Iterable[Organisation]) -> Mapping[int, list[User]]:
    """Return, by practice, its managers and who holds its contract, as of today; in one query."""
    keeps = Q(role=roles.PRACTICE_MANAGER.key) | Q(holds_contract=True)
    grants = RoleGrant.objects.as_at(today()).filter(keeps, organisation__in=list(practices))
    found: dict[int, list[User]] = defaultdict(list)
    for grant in grants.filter(user__is_active=True).select_related("user"):
        # One person may manage a practice and hold its contract.
        if grant.user not in found[grant.organisation_id]:
            found[grant.organisation_id].append(grant.user)
    return found


def managers_of(practice: Organisation) -> list[User]:
    """Return who manages a practice today."""
    grants = RoleGrant.objects.as_at(today()).filter(
        role=roles.PRACTICE_MANAGER.key, organisation=practice, user__is_active=True
    )
    return [grant.user for grant in grants.select_related("user")]


def holders_of_roles(place: Organisation, on: dt.date) -> list[tuple[User, str]]:
    """Return who holds a role in a place beyond `on`, with its key."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    grants = RoleGrant.objects.filter(lasting, organisation=place).select_related("user")
    return [(grant.user, grant.role) for grant in grants]
