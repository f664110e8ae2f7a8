"""What every page needs to know."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from accounts.actor import Actor
from accounts.presenters.notices import NoticeWords, notice_words
from accounts.queries.notices import unread
from hubs.navigation import navigation
from hubs.presenters.conversations import invitation_count
from hubs.presenters.to_do import to_do


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the demo mark, the navigation of the active role, and what it has not read yet."""
    actor = getattr(request, "actor", None)
    return {
        "is_demo": settings.IS_DEMO,
        "actor": actor,
        # Asked for by few pages; the others pay nothing.
        "invitations_waiting": SimpleLazyObject(partial(invitation_count, actor)),
        "to_do": SimpleLazyObject(partial(to_do, actor, request.path)),
        "navigation": navigation(actor, request.path) if actor and actor.user else [],
        "notices": _notices(actor, request.path) if actor and actor.user else [],
    }


def _notices(actor: Actor, path: str) -> list[NoticeWords]:
    """Return what changed for the reader, on their first pages alone."""
    home = actor.role.organisation.get_absolute_url() if actor.role else ""
    return notice_words(unread(actor)) if path in (reverse("me"), home) else []
