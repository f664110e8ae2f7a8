"""Whether one objects to being counted."""

from accounts.access import authorise
from accounts.actor import Actor
from accounts.permissions import Permission
from retention.models import Objection


def own_objection(by: Actor) -> Objection | None:
    """Return the objection that holds of whoever asks; nothing is made by looking."""
    authorise(by, Permission.OWN_RECORD)
    return Objection.objects.filter(person__user=by.user, ends_on__isnull=True).first()
