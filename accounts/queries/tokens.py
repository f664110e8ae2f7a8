"""The tokens of programs, and who acts when one is shown."""

from django.db.models import QuerySet

from accounts.actor import Actor, Door
from accounts.models.api_token import ApiToken
from accounts.models.user import User
from accounts.secrets import digest


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """Return a user's tokens, newest first, with their roles."""
    return all_tokens().filter(user=user)


def all_tokens() -> QuerySet[ApiToken]:
    """Return every token, with its user and role."""
    return ApiToken.objects.select_related("user", "role_grant__organisation")


def actor_with(token: str) -> Actor | None:
    """Return who acts through the API with this token, or None: unknown, ended, or role over."""
    found = all_tokens().filter(digest=digest(token), user__is_active=True).first()
    if found is None or not found.is_live:
        return None
    return Actor(user=found.user, role=found.role_grant, door=Door.API, reached={})
