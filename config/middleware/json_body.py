"""A body that is too large gets an answer in the language it was sent in."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.defaultfilters import filesizeformat


class JsonBodyMiddleware:
    """Answers an oversized JSON body with a JSON error; Django's own answer is a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return 413 with the limit, for a JSON body that was refused while it was read."""
        is_json = request.content_type == "application/json"
        if not isinstance(exception, RequestDataTooBig) or not is_json:
            return None
        limit = filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE).replace("\xa0", " ")
        detail = f"The body is larger than {limit}. Send it in smaller parts."
        return JsonResponse({"detail": detail}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
