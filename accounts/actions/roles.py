"""Grants and ends roles; nobody does either for themselves."""

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts import audit, roles
from accounts.access import authorise, may
from accounts.actor import Actor
from accounts.models.audit_event import Act
from accounts.models.invitation import Invitation
from accounts.models.role_grant import RoleGrant
from accounts.models.user import User
from accounts.permissions import Permission
from accounts.queries.people import all_grants
from organisations.clock import today
from organisations.models.organisation import Organisation

# What a practice manager gives to the practice's own staff.
STAFF_ROLES = (roles.CLINICIAN, roles.PRACTICE_MANAGER)
OWN = "Nobody grants, ends or changes their own role. Ask another administrator."


def grantable(by: Actor, place: Organisation) -> list[roles.Role]:
    """Return the roles that `by` may give and end in `place`; empty where none."""
    if by.system or may(by, Permission.EDIT_ROLES, place):
        return [role for role in roles.ALL if place.kind in role.kinds]
    if may(by, Permission.INVITE_STAFF, place):
        return list(STAFF_ROLES)
    return []


def check_grant(by: Actor, role: str, place: Organisation, holds_contract: bool) -> None:
    """Raise Http404 where the place is not theirs, ValidationError where the role does not fit."""
    allowed = grantable(by, place)
    if not allowed:
        raise Http404
    if role not in {each.key for each in allowed}:
        raise ValidationError({"role": "This role cannot be held there. Choose another."})
    if not holds_contract:
        return
    if role != roles.CLINICIAN.key or not sets_contract(by, place):
        raise ValidationError(
            {
                "holds_contract": "Only a clinician of a practice can hold its contract, and only"
                " the hub's administrator can say so."
            }
        )


def sets_contract(by: Actor, place: Organisation) -> bool:
    """Whether `by` may say who holds the contract of `place`: not its manager."""
    return place.kind in roles.PRACTICE_MANAGER.kinds and (
        bool(by.system) or may(by, Permission.EDIT_ROLES, place)
    )


@transaction.atomic
def grant_role(
    *,
    by: Actor,
    user: User,
    role: str,
    organisation: Organisation,
    holds_contract: bool = False,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> RoleGrant:
    """Grant `role` to another user from a date (today unless given, never in the past)."""
    if by.user == user:
        raise ValidationError(OWN)
    check_grant(by, role, organisation, holds_contract)
    return add_grant(
        by=by,
        user=user,
        role=role,
        organisation=organisation,
        holds_contract=holds_contract,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def add_grant(
    *,
    by: Actor,
    user: User,
    role: str,
    organisation: Organisation,
    holds_contract: bool,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> RoleGrant:
    """Save a role that has been decided on; asks no questions. Runs inside a transaction.

    In a place that is known to close it ends on that day, as those do that were held before.
    """
    starts_on = starts_on or today()
    ends_on = _checked_end(organisation, starts_on, ends_on)
    # Locked, so that a double click grants it once.
    User.objects.select_for_update().get(pk=user.pk)
    held = RoleGrant.objects.filter(user=user, role=role, organisation=organisation)
    # One that has ended by then is history, and makes room.
    if held.exclude(ends_on__lte=starts_on).exists():
        if by.user == user:
            raise ValidationError("You hold this role there already.")
        raise ValidationError("They hold this role there already. End it first to change it.")
    grant = RoleGrant(
        user=user,
        role=role,
        organisation=organisation,
        holds_contract=holds_contract,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    grant.full_clean()
    grant.save()
    audit.record(
        by=by, act=Act.GRANTED_ROLE, subject=user.subject_id, thing=f"role:{grant.public_id}"
    )
    return grant


def _checked_end(
    place: Organisation, starts_on: dt.date, ends_on: dt.date | None
) -> dt.date | None:
    """Return the end of a role, no later than that of its place; refuse days that cannot be.

    Closing ends what is held on the day it is recorded, up to a year ahead. What is given
    meanwhile nobody would end: once closed, the place lies in no administrator's area.
    """
    # A role from last March would change the answer to who could see what last March.
    if starts_on < today():
        raise ValidationError({"starts_on": "A role starts today or later, never in the past."})
    if ends_on is not None and ends_on <= starts_on:
        raise ValidationError({"ends_on": "The end must be later than today and the start."})
    # Locked and read again: it may be closing at this moment.
    closes = Organisation.objects.select_for_update().get(pk=place.pk).ends_on
    if closes is None:
        return ends_on
    if starts_on >= closes:
        raise ValidationError(
            f"{place} closes on {closes:%-d %B %Y}: no role begins there on that day or later."
        )
    return closes if ends_on is None else min(ends_on, closes)


def may_end(by: Actor, grant: RoleGrant) -> bool:
    """Whether `by` may end this role: a manager not the contract holder's, nobody their own."""
    if grant.user == by.user:
        return False
    if by.system or may(by, Permission.EDIT_ROLES, grant):
        return True
    staff = grant.role in {role.key for role in STAFF_ROLES} and not grant.holds_contract
    return staff and may(by, Permission.INVITE_STAFF, grant)


def fetch_endable(by: Actor, public_id: uuid.UUID) -> RoleGrant:
    """Return a role that `by` may end; else Http404."""
    grant = all_grants().filter(public_id=public_id).first()
    if grant is None or not may_end(by, grant):
        raise Http404
    return grant


@transaction.atomic
def end_role(*, by: Actor, grant: RoleGrant) -> None:
    """End a role today; what its holder had invited others to and is still open ends with it."""
    if grant.user == by.user:
        raise ValidationError(OWN)
    if not may_end(by, grant):
        raise Http404
    if grant.ends_on is not None and grant.ends_on <= today():
        raise ValidationError("This role has ended already.")
    grant.ends_on = max(today(), grant.starts_on)
    grant.save(update_fields=["ends_on"])
    # All of them: an invitation does not tell in which role it was sent.
    Invitation.objects.filter(
        invited_by=grant.user, accepted_at__isnull=True, withdrawn_at__isnull=True
    ).update(withdrawn_at=timezone.now())
    audit.record(
        by=by, act=Act.ENDED_ROLE, subject=grant.user.subject_id, thing=f"role:{grant.public_id}"
    )


@transaction.atomic
def choose_role(*, by: Actor, grant: RoleGrant) -> None:
    """Write down that `by` now acts in `grant`; the door remembers it."""
    authorise(by, Permission.OWN_RECORD, grant)
    audit.record(by=by, act=Act.CHANGED_ROLE, thing=f"role:{grant.public_id}")
