"""Who acts through the API: the bearer of a token, in the role that the token carries."""

import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from accounts.access import authorise
from accounts.actor import Actor
from accounts.permissions import Permission
from accounts.queries.tokens import actor_with
from accounts.secrets import digest

WINDOW_SECONDS = 60


class TokenAuth(HttpBearer):
    """Takes a token and nothing else: no cookie opens the API, so no other site can use one.

    With `needs`, an operation is refused before its body is read.
    """

    def __init__(self, needs: Permission | None = None) -> None:
        super().__init__()
        self.needs = needs

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Return who acts, also as `request.actor`; None for a token that opens nothing."""
        actor = actor_with(token)
        if actor is not None:
            request.actor = actor  # type: ignore[attr-defined]  # see accounts.http.Request
            if self.needs is not None:
                authorise(actor, self.needs)
        return actor


class TokenThrottle(BaseThrottle):
    """Counts the requests of each token by the minute, in the cache that all processes share.

    Two requests at the same instant may count as one: this keeps a loop that has run wild from
    the others, and is no meter. Unknown tokens never come here; they are 256 bits to guess.
    """

    def __init__(self, scope: str, setting: str) -> None:
        self.scope, self.setting = scope, setting

    def allow_request(self, request: HttpRequest) -> bool:
        """Whether the token has requests left in this minute."""
        window = int(time.time()) // WINDOW_SECONDS
        # Of the token alone: "bearer" and "BEARER" before it are the same, and open the same.
        token = digest(request.headers.get("Authorization", "").partition(" ")[2])
        key = f"api:{self.scope}:{token}:{window}"
        count: int = cache.get(key, 0)
        if count >= getattr(settings, self.setting):
            return False
        cache.set(key, count + 1, 2 * WINDOW_SECONDS)
        return True

    def wait(self) -> float:
        """Return the seconds until the next minute begins."""
        return WINDOW_SECONDS - time.time() % WINDOW_SECONDS


EVERY_REQUEST = TokenThrottle("all", "API_REQUESTS_A_MINUTE")
# Reads a file of 25 MB, or runs the solver: seconds of work each.
HEAVY_REQUEST = TokenThrottle("heavy", "API_HEAVY_REQUESTS_A_MINUTE")
