"""Makes and ends tokens for programs."""

import datetime as dt
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.access import authorise
from accounts.actor import Actor
from accounts.models.api_token import ApiToken
from accounts.models.audit_event import Act
from accounts.models.role_grant import RoleGrant
from accounts.permissions import Permission
from accounts.queries.tokens import tokens_of
from accounts.secrets import digest, new_token
from accounts.tasks import send_token_notice

LONGEST_DAYS = 365
MOST_TOKENS = 10


@transaction.atomic
def make_token(
    *, by: Actor, name: str, role_grant: RoleGrant | None, days: int
) -> tuple[ApiToken, str]:
    """Return a new token of the signed-in user and its text, which is never shown again.

    The user is told by mail, as of every other way in that is added.
    """
    assert by.user is not None  # the page asks for sign-in first
    if role_grant is not None:
        authorise(by, Permission.OWN_RECORD, role_grant)
    if not 1 <= days <= LONGEST_DAYS:
        raise ValidationError({"days": f"A token lasts from 1 to {LONGEST_DAYS} days."})
    # Counted one by one: whether a token lives depends on its role as well.
    if len([token for token in tokens_of(by.user) if token.is_live]) >= MOST_TOKENS:
        raise ValidationError(f"You have {MOST_TOKENS} tokens. End one before you make another.")
    text = new_token()
    token = ApiToken(
        user=by.user,
        role_grant=role_grant,
        name=name.strip(),
        digest=digest(text),
        ends_at=timezone.now() + dt.timedelta(days=days),
    )
    token.full_clean()
    token.save()
    audit.record(by=by, act=Act.MADE_TOKEN, thing=f"token:{token.public_id}")
    transaction.on_commit(partial(send_token_notice.enqueue, str(by.user.public_id)))
    return token, text


@transaction.atomic
def end_token(*, by: Actor, token: ApiToken) -> None:
    """Make one's own token stop working at once."""
    authorise(by, Permission.OWN_RECORD, token)
    live = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True)
    if not live.update(revoked_at=timezone.now()):
        raise ValidationError("This token has been ended already.")
    audit.record(by=by, act=Act.ENDED_TOKEN, thing=f"token:{token.public_id}")
