"""What htmx needs of every response: caches that tell a part from a page, and real redirects."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect


class HtmxResponseMiddleware:
    """Adds `Vary: HX-Request`, and turns a redirect of an htmx request into a page load.

    A browser follows a redirect inside the request, so that a session that has ended would
    paint the sign-in page into a table.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; `request.htmx` is set by django-htmx before."""
        response = self.get_response(request)
        htmx: Any = getattr(request, "htmx", None)
        if htmx and _is_redirect(response):
            response = _page_load(response, current=htmx.current_url_abs_path)
        patch_vary_headers(response, ["HX-Request"])
        return response


def _is_redirect(response: HttpResponse) -> bool:
    return (
        HTTPStatus.MULTIPLE_CHOICES <= response.status_code < HTTPStatus.BAD_REQUEST
        and "Location" in response
    )


def _page_load(response: HttpResponse, *, current: str | None) -> HttpResponse:
    """Return the redirect as a page load; after signing in the person is back on their page."""
    location = response["Location"]
    if current and urlsplit(location).path == resolve_url(settings.LOGIN_URL):
        location = redirect_to_login(current).url
    answer = HttpResponseClientRedirect(location)
    # A new session may come with a redirect.
    answer.cookies = response.cookies
    return answer
