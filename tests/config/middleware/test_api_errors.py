"""Under /api/ whatever goes wrong is JSON; pages keep their pages."""

import json

import pytest
from django.http import HttpResponse, HttpResponseNotAllowed
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from config.middleware.api_errors import FORM_BYTES, ApiErrorsMiddleware


def page(status: int) -> ApiErrorsMiddleware:
    """Return the middleware over a page that says so in HTML."""
    return ApiErrorsMiddleware(lambda _: HttpResponse("<h1>Sorry</h1>", status=status))


@pytest.mark.parametrize(
    ("status", "code"),
    [(404, "not_found"), (400, "bad_request"), (403, "bad_request"), (500, "server_error")],
)
def test_a_page_becomes_json_under_api(status: int, code: str) -> None:
    response = page(status)(RequestFactory().get("/api/v1/x"))
    assert response.status_code == status
    assert response["Content-Type"].startswith("application/json")
    assert json.loads(response.content)["error"]["code"] == code
    assert response["Content-Length"] == str(len(response.content))


def test_a_page_elsewhere_is_left_alone() -> None:
    assert page(404)(RequestFactory().get("/apiary/")).content == b"<h1>Sorry</h1>"


def test_a_page_that_succeeds_is_left_alone() -> None:
    assert page(200)(RequestFactory().get("/api/v1/docs")).content == b"<h1>Sorry</h1>"


def test_headers_are_kept() -> None:
    middleware = ApiErrorsMiddleware(lambda _: HttpResponseNotAllowed(["GET"]))
    response = middleware(RequestFactory().post("/api/v1/me"))
    assert (response.status_code, response["Allow"]) == (405, "GET")


def test_a_large_body_is_refused_before_anyone_reads_it(settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2048
    middleware = ApiErrorsMiddleware(_nobody_reads)
    request = RequestFactory().put("/api/v1/me", b"x" * 2049, content_type="application/json")
    response = middleware(request)
    assert response.status_code == 413
    assert json.loads(response.content)["error"]["message"] == "The body is larger than 2.0 KB."


def test_a_form_with_a_file_may_be_larger_but_not_without_limit(settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE, settings.UPLOAD_MAX_BYTES = 2048, 100_000
    kind = "multipart/form-data; boundary=x"
    factory = RequestFactory()
    small = factory.post("/api/v1/files", b"x" * 100_000, content_type=kind)
    large = factory.post("/api/v1/files", b"x" * (100_001 + FORM_BYTES), content_type=kind)
    assert page(200)(small).status_code == 200
    assert ApiErrorsMiddleware(_nobody_reads)(large).status_code == 413


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "text/plain"])
def test_no_page_reads_a_body_without_limit(settings: Settings, kind: str) -> None:
    """Whoever is signed out could fill the disk through the form to sign in."""
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE, settings.UPLOAD_MAX_BYTES = 2048, 50_000
    large = b"x" * (100_001 + FORM_BYTES)
    request = RequestFactory().post("/accounts/login/", large, content_type=kind)
    response = ApiErrorsMiddleware(_nobody_reads)(request)
    assert (response.status_code, response["Content-Type"]) == (413, "text/plain")


def test_a_length_that_is_no_number_counts_as_none() -> None:
    request = RequestFactory().get("/api/v1/me", CONTENT_LENGTH="many")
    assert page(200)(request).status_code == 200


def _nobody_reads(request: object) -> HttpResponse:
    raise AssertionError("The body was passed on.")
