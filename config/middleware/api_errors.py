"""No body over the limit is read; under /api/ every error is JSON in the API's one shape."""

import json
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.defaultfilters import filesizeformat

from accounts.api_errors import error_body

PREFIX = "/api/"
# The lines around a file in a form, and its other fields.
FORM_BYTES = 65_536


class ApiErrorsMiddleware:
    """Refuses what is too large before a byte is read, and turns error pages into JSON.

    The API words its own errors; what is left is an unknown address, a method that is not taken,
    a refused host, and whatever a middleware below says in HTML.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        is_api = request.path_info.startswith(PREFIX)
        if _length(request) > _limit(request):
            return _too_large(request, is_api=is_api)
        response = self.get_response(request)
        if not is_api:
            return response
        if response.status_code >= HTTPStatus.BAD_REQUEST and not _is_json(response):
            _reword(response)
        return response


def _too_large(request: HttpRequest, *, is_api: bool) -> HttpResponse:
    """Answer without reading: else anyone could fill the disk through the form to sign in."""
    limit = filesizeformat(_limit(request)).replace("\xa0", " ")
    message = f"The body is larger than {limit}."
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if is_api:
        return JsonResponse(error_body(status, message), status=status)
    return HttpResponse(message, status=status, content_type="text/plain")


def _length(request: HttpRequest) -> int:
    """Return the length that the request declares; the server reads no byte beyond it."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _limit(request: HttpRequest) -> int:
    if request.content_type == "multipart/form-data":
        # The upload page has kinder words of its own for a file a little over the limit.
        files = 1 if request.path_info.startswith(PREFIX) else 2
        return files * int(settings.UPLOAD_MAX_BYTES) + FORM_BYTES
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)


def _is_json(response: HttpResponse) -> bool:
    return response.get("Content-Type", "").startswith("application/json")


def _reword(response: HttpResponse) -> None:
    """Put the error in place of a page, and keep the headers, such as Allow."""
    response.content = json.dumps(error_body(response.status_code)).encode()
    response["Content-Type"] = "application/json; charset=utf-8"
    response["Content-Length"] = str(len(response.content))
