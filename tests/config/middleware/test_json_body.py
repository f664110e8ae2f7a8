"""A JSON body that is too large is answered in JSON."""

import json

import pytest
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from config.middleware.json_body import JsonBodyMiddleware

MIDDLEWARE = JsonBodyMiddleware(lambda _: HttpResponse("answered"))


def test_oversized_json_names_the_limit(settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2048
    request = RequestFactory().post("/", data="[1]" + " " * 2048, content_type="application/json")
    with pytest.raises(RequestDataTooBig) as refused:
        request.body  # noqa: B018  # reading it is the point
    response = MIDDLEWARE.process_exception(request, refused.value)
    assert response is not None
    assert response.status_code == 413
    assert json.loads(response.content)["detail"].startswith("The body is larger than 2.0 KB.")


def test_oversized_form_is_left_to_the_page() -> None:
    request = RequestFactory().post("/", {"a": "b"})
    assert MIDDLEWARE.process_exception(request, RequestDataTooBig()) is None


def test_other_errors_are_left_alone() -> None:
    request = RequestFactory().post("/", data="{}", content_type="application/json")
    assert MIDDLEWARE.process_exception(request, ValueError()) is None


def test_requests_pass() -> None:
    assert MIDDLEWARE(RequestFactory().get("/")).content == b"answered"
