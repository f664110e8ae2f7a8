"""Responses to htmx: told apart by caches, and redirects that load a page."""

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.test import RequestFactory
from django_htmx.middleware import HtmxMiddleware

from config.middleware.htmx import HtmxResponseMiddleware

PART = {
    "HTTP_HX_REQUEST": "true",
    "HTTP_HX_CURRENT_URL": "http://testserver/networks/U12345/?years=3",
}


def sent(response: HttpResponse, **headers: str) -> HttpResponse:
    """Return what reaches the browser."""

    def view(request: HttpRequest) -> HttpResponse:
        return response

    chain = HtmxMiddleware(HtmxResponseMiddleware(view))
    answer = chain(RequestFactory().get("/part/", **headers))  # type: ignore[arg-type]  # headers
    assert isinstance(answer, HttpResponse)
    return answer


@pytest.mark.parametrize("headers", [{}, PART], ids=["page", "part"])
def test_cache_tells_a_part_from_a_page(headers: dict[str, str]) -> None:
    response = HttpResponse("x", headers={"Vary": "Cookie"})
    assert sent(response, **headers)["Vary"] == "Cookie, HX-Request"


def test_page_is_redirected_as_ever() -> None:
    response = sent(HttpResponseRedirect("/next/"))
    assert (response.status_code, response["Location"]) == (302, "/next/")


def test_part_that_redirects_loads_the_page() -> None:
    redirect = HttpResponseRedirect("/next/")
    redirect.set_cookie("sessionid", "new")
    response = sent(redirect, **PART)
    assert (response.status_code, response["HX-Redirect"]) == (200, "/next/")
    assert response.cookies["sessionid"].value == "new"


def test_ended_session_leads_to_sign_in_and_back_to_the_page() -> None:
    login = resolve_url("account_login")
    response = sent(HttpResponseRedirect(f"{login}?next=/part/"), **PART)
    assert response["HX-Redirect"] == f"{login}?next=/networks/U12345/%3Fyears%3D3"


def test_foreign_page_is_never_a_way_back() -> None:
    login = resolve_url("account_login")
    foreign = PART | {"HTTP_HX_CURRENT_URL": "http://evil.example/x/"}
    response = sent(HttpResponseRedirect(f"{login}?next=/part/"), **foreign)
    assert response["HX-Redirect"] == f"{login}?next=/part/"


@pytest.mark.parametrize("status", [200, 304, 422])
def test_other_answers_stay(status: int) -> None:
    response = sent(HttpResponse(status=status), **PART)
    assert response.status_code == status
    assert "HX-Redirect" not in response
