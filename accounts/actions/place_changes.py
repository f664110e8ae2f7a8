"""What a place that closes, or an account whose person has died, leaves behind: nothing open."""

import datetime as dt

from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Greatest
from django.http import Http404
from django.utils import timezone

from accounts import audit, roles
from accounts.access import may
from accounts.actions.recognitions import OPEN
from accounts.actor import Actor
from accounts.models import ApiToken, Invitation, Recognition, RoleGrant, User
from accounts.models.audit_event import Act
from accounts.models.recognition import RecognitionState
from accounts.permissions import Permission
from accounts.signals import account_closed, left_hub
from organisations.clock import today
from organisations.models import Agreement, Link, Organisation, Sharing
from organisations.models.link import LinkKind
from organisations.models.organisation import Kind
from organisations.queries.places import icbs_of_hub


def authorise_change(by: Actor, place: Organisation) -> None:
    """Raise Http404 unless `by` is an operator's command or administers a hub around `place`."""
    if not by.system and not may(by, Permission.EDIT_ROLES, place):
        raise Http404


@transaction.atomic
def close_place(
    *, by: Actor, place: Organisation, on: dt.date, successor: Organisation | None = None
) -> None:
    """Close a place from `on`: its links, switches, agreements, roles and invitations end.

    A role ends today at the earliest, since rows tell who could see what on days gone by. The
    pages of the place say that it went to `successor`.
    """
    authorise_change(by, place)
    place.ends_on = on
    place.full_clean()
    place.save(update_fields=["ends_on"])
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    # What would have begun after that day ends on its first: it never holds.
    last = Greatest(F("starts_on"), Value(on))
    belongs = Link.objects.filter(Q(child=place) | Q(parent=place))
    # That another place went here once stays true.
    belongs.exclude(kind=LinkKind.SUCCEEDED_BY).filter(lasting).update(ends_on=last)
    shared = Sharing.objects.filter(Q(practice=place) | Q(recipient=place))
    shared.filter(lasting).update(ends_on=last)
    Agreement.objects.filter(lasting, hub=place).update(ends_on=last, version=F("version") + 1)
    _end_roles(by, RoleGrant.objects.filter(organisation=place), max(on, today()))
    Invitation.objects.filter(
        organisation=place, accepted_at__isnull=True, withdrawn_at__isnull=True
    ).update(withdrawn_at=timezone.now())
    if successor is not None:
        _succeed(place, successor, on)
    kind = "hub" if place.kind == Kind.TRAINING_HUB else "practice"
    thing = f"{kind}:{place.slug or place.code}"
    audit.record(by=by, act=Act.CHANGED_SHARING, thing=thing, why="Closed")


@transaction.atomic
def carry_clinicians(*, by: Actor, from_: Organisation, into: Organisation, on: dt.date) -> int:
    """Give the clinicians of `from_` the same role in `into`; returns how many.

    Managers and who holds the contract are not carried: `into` has its own. Call it before the
    roles in `from_` end. Where `into` is known to close, they end with it.
    """
    authorise_change(by, into)
    date = max(on, today())
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=date)
    clinicians = RoleGrant.objects.filter(lasting, role=roles.CLINICIAN.key)
    here = clinicians.filter(organisation=into).values("user")
    theirs = clinicians.filter(organisation=from_).exclude(user__in=here).select_related("user")
    moving = [grant for grant in theirs if into.holds_on(max(date, grant.starts_on))]
    for grant in moving:
        made = RoleGrant.objects.create(
            user=grant.user,
            role=grant.role,
            organisation=into,
            starts_on=max(date, grant.starts_on),
            ends_on=min((day for day in (grant.ends_on, into.ends_on) if day), default=None),
        )
        subject = grant.user.subject_id
        audit.record(by=by, act=Act.GRANTED_ROLE, subject=subject, thing=f"role:{made.public_id}")
    return len(moving)


@transaction.atomic
def carry_area(*, by: Actor, from_: Organisation, into: Organisation) -> None:
    """Give the ICBs of a hub to another from today. Call it before the first one closes."""
    if not by.system:
        raise Http404
    day = today()
    theirs = icbs_of_hub(into, day).values("pk")
    Link.objects.bulk_create(
        Link(kind=LinkKind.ICB_HUB, child=icb, parent=into, starts_on=day)
        for icb in icbs_of_hub(from_, day).exclude(pk__in=theirs)
    )


@transaction.atomic
def carry_recognitions(*, by: Actor, from_: Organisation, into: Organisation) -> list[User]:
    """Have `into` recognise whom `from_` did; returns them.

    A request that nobody has answered ends: its name was given to `from_` alone.
    """
    if not by.system:
        raise Http404
    now = timezone.now()
    for asked in Recognition.objects.filter(hub=from_, state=RecognitionState.ASKED):
        _leave(by, asked)
    carried = []
    standing = Recognition.objects.filter(hub=from_, state=RecognitionState.RECOGNISED)
    for recognition in standing.select_related("user"):
        user = recognition.user
        _leave(by, recognition)
        # Whoever has asked the other hub too is recognised there by this.
        there, _ = Recognition.objects.filter(state__in=OPEN).get_or_create(
            user=user, hub=into, defaults={"state": RecognitionState.RECOGNISED}
        )
        Recognition.objects.filter(pk=there.pk, decided_at__isnull=True).update(
            state=RecognitionState.RECOGNISED, decided_at=now
        )
        thing = f"recognition:{there.public_id}"
        subject = user.subject_id
        audit.record(by=by, act=Act.DECIDED_RECOGNITION, subject=subject, thing=thing)
        carried.append(user)
    return carried


@transaction.atomic
def close_account(*, by: Actor, user: User) -> None:
    """Close the account of somebody who has died: no way in, no mail, no role, no hub.

    What is held stays until it is over its time or a relative's request has it erased. Higher
    floors hear of each hub that is left, and close pairs kindly; and of the account.
    """
    if not by.system:
        raise Http404
    # First, so that no message of what follows goes to the account.
    user.is_active = False
    user.save(update_fields=["is_active"])
    _end_roles(by, RoleGrant.objects.filter(user=user), today())
    ApiToken.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=timezone.now())
    for recognition in Recognition.objects.filter(user=user, state__in=OPEN):
        _leave(by, recognition)
        left_hub.send(Recognition, user=user, hub=recognition.hub, by=by)
    account_closed.send(User, user=user, by=by)


def _succeed(place: Organisation, successor: Organisation, on: dt.date) -> None:
    """Say who took over, in the place of what a file may have said."""
    kind = LinkKind.SUCCEEDED_BY
    Link.objects.filter(child=place, kind=kind).delete()
    Link.objects.create(kind=kind, child=place, parent=successor, starts_on=on)


def _leave(by: Actor, recognition: Recognition) -> None:
    Recognition.objects.filter(pk=recognition.pk).update(
        state=RecognitionState.LEFT, decided_at=timezone.now()
    )
    thing = f"hub:{recognition.hub.slug}"
    audit.record(by=by, act=Act.LEFT_HUB, subject=recognition.user.subject_id, thing=thing)


def _end_roles(by: Actor, grants: QuerySet[RoleGrant], date: dt.date) -> None:
    lasting = grants.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=date))
    for grant in lasting.select_related("user"):
        grant.ends_on = max(date, grant.starts_on)
        grant.save(update_fields=["ends_on"])
        audit.record(
            by=by,
            act=Act.ENDED_ROLE,
            subject=grant.user.subject_id,
            thing=f"role:{grant.public_id}",
        )
