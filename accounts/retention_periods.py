"""How long the records of signing in are kept, and what deletes them when the time is over.

What a higher floor keeps for a time only, it registers here from its AppConfig.ready().
"""

import datetime as dt
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone

from accounts.append_only import KEPT_YEARS
from accounts.models.api_token import ApiToken
from accounts.models.audit_event import AuditEvent
from accounts.models.invitation import LASTS, Invitation
from accounts.models.notice import Notice
from accounts.models.recognition import Recognition, RecognitionState
from accounts.models.role_grant import RoleGrant

# After the link of an invitation has ended or was used.
INVITATION_DAYS = 30
TOKEN_DAYS = 90
# What somebody could see last March must be told as long as the audit log is kept.
ROLE_DAYS = KEPT_YEARS * 365 + 2
# After a request was declined or taken back.
RECOGNITION_DAYS = 365
# After it was put away, and where nobody did.
NOTICE_DAYS, UNREAD_NOTICE_DAYS = 30, 365

BATCH = 5_000

# Deletes what was over its time at a moment, and returns how many rows went.
PurgeStep = Callable[[dt.datetime], int]
_STEPS: dict[str, PurgeStep] = {}


def register(name: str, step: PurgeStep) -> None:
    """Add what a higher floor deletes; its name (of what goes, in words) is used once."""
    if name in _STEPS:
        raise ValueError(f"A purge step is registered twice: {name}")
    _STEPS[name] = step


def purge_expired() -> dict[str, int]:
    """Delete what is over its time, and return how many of each kind went."""
    now = timezone.now()
    sessions = Session.objects.filter(expire_date__lt=now).delete()[0]
    # Address and browser of a session that is over are kept no longer than the session.
    live = Session.objects.values("session_key")
    return {
        "sessions": sessions,
        "places signed in": UserSession.objects.exclude(session_key__in=live).delete()[0],
        "invitations": _invitations(now),
        "tokens": ApiToken.objects.filter(
            Q(revoked_at__lt=now - dt.timedelta(days=TOKEN_DAYS))
            | Q(ends_at__lt=now - dt.timedelta(days=TOKEN_DAYS))
        ).delete()[0],
        "requests to be recognised": Recognition.objects.filter(
            state__in=(RecognitionState.DECLINED, RecognitionState.LEFT),
            decided_at__lt=now - dt.timedelta(days=RECOGNITION_DAYS),
        ).delete()[0],
        "roles": RoleGrant.objects.filter(
            ends_on__lt=now.date() - dt.timedelta(days=ROLE_DAYS)
        ).delete()[0],
        "notices": Notice.objects.filter(
            Q(read_at__lt=now - dt.timedelta(days=NOTICE_DAYS))
            | Q(made_at__lt=now - dt.timedelta(days=UNREAD_NOTICE_DAYS))
        ).delete()[0],
        "audit rows": _audit_rows(now),
        **{name: step(now) for name, step in _STEPS.items()},
    }


def _invitations(now: dt.datetime) -> int:
    kept = dt.timedelta(days=INVITATION_DAYS)
    return Invitation.objects.filter(
        Q(accepted_at__lt=now - kept)
        | Q(withdrawn_at__lt=now - kept)
        | Q(sent_at__lt=now - kept - LASTS, accepted_at__isnull=True)
    ).delete()[0]


def _audit_rows(now: dt.datetime) -> int:
    """Delete in batches: one statement over years of rows would hold the lock too long."""
    # Some days more than the trigger asks for, so that leap days and time zones never meet it.
    last = now.replace(year=now.year - KEPT_YEARS, day=min(now.day, 28)) - dt.timedelta(days=4)
    gone = 0
    while batch := list(
        AuditEvent.objects.filter(at__lt=last).values_list("pk", flat=True)[:BATCH]
    ):
        gone += AuditEvent.objects.filter(pk__in=batch).delete()[0]
    return gone
