"""What every page needs to know."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from hubs.navigation import navigation


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the demo mark and the navigation of the active role."""
    actor = getattr(request, "actor", None)
    return {
        "is_demo": settings.IS_DEMO,
        "actor": actor,
        "navigation": navigation(actor, request.path) if actor and actor.user else [],
    }
