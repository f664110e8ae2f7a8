"""Hands out, and erases, all that is held on a person."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.actor import Actor
from accounts.models.audit_event import Act
from accounts.personal_data import kinds


@transaction.atomic
def export_own_data(*, by: Actor) -> dict[str, Any]:
    """Return everything that is held on the signed-in user, by kind, with how long it is kept."""
    assert by.user is not None  # the page asks for sign-in first
    user = by.user
    held = [{"kind": kind.name, "kept": kind.kept, "held": kind.export(user)} for kind in kinds()]
    audit.record(by=by, act=Act.EXPORTED_OWN_DATA, subject=user.subject_id)
    return {"made_at": timezone.now().isoformat(), "data": held}


@transaction.atomic
def erase_own_data(*, by: Actor) -> None:
    """Erase the signed-in user for good: top floor first, the account and its subject last.

    The audit rows stay, each with a random number that nothing leads to any more.
    """
    assert by.user is not None  # the page asks for sign-in first
    # First: once erased, nobody is left to name as who did it.
    audit.record(by=by, act=Act.ERASED, subject=by.subject_id)
    for kind in reversed(kinds()):
        kind.erase(by.user, by)
