"""The access log: an id and a route; nobody's name, address or question."""

import pytest
import structlog
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch
from structlog.contextvars import get_contextvars
from structlog.testing import capture_logs

from config.middleware import request_log
from config.middleware.request_log import RequestLogMiddleware


def answer(request: HttpRequest) -> HttpResponse:
    """Answer as a view would: the route is known only once it was found."""
    request.resolver_match = ResolverMatch(answer, (), {"code": "K"}, route="claims/<str:code>/")
    return HttpResponse(get_contextvars()["request_id"], status=201)


@pytest.fixture(autouse=True)
def _own_logger(monkeypatch: pytest.MonkeyPatch) -> None:
    # The process's logger keeps the settings of its first use: other tests configure anew.
    monkeypatch.setattr(request_log, "log", structlog.get_logger("access"))


def test_line_holds_method_route_status_and_time_alone() -> None:
    request = RequestFactory().post("/claims/SECRET/?name=Doe", REMOTE_ADDR="192.0.2.7")
    with capture_logs() as lines:
        RequestLogMiddleware(answer)(request)
    [line] = lines
    assert line.pop("milliseconds") >= 0
    assert line == {
        "event": "request",
        "log_level": "info",
        "method": "POST",
        "route": "claims/<str:code>/",
        "status": 201,
    }


def test_request_without_a_route_is_logged_without_its_path() -> None:
    with capture_logs() as lines:
        RequestLogMiddleware(lambda _: HttpResponse(status=404))(RequestFactory().get("/a@b.c"))
    assert lines[0]["route"] is None


def test_id_ties_the_answer_to_its_log_lines() -> None:
    response = RequestLogMiddleware(answer)(RequestFactory().get("/"))
    assert response["X-Request-ID"] == response.content.decode()
    assert "request_id" not in get_contextvars()


@pytest.mark.parametrize("given", ["short", "a b c d e f g h", "line\nbreak-line", "x" * 65, ""])
def test_odd_id_of_a_caller_is_replaced(given: str) -> None:
    request = RequestFactory().get("/", HTTP_X_REQUEST_ID=given)
    assert RequestLogMiddleware(answer)(request)["X-Request-ID"] != given


def test_plain_id_of_a_proxy_is_kept() -> None:
    request = RequestFactory().get("/", HTTP_X_REQUEST_ID="proxy-0123456789")
    assert RequestLogMiddleware(answer)(request)["X-Request-ID"] == "proxy-0123456789"
