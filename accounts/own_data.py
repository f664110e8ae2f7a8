"""What signing in holds on a person, registered for "my data" and erasure."""

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Q
from django.utils import timezone

from accounts.actor import Actor
from accounts.append_only import KEPT_YEARS
from accounts.models.api_token import ApiToken
from accounts.models.audit_event import AuditEvent
from accounts.models.invitation import Invitation
from accounts.models.notice import Notice, NoticeLine
from accounts.models.recognition import Recognition
from accounts.models.role_grant import RoleGrant
from accounts.models.subject import Subject
from accounts.models.user import User
from accounts.personal_data import PersonalDataKind, register
from accounts.retention_periods import (
    INVITATION_DAYS,
    NOTICE_DAYS,
    RECOGNITION_DAYS,
    TOKEN_DAYS,
    UNREAD_NOTICE_DAYS,
)

Held = list[dict[str, Any]]


def _iso(when: dt.date | None) -> str | None:
    return None if when is None else when.isoformat()


def export_account(user: User) -> object:
    """Return name, addresses and dates."""
    addresses = EmailAddress.objects.filter(user=user)
    return {
        "name": user.name,
        "email": user.email,
        "addresses": [{"email": a.email, "confirmed": a.verified} for a in addresses],
        "joined_at": _iso(user.joined_at),
        "last_sign_in": _iso(user.last_login),
    }


def erase_account(user: User, by: Actor) -> None:
    """Delete the user, then the subject: the audit rows lead nowhere from here on."""
    subject = user.subject_id
    user.delete()
    # Nothing but this row tells whose the random number was.
    Subject.objects.filter(pk=subject).delete()


def export_sign_in(user: User) -> object:
    """Return the ways to sign in and where the user is signed in now; no secrets."""
    return {
        "ways": [
            {"kind": way.get_type_display(), "added_at": _iso(way.created_at)}
            for way in Authenticator.objects.filter(user=user)
        ],
        "sessions": [
            {"address": each.ip, "browser": each.user_agent, "since": _iso(each.created_at)}
            for each in UserSession.objects.filter(user=user)
        ],
    }


def erase_sign_in(user: User, by: Actor) -> None:
    """End every session, everywhere, and forget every way to sign in."""
    # One by one: ending it takes the browser's session with it, deleting the row would not.
    for session in UserSession.objects.filter(user=user):
        session.end()
    Authenticator.objects.filter(user=user).delete()


def export_roles(user: User) -> Held:
    """Return every role that was held."""
    return [
        {
            "role": grant.definition.name,
            "organisation": grant.organisation.name,
            "holds_contract": grant.holds_contract,
            "from": _iso(grant.starts_on),
            "until": _iso(grant.ends_on),
        }
        for grant in RoleGrant.objects.filter(user=user).select_related("organisation")
    ]


def erase_roles(user: User, by: Actor) -> None:
    """Delete the roles; an open invitation that rests on one ends, others lose the name alone."""
    Invitation.objects.filter(
        invited_by=user, accepted_at__isnull=True, withdrawn_at__isnull=True
    ).update(withdrawn_at=timezone.now())
    RoleGrant.objects.filter(user=user).delete()


def export_recognitions(user: User) -> Held:
    """Return every request to a hub and its answer."""
    return [
        {
            "hub": asked.hub.name,
            "state": asked.get_state_display(),
            "asked_at": _iso(asked.asked_at),
            "decided_at": _iso(asked.decided_at),
        }
        for asked in Recognition.objects.filter(user=user).select_related("hub")
    ]


def erase_recognitions(user: User, by: Actor) -> None:
    """Delete the requests."""
    Recognition.objects.filter(user=user).delete()


def _invitations(user: User) -> Any:
    # An address that is not confirmed may be somebody else's, and so may what was sent to it.
    addresses = EmailAddress.objects.filter(user=user, verified=True).values_list(
        "email", flat=True
    )
    to_user = Q(email__iexact=user.email)
    for address in addresses:
        to_user |= Q(email__iexact=address)
    return Invitation.objects.filter(to_user).select_related("organisation")


