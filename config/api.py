"""The API: one object, each app's router added to it."""

from django.contrib.auth.decorators import login_not_required
from ninja import NinjaAPI

api = NinjaAPI(title="Retention Hub", version="1", urls_namespace="api-v1")

# LoginRequiredMiddleware would answer a program with a redirect to the log-in page; the API's own
# authentication answers 401.
for _pattern in api.urls[0]:
    _callback = getattr(_pattern, "callback", None)
    if _callback is not None:
        login_not_required(_callback)
