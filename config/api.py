"""The API: one object, each app's router added to it, and one shape for every error."""

from collections import defaultdict
from http import HTTPStatus
from typing import Any

import structlog
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.core.exceptions import ValidationError as Refusal
from django.core.signals import got_request_exception
from django.db import DataError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from accounts.api import router as accounts_router
from accounts.api_auth import EVERY_REQUEST, TokenAuth
from accounts.api_errors import error_body
from config.api_docs import DocsPage
from hubs.api import router as hubs_router
from retention.api import router as retention_router

log = structlog.get_logger("api")
ABOUT = """\
The pages of Retention Hub, for programs: the same reads and writes, by the same rules.

Make a token on your page, under "Tokens for programs", and send it with every request as
`Authorization: Bearer <token>`. A token carries one role and ends with it. What the role may not
see answers 404. Lists take `limit` and `offset`. What is withheld because too few people stand
behind it is null, with `"withheld": true`. Dates are written 2026-04-01; an end date is the first
day that is no longer in.
"""


class HubApi(NinjaAPI):
    """Names each operation as its function, so that names stay when files move."""

    _description: OpenAPISchema | None = None

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the name of the operation's function."""
        return operation.view_func.__name__

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Return the description, made once: it takes a second, and changes only with the code."""
        if self._description is None:
            self._description = super().get_openapi_schema(
                path_prefix=path_prefix, path_params=path_params
            )
        return self._description


api = HubApi(
    title="Retention Hub",
    version="1",
    description=ABOUT,
    urls_namespace="api-v1",
    auth=TokenAuth(),
    throttle=[EVERY_REQUEST],
    docs=DocsPage(),
)
api.add_router("", accounts_router)
api.add_router("", retention_router)
api.add_router("", hubs_router)


def _answer(
    request: HttpRequest,
    status: int,
    message: str = "",
    fields: dict[str, list[str]] | None = None,
) -> HttpResponse:
    return api.create_response(request, error_body(status, message, fields), status=status)


@api.exception_handler(Http404)
@api.exception_handler(PermissionDenied)
def not_found(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer 404 without a word on whether the thing exists."""
    return _answer(request, HTTPStatus.NOT_FOUND)


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what django-ninja refuses itself: no token, too many requests, a broken body."""
    return _answer(request, error.status_code)


@api.exception_handler(ValidationError)
def invalid_input(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer input of the wrong shape: where and why, and never the value itself."""
    fields: defaultdict[str, list[str]] = defaultdict(list)
    for problem in error.errors:
        # Every operation calls its body `data`; a caller never sees that name.
        path = ".".join(str(part) for part in problem["loc"] if part != "data")
        # What a check of ours says begins with pydantic's name for it.
        fields[path].append(problem["msg"].removeprefix("Value error, "))
    return _answer(request, HTTPStatus.UNPROCESSABLE_ENTITY, fields=fields)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, error: Refusal) -> HttpResponse:
    """Answer what an action refuses in its own words; 409 where the record has moved on."""
    if "stale" in {problem.code for problem in _problems(error)}:
        # The action's own words are for who has a page open.
        return _answer(request, HTTPStatus.CONFLICT)
    fields = error.message_dict if hasattr(error, "error_dict") else {}
    named = {name: texts for name, texts in fields.items() if name != "__all__"}
    general = " ".join(fields.get("__all__", [] if fields else error.messages))
    return _answer(request, HTTPStatus.UNPROCESSABLE_ENTITY, general, named)


def _problems(error: Refusal) -> list[Refusal]:
    """Return the single problems of a refusal, whether or not they name fields."""
    if hasattr(error, "error_dict"):
        return [problem for problems in error.error_dict.values() for problem in problems]
    return list(error.error_list)


@api.exception_handler(IntegrityError)
def conflict(request: HttpRequest, error: IntegrityError) -> HttpResponse:
    """Answer that the database had something else there already."""
    return _answer(request, HTTPStatus.CONFLICT)


@api.exception_handler(DataError)
def not_storable(request: HttpRequest, error: DataError) -> HttpResponse:
    """Answer a value that PostgreSQL does not take and no field had ruled out."""
    return _answer(request, HTTPStatus.UNPROCESSABLE_ENTITY)


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    """Answer a body over the limit that did not say its length truly."""
    return _answer(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


@api.exception_handler(BadRequest)
@api.exception_handler(SuspiciousOperation)
@api.exception_handler(MultiPartParserError)
def bad_request(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer a body that is broken."""
    return _answer(request, HTTPStatus.BAD_REQUEST)


@api.exception_handler(Exception)
def server_error(request: HttpRequest, error: Exception) -> HttpResponse:
    """Log a fault of ours and answer without a word of it."""
    match: Any = request.resolver_match
    log.error("error", route=match.route if match else None, exc_info=error)
    got_request_exception.send(sender=None, request=request)
    return _answer(request, HTTPStatus.INTERNAL_SERVER_ERROR)


# Made once: every call of `api.urls` makes views that are not marked.
urls = api.urls
# LoginRequiredMiddleware would answer a program with a redirect to the log-in page; the API's own
# authentication answers 401. Its description and docs hold nothing that is anyone's.
for _pattern in urls[0]:
    if _pattern.callback is not None:
        login_not_required(_pattern.callback)
