"""The one shape in which every error leaves the API."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404
from ninja import Field, Schema

from accounts.access import fetch
from accounts.actor import Actor
from accounts.permissions import Permission

# What each status is called, and what to say where nobody said it better.
ERRORS: Mapping[int, tuple[str, str]] = {
    400: ("bad_request", "The request could not be read. Send well-formed JSON or a form."),
    401: ("not_signed_in", "Send a token that is in force: Authorization: Bearer <token>."),
    404: ("not_found", "There is nothing here, or nothing that this token may see."),
    405: ("method_not_allowed", "This address does not take this method."),
    409: ("conflict", "Something else changed this in the meantime. Read it again."),
    413: ("too_large", "The body is too large."),
    422: ("invalid", "Some values are missing or wrong. Each field is named."),
    429: ("too_many_requests", "Too many requests. Wait for the seconds in Retry-After."),
    500: ("server_error", "Something went wrong here. It has been logged."),
}
# Any operation may answer with these; 500 is nothing to build on.
DOCUMENTED = frozenset(ERRORS) - {500}


class FieldProblem(Schema):
    """What is wrong with one value."""

    field: str = Field(description="Path to the value, such as `body.week.0.minutes`.")
    message: str


class ErrorDetail(Schema):
    """What went wrong."""

    code: str = Field(description="A word that never changes, such as `not_found`.")
    message: str = Field(description="What happened and what to do, in words.")
    fields: list[FieldProblem] = Field(
        default=[], description="The values at fault, where single values are."
    )


class ErrorOut(Schema):
    """Every error, whatever its status."""

    error: ErrorDetail


Answer = TypeVar("Answer")
Named = TypeVar("Named", bound=Model)


def answers(schema: Answer, status: int = HTTPStatus.OK) -> dict[Any, Any]:
    """Return the responses of an operation: its own, and the errors that all share."""
    return {status: schema, DOCUMENTED: ErrorOut}


def error_body(
    status: int, message: str = "", fields: Mapping[str, list[str]] | None = None
) -> dict[str, Any]:
    """Return the body of an error; `fields` maps a path to its messages."""
    code, words = ERRORS.get(status) or ERRORS[400 if status < 500 else 500]
    problems = [
        {"field": field, "message": text}
        for field, texts in (fields or {}).items()
        for text in texts
    ]
    return {"error": {"code": code, "message": message or words, "fields": problems}}


def fetch_named(
    user: Actor,
    permission: Permission,
    queryset: "QuerySet[Named]",
    problem: Mapping[str, str],
    **lookup: Any,
) -> Named:
    """Return what a body names by its code or slug; `problem` maps the field to what to do.

    Raises ValidationError, alike where there is none and where it is not the reader's: 404 would
    say of the address that there is nothing, and leave the caller to guess which value was wrong.
    """
    try:
        return fetch(user, permission, queryset, **lookup)
    except Http404 as missing:
        raise ValidationError(dict(problem)) from missing
