"""What a user has not put away yet."""

from django.db.models import QuerySet

from accounts.actor import Actor
from accounts.models import Notice


def notices() -> QuerySet[Notice]:
    """Return all notices with their places, to fetch one of them from."""
    return Notice.objects.select_related("place", "other")


def unread(by: Actor) -> list[Notice]:
    """Return what the signed-in user has not put away, newest first; one query."""
    return list(notices().filter(user=by.user, read_at__isnull=True)) if by.user else []
