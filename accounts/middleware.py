"""Asks for signing in, and puts the actor on each request."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.actor import Actor, Door
from accounts.models.user import User
from accounts.queries.roles import active_role


class SignInMiddleware(LoginRequiredMiddleware):
    """Leads whoever is signed out to the sign-in page, and then back to a page.

    What a form sent is lost by then, and the address that it went to may show nothing: the way
    back is to the page with the form.
    """

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseRedirect:
        """Redirect to the sign-in page."""
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        return redirect_to_login(_page_of_the_form(request))


def _page_of_the_form(request: HttpRequest) -> str:
    """Return path and query of the page that the browser came from; the first page if unsaid."""
    page = request.headers.get("Referer", "")
    if page and url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure()):
        way_back = urlsplit(page)._replace(scheme="", netloc="").geturl()
        # Two slashes in front would name a host, once it stands alone.
        if url_has_allowed_host_and_scheme(way_back, None):
            return way_back
    return reverse("home")


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
