"""Puts the actor on each request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from accounts.actor import Actor, Door
from accounts.models.user import User
from accounts.queries.roles import active_role


class ActorMiddleware:
    """Sets `request.actor`: the signed-in user in the active role, or nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user if isinstance(request.user, User) else None
        # Resolves the lazy user; signed-out visitors carry no role.
        if user is not None and user.is_authenticated:
            role = active_role(user, request.session.get("active_role"))
        else:
            user, role = None, None
        request.actor = Actor(user=user, role=role, door=Door.PAGE, reached={})  # type: ignore[attr-defined]  # see accounts.http.Request
        response = self.get_response(request)
        # The API sets its own actor meanwhile. Computers in practices are shared: after signing
        # out, "back" must not show a plan.
        actor: Actor = request.actor  # type: ignore[attr-defined]  # see accounts.http.Request
        if actor.user is not None and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response
