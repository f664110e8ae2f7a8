"""Every way in which the API can refuse answers in one shape, and never with a page."""

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.db import DataError, IntegrityError
from django.http import HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.test import Client, RequestFactory
from django.urls import reverse
from ninja import Schema
from pytest_django.fixtures import Settings

from accounts.api_errors import ERRORS
from config.api import api, urls
from tests.factories.accounts import actor
from tests.factories.api import caller

OURS = ("accounts", "retention", "hubs")
pytestmark = pytest.mark.django_db


def error_of(response: Any) -> dict[str, Any]:
    """Return the error of a response after checking its shape."""
    assert response["Content-Type"].startswith("application/json")
    body = json.loads(response.content)
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message", "fields"}
    assert body["error"]["code"] == ERRORS[response.status_code][0]
    error: dict[str, Any] = body["error"]
    return error


def handled(error: Exception) -> HttpResponse:
    """Return what the API answers where an operation raises `error`."""
    response: HttpResponse = api.on_exception(RequestFactory().get("/api/v1/me"), error)
    return response


def test_no_address_of_the_api_leads_to_the_sign_in_page() -> None:
    for pattern in urls[0]:
        assert getattr(pattern.callback, "login_required", True) is False


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_without_a_token_is_401(method: str, client: Client) -> None:
    paths = {
        reverse(f"api-v1:{operation['operationId']}", args=_arguments(path))
        for path, methods in api.get_openapi_schema()["paths"].items()
        for name, operation in methods.items()
        if name == method
    }
    assert paths
    for path in paths:
        response = getattr(client, method)(path)
        assert response.status_code == 401, path
        error_of(response)


def _arguments(path: str) -> list[str]:
    return ["00000000-0000-4000-8000-000000000000" for _ in range(path.count("{"))]


def test_a_session_does_not_open_the_api(client: Client) -> None:
    client.force_login(actor().user)  # type: ignore[arg-type]  # this actor is a user
    assert client.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize(
    "path", ["/api/v1/nowhere", "/api/v1/", "/api/v2/me", "/api/", "/api/v1/me/"]
)
def test_an_unknown_address_is_404_in_json(path: str, client: Client) -> None:
    response = client.get(path)
    assert response.status_code == 404
    error_of(response)


def test_another_method_is_405_and_names_those_that_are_taken() -> None:
    response = caller().patch("/api/v1/me/person")
    assert response.status_code == 405
    assert set(response["Allow"].split(", ")) == {"GET", "PUT"}
    assert error_of(response)["code"] == "method_not_allowed"


def test_a_refused_host_is_400_in_json(client: Client) -> None:
    response = client.get("/api/v1/me", headers={"host": "elsewhere.example.org"})
    assert response.status_code == 400
    error_of(response)


@pytest.mark.parametrize("body", ["{", "[" * 100_000, '{"version": 1e', b"\xff\xfe"])
def test_broken_json_is_400(body: str | bytes) -> None:
    response = caller().put("/api/v1/me/plan", body, content_type="application/json")
    assert response.status_code == 400
    error_of(response)


def test_wrong_values_are_named_and_never_repeated() -> None:
    response = caller().put(
        "/api/v1/me/plan",
        {"version": -1, "retire_year": "sometime secret"},
        content_type="application/json",
    )
    assert response.status_code == 422
    fields = error_of(response)["fields"]
    assert [field["field"] for field in fields] == ["body.version", "body.retire_year"]
    assert b"secret" not in response.content


def test_oversized_json_is_413_before_it_is_read(settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2048
    response = caller().put(
        "/api/v1/me/plan", "[" + " " * 2048 + "]", content_type="application/json"
    )
    assert response.status_code == 413
    assert error_of(response)["message"] == "The body is larger than 2.0 KB."


def test_too_many_requests_is_429_and_says_how_long(settings: Settings) -> None:
    settings.API_REQUESTS_A_MINUTE = 3
    client, other = caller(), caller()
    responses = [client.get("/api/v1/me") for _ in range(5)]
    assert [response.status_code for response in responses].count(429) >= 1
    assert error_of(responses[-1])["code"] == "too_many_requests"
    assert 1 <= int(responses[-1]["Retry-After"]) <= 60
    assert other.get("/api/v1/me").status_code == 200


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (PermissionDenied(), 404),
        (ValidationError("Do this instead."), 422),
        (ValidationError("Someone else changed it.", code="stale"), 409),
        (ValidationError({"held_on": ValidationError("Late.", code="stale")}), 409),
        (IntegrityError("UNIQUE constraint failed: person.name=Secret"), 409),
        (DataError("value too long: Secret"), 422),
        (RequestDataTooBig(), 413),
        (MultiPartParserError("Invalid boundary: Secret"), 400),
        (RuntimeError("Secret"), 500),
    ],
    ids=repr,
)
def test_every_kind_of_error_has_its_status(error: Exception, status: int) -> None:
    response = handled(error)
    assert response.status_code == status
    error_of(response)
    assert b"Secret" not in response.content


def test_what_an_action_refuses_keeps_its_words_and_fields() -> None:
    error = error_of(handled(ValidationError({"starts_on": ["Too early."], "__all__": ["Twice."]})))
    assert error["message"] == "Twice."
    assert error["fields"] == [{"field": "starts_on", "message": "Too early."}]
    assert error_of(handled(ValidationError("Not now.")))["message"] == "Not now."


def test_operations_are_named_once_and_described() -> None:
    paths = api.get_openapi_schema()["paths"]
    operations = [operation for methods in paths.values() for operation in methods.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names)) > 50
    assert all(operation["description"].endswith(".") for operation in operations)


def test_no_two_schemas_share_a_name() -> None:
    """The second would take the place of the first in the description, for both."""
    schemas = [found for found in _all_below(Schema) if found.__module__.split(".")[0] in OURS]
    names = [found.__name__ for found in schemas]
    assert len(names) > 50
    assert sorted(names) == sorted(set(names))


def _all_below(kind: type[Schema]) -> list[type[Schema]]:
    return [found for below in kind.__subclasses__() for found in (below, *_all_below(below))]


def test_the_description_is_open_and_holds_nothing_of_anyone(client: Client) -> None:
    response = client.get("/api/v1/openapi.json")
    assert response.status_code == 200
    assert response.json()["info"]["title"] == "Retention Hub"
