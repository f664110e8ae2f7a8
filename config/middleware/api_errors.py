"""Under /api/ every error is JSON in the API's one shape, whichever layer answered."""

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
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        if _length(request) > _limit(request):
            message = f"The body is larger than {filesizeformat(_limit(request))}."
            status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
            return JsonResponse(error_body(status, message.replace("\xa0", " ")), status=status)
        response = self.get_response(request)
        if response.status_code >= HTTPStatus.BAD_REQUEST and not _is_json(response):
            _reword(response)
        return response


def _length(request: HttpRequest) -> int:
    """Return the length that the request declares; the server reads no byte beyond it."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _limit(request: HttpRequest) -> int:
    if request.content_type == "multipart/form-data":
        return int(settings.UPLOAD_MAX_BYTES) + FORM_BYTES
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)


def _is_json(response: HttpResponse) -> bool:
    return response.get("Content-Type", "").startswith("application/json")


def _reword(response: HttpResponse) -> None:
    """Put the error in place of a page, and keep the headers, such as Allow."""
    response.content = json.dumps(error_body(response.status_code)).encode()
    response["Content-Type"] = "application/json; charset=utf-8"
    response["Content-Length"] = str(len(response.content))
