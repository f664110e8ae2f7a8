"""One line of log for each request, and an id that ties it to every other line it caused."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
log = structlog.get_logger("access")


class RequestLogMiddleware:
    """Logs method, route, status and time: no address, no person, no query, no path.

    The route is logged and not the path, since a path may hold a code, a name or a key.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request and log it; X-Request-ID goes back to the caller."""
        request_id = _request_id(request)
        started = time.perf_counter()
        # Every line that is logged on the way carries it, whoever writes the line.
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            log.info(
                "request",
                method=request.method,
                route=request.resolver_match.route if request.resolver_match else None,
                status=response.status_code,
                milliseconds=round((time.perf_counter() - started) * 1000),
            )
        response["X-Request-ID"] = request_id
        return response


def _request_id(request: HttpRequest) -> str:
    """Return the proxy's request id if it is a plain one (it is logged), else a new one."""
    given = request.headers.get("X-Request-ID", "")
    return given if _ID.fullmatch(given) else uuid.uuid4().hex
