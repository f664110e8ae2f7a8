"""What a month's summary is made from: published figures and the public outlook, per role held.

No post, week, plan or person is read. Each figure is one that the role may see on its own pages.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max, QuerySet
from django.utils import timezone

from accounts import roles
from accounts.access import may, own_network
from accounts.actor import Actor, Door
from accounts.models import RoleGrant, User
from accounts.permissions import Permission
from hubs.models import DigestIssue
from hubs.models.digest import IssueState
from hubs.queries.conversations import holds_conversations
from hubs.queries.flagged_networks import NetworkFlag, free_to_invite, network_flags
from models.flags import RetirementFlag
from organisations.clock import today
from organisations.models.organisation import Kind, Organisation
from organisations.queries.agreements import checklist
from retention.models import RosterConfirmation
from retention.models.published_profile import PublishedProfile
from retention.queries.age_profile import age_profile
from retention.queries.data_quality import PlaceQuality, place_quality
from retention.queries.england import yardstick
from retention.queries.public_outlook import (
    PublicOutlook,
    england_share,
    flag_of,
    public_outlook,
)

# Who leads. A clinician has their own page, and gets no figures sent.
DIGEST_ROLES = (
    roles.NETWORK_LEAD.key,
    roles.HUB_RETENTION_LEAD.key,
    roles.HUB_ADMINISTRATOR.key,
    roles.BOARD_VIEWER.key,
    roles.PRACTICE_MANAGER.key,
)


@dataclass(frozen=True)
class PlaceMonth:
    """A place in a month as a role may see it; `outlook` and `flag` are None where it may not."""

    month: dt.date
    profile: PublishedProfile | None
    outlook: PublicOutlook | None
    flag: RetirementFlag | None


@dataclass(frozen=True)
class DigestFacts:
    """All that one role's lines are made from.

    `now` is None while nothing is loaded; `before` is the month loaded before it. `outlook_place`
    is the place itself, or the network of a practice that is too small. `flags` are the networks
    of a hub's area, now and before. `to_invite` are flagged networks that may be invited today.
    """

    role: str
    place: Organisation
    now: PlaceMonth | None
    before: PlaceMonth | None
    outlook_place: Organisation
    quality: PlaceQuality
    flags: list[NetworkFlag]
    flags_before: list[NetworkFlag]
    to_invite: list[Organisation]
    agreements_missing: int
    confirmed_on: dt.date | None


def newest_month() -> dt.date | None:
    """Return the newest month with published figures of any place."""
    found: dt.date | None = PublishedProfile.objects.aggregate(newest=Max("month"))["newest"]
    return found


def digest_grants(*, as_at: dt.date | None = None) -> QuerySet[RoleGrant]:
    """Return the roles held on a day (today) that get a summary, of people who can sign in."""
    # By the roles of that day, whichever is the active one: a mail has no page to choose on.
    held = RoleGrant.objects.as_at(as_at or today()).filter(role__in=DIGEST_ROLES)
    return held.filter(user__is_active=True).select_related("organisation", "user")


def digest_users(*, as_at: dt.date | None = None) -> QuerySet[User]:
    """Return who gets a summary on a day (today): by role, unless they switched it off."""
    users = User.objects.filter(pk__in=digest_grants(as_at=as_at).values("user"))
    return users.exclude(digest_choice__wanted=False)


def wants_digest(user: User) -> bool:
    """Whether somebody has not switched it off."""
    return not User.objects.filter(pk=user.pk, digest_choice__wanted=False).exists()


def last_issue(user: User) -> DigestIssue | None:
    """Return the newest summary that was made for somebody."""
    return DigestIssue.objects.filter(user=user).first()


def failed_issues() -> int:
    """Count the summaries that the mail server refused at the last try."""
    return DigestIssue.objects.filter(state=IssueState.FAILED).count()


def unanswered_issues() -> int:
    """Count the summaries that the mail server may or may not have: none is sent again."""
    lost = timezone.now() - settings.TASK_LOST_AFTER
    return DigestIssue.objects.filter(state=IssueState.HANDED, tried_at__lt=lost).count()


def digest_facts(user: User, *, as_at: dt.date | None = None) -> list[DigestFacts]:
    """Return the facts of each role that somebody holds on a day (today), longest held first."""
    date = as_at or today()
    return [
        _facts(Actor(user=user, role=grant, door=Door.TASK), grant, date)
        for grant in digest_grants(as_at=date).filter(user=user)
    ]


def _facts(by: Actor, grant: RoleGrant, date: dt.date) -> DigestFacts:
    place = grant.organisation
    quality = place_quality(place)
    # The month before is the one loaded before, which need not be the calendar's.
    months = quality.months[:2]
    now = _of_month(by, place, months[0]) if months else None
    outlook_place = _outlook_place(place, now)
    spans = [_of_month(by, place, month, outlook_place) for month in months]
    flags = [_flags(place, month, date) for month in months]
    return DigestFacts(
        role=grant.role,
        place=place,
        now=spans[0] if spans else None,
        before=spans[1] if len(spans) > 1 else None,
        outlook_place=outlook_place,
        quality=quality,
        flags=flags[0] if flags else [],
        flags_before=flags[1] if len(flags) > 1 else [],
        to_invite=_to_invite(by, place, flags[0], date) if flags else [],
        agreements_missing=_agreements_missing(by, place, date),
        confirmed_on=_confirmed_on(by, place),
    )


def _outlook_place(place: Organisation, now: PlaceMonth | None) -> Organisation:
    """Return whose outlook is told: too few people, or not for this role, and it is the network."""
    network = own_network(place) if place.kind == Kind.PRACTICE else None
    # The practice is named where it has an outlook; where not, nothing of its few people is said.
    return network if network and now and now.outlook is None else place


def _flags(place: Organisation, month: dt.date, date: dt.date) -> list[NetworkFlag]:
    """Return the flags of a hub's networks in a month; other places have none below them."""
    is_hub = place.kind == Kind.TRAINING_HUB
    return network_flags(place, month, as_at=date) if is_hub else []


def _agreements_missing(by: Actor, place: Organisation, date: dt.date) -> int:
    if not may(by, Permission.EDIT_AGREEMENTS, place):
        return 0
    return sum(1 for line in checklist(place, date) if line.missing)


def _of_month(
    by: Actor, place: Organisation, month: dt.date, outlook_place: Organisation | None = None
) -> PlaceMonth:
    shown = outlook_place or place
    outlook = public_outlook(shown, month) if _may_see_outlook(by, shown) else None
    flag = flag_of(shown, outlook, england_share(yardstick(month), month)) if outlook else None
    return PlaceMonth(month, age_profile(place, month), outlook, flag)


def _may_see_outlook(by: Actor, place: Organisation) -> bool:
    # The same permissions as on the pages: a mail must not be a way round one.
    practice = place.kind == Kind.PRACTICE
    return may(
        by, Permission.SEE_PRACTICE_OUTLOOK if practice else Permission.SEE_PLACE_OUTLOOK, place
    )


def _to_invite(
    by: Actor, place: Organisation, flags: list[NetworkFlag], date: dt.date
) -> list[Organisation]:
    if not may(by, Permission.SEE_CONVERSATIONS, place) or not holds_conversations(place):
        return []
    return free_to_invite(flags, as_at=date)


def _confirmed_on(by: Actor, practice: Organisation) -> dt.date | None:
    if not may(by, Permission.EDIT_POSTS, practice):
        return None
    said = RosterConfirmation.objects.filter(practice=practice).order_by("-confirmed_on").first()
    return said.confirmed_on if said else None