def export_invitations(user: User) -> Held:
    """Return the invitations that went to the user's addresses."""
    return [
        {
            "role": invitation.get_role_display(),
            "organisation": invitation.organisation.name,
            "name": invitation.name,
            "sent_at": _iso(invitation.sent_at),
            "accepted_at": _iso(invitation.accepted_at),
        }
        for invitation in _invitations(user)
    ]


def erase_invitations(user: User, by: Actor) -> None:
    """Delete the invitations that went to the user's addresses."""
    _invitations(user).delete()


def export_tokens(user: User) -> Held:
    """Return the tokens by name; the service does not hold their text."""
    return [
        {
            "name": token.name,
            "role": str(token.role_grant) if token.role_grant else None,
            "made_at": _iso(token.made_at),
            "ends_at": _iso(token.ends_at),
            "ended_at": _iso(token.revoked_at),
        }
        for token in ApiToken.objects.filter(user=user).select_related("role_grant__organisation")
    ]


def erase_tokens(user: User, by: Actor) -> None:
    """Delete the tokens: programs that hold one are out at once."""
    ApiToken.objects.filter(user=user).delete()


def export_notices(user: User) -> Held:
    """Return what the user was told on their first page."""
    return [
        {
            "at": _iso(notice.made_at),
            "what": notice.get_kind_display(),
            "place": notice.place.name,
            "from": _iso(notice.on),
            "means": [NoticeLine(line).label for line in notice.lines],
            "read_at": _iso(notice.read_at),
        }
        for notice in Notice.objects.filter(user=user).select_related("place")
    ]


def erase_notices(user: User, by: Actor) -> None:
    """Delete them, read or not."""
    Notice.objects.filter(user=user).delete()


def export_audit(user: User) -> Held:
    """Return the audit rows by or about the user, without who else is in them."""
    subject = user.subject_id
    # Of who else is in a row not even the random number: two people could compare theirs.
    rows = AuditEvent.objects.filter(Q(actor=subject) | Q(subject=subject))
    return [
        {
            "at": _iso(row.at),
            "act": row.act,
            "by_me": row.actor == subject,
            "about_me": row.subject == subject,
            "role": row.role,
            "thing": row.thing,
            "why": row.why,
            "door": row.door,
        }
        for row in rows
    ]


def keep_audit(user: User, by: Actor) -> None:
    """Leave the rows, which hold no name; the account's erasure cuts what leads to them."""


KINDS = (
    PersonalDataKind(
        "Account: name, email addresses, dates of joining and last sign-in",
        "Until you erase it.",
        export_account,
        erase_account,
    ),
    PersonalDataKind(
        "Ways to sign in, and where you are signed in",
        "A session for 8 hours; a way to sign in until you remove it.",
        export_sign_in,
        erase_sign_in,
    ),
    PersonalDataKind(
        "Roles held in organisations",
        f"{KEPT_YEARS} years after the role ends, so that it can be told who could see what.",
        export_roles,
        erase_roles,
    ),
    PersonalDataKind(
        "Requests to be recognised by a training hub",
        f"While you belong to the hub; {RECOGNITION_DAYS} days after it declined or you left.",
        export_recognitions,
        erase_recognitions,
    ),
    PersonalDataKind(
        "Invitations sent to your email addresses",
        f"{INVITATION_DAYS} days after their link ended or was used.",
        export_invitations,
        erase_invitations,
    ),
    PersonalDataKind(
        "API tokens: name, role and dates",
        f"{TOKEN_DAYS} days after the token ends.",
        export_tokens,
        erase_tokens,
    ),
    PersonalDataKind(
        "Notices of mergers and closures that changed something for you",
        f"{NOTICE_DAYS} days after you put them away; {UNREAD_NOTICE_DAYS} days at most.",
        export_notices,
        erase_notices,
    ),
    PersonalDataKind(
        "Audit log: who did or read what, when, under random numbers, without names or values",
        f"{KEPT_YEARS} years. Erasing your account destroys what links the rows to you.",
        export_audit,
        keep_audit,
    ),
)


def register_all() -> None:
    """Register every kind, the account first, so that it is erased last."""
    for kind in KINDS:
        register(kind)
