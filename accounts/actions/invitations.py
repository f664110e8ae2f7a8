"""Invites people by email to hold a role."""

import datetime as dt
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from accounts import audit
from accounts.actions.roles import add_grant, check_grant, grantable, sets_contract
from accounts.actor import Actor, Door
from accounts.models.audit_event import Act
from accounts.models.invitation import Invitation
from accounts.models.role_grant import RoleGrant
from accounts.models.user import User
from accounts.queries.invitations import holds_address, token_of
from accounts.queries.roles import roles_of
from accounts.secrets import digest
from accounts.tasks import send_invitation
from organisations.models.organisation import Organisation

# One hub can be filled in an afternoon; a stolen account cannot write to a whole country.
INVITER_PER_DAY = 200
ADDRESS_PER_DAY = 3


@transaction.atomic
def invite(
    *,
    by: Actor,
    email: str,
    role: str,
    organisation: Organisation,
    holds_contract: bool = False,
    name: str = "",
) -> Invitation:
    """Invite an address; an earlier open invitation to the same role is withdrawn."""
    check_grant(by, role, organisation, holds_contract)
    email = User.objects.normalize_email(email.strip())
    # Also refused when accepted; told here, nobody waits for a mail in vain.
    if by.user is not None and email.lower() == by.user.email.lower():
        raise ValidationError({"email": "This is your own address. Nobody grants their own role."})
    _check_rate(by, email)
    earlier = Invitation.objects.filter(email__iexact=email, role=role, organisation=organisation)
    # Of two links to one role, withdrawing the one in the list would leave the other working.
    _withdraw_open(_ending(by, organisation, earlier))
    invitation = Invitation(
        email=email,
        name=name.strip(),
        role=role,
        organisation=organisation,
        holds_contract=holds_contract,
        invited_by=by.user,
    )
    invitation.token_digest = digest(token_of(invitation))
    invitation.full_clean()
    invitation.save()
    audit.record(by=by, act=Act.INVITED, thing=f"invitation:{invitation.public_id}")
    transaction.on_commit(partial(send_invitation.enqueue, str(invitation.public_id)))
    return invitation


def _ending(
    by: Actor, place: Organisation, invitations: QuerySet[Invitation]
) -> QuerySet[Invitation]:
    """Keep those that `by` may end: a manager ends none to hold the practice's contract."""
    of_roles = invitations.filter(role__in=[role.key for role in grantable(by, place)])
    return of_roles if sets_contract(by, place) else of_roles.filter(holds_contract=False)


def _withdraw_open(invitations: QuerySet[Invitation]) -> int:
    """Withdraw those of `invitations` that are open, and return how many."""
    return invitations.filter(accepted_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )


def _check_rate(by: Actor, email: str) -> None:
    # Withdrawn ones count as well: they were mailed.
    recent = Invitation.objects.filter(sent_at__gt=timezone.now() - dt.timedelta(days=1))
    if recent.filter(email__iexact=email).count() >= ADDRESS_PER_DAY:
        raise ValidationError({"email": "This address has been invited often today. Wait a day."})
    if by.user is not None and recent.filter(invited_by=by.user).count() >= INVITER_PER_DAY:
        raise ValidationError("You have sent many invitations today. Go on tomorrow.")


@transaction.atomic
def withdraw_invitation(*, by: Actor, invitation: Invitation) -> None:
    """Make the link of an open invitation stop working."""
    this = Invitation.objects.filter(pk=invitation.pk)
    ending = _ending(by, invitation.organisation, this)
    if not ending.exists():
        raise Http404
    if not _withdraw_open(ending):
        raise ValidationError("This invitation was accepted or withdrawn before.")
    audit.record(by=by, act=Act.WITHDREW_INVITATION, thing=f"invitation:{invitation.public_id}")


def inviter_still_may(invitation: Invitation) -> bool:
    """Whether who invited could send the same invitation today; a command always could."""
    inviter = invitation.invited_by
    if inviter is None:
        return True
    actors = (Actor(user=inviter, role=held, door=Door.PAGE) for held in roles_of(inviter))
    return any(_may_invite(by, invitation) for by in actors)


def _may_invite(by: Actor, invitation: Invitation) -> bool:
    try:
        check_grant(by, invitation.role, invitation.organisation, invitation.holds_contract)
    except (Http404, ValidationError):
        return False
    return True


@transaction.atomic
def accept_invitation(*, by: Actor, invitation: Invitation) -> RoleGrant:
    """Give the invited role to the signed-in user whose address was invited; works once."""
    assert by.user is not None  # the page asks for sign-in first
    if not invitation.is_open:
        raise ValidationError("This invitation has ended. Ask whoever invited you for a new one.")
    if not holds_address(by.user, invitation.email):
        raise ValidationError("This invitation is for another email address.")
    if invitation.invited_by == by.user:
        raise ValidationError("You sent this invitation. Nobody grants their own role.")
    # A role also ends by its date, which withdraws nothing.
    if not inviter_still_may(invitation):
        raise ValidationError(
            "Whoever invited you can no longer give this role. Ask for a new invitation."
        )
    # The count decides which of two clicks at once is the one.
    taken = Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True
    ).update(accepted_at=timezone.now())
    if not taken:
        raise ValidationError("This invitation was used a moment ago.")
    audit.record(by=by, act=Act.ACCEPTED_INVITATION, thing=f"invitation:{invitation.public_id}")
    return add_grant(
        by=by,
        user=by.user,
        role=invitation.role,
        organisation=invitation.organisation,
        holds_contract=invitation.holds_contract,
    )
