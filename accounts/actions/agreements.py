"""Keeps a hub's agreements."""

import datetime as dt

from django.db import transaction

from accounts import audit
from accounts.access import authorise
from accounts.actor import Actor
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models.agreement import Agreement
from organisations.models.organisation import Organisation
from organisations.versions import claim


@transaction.atomic
def save_agreement(*, by: Actor, agreement: Agreement, version: int = 0) -> Agreement:
    """Check and store an agreement: a new one, or one changed as it was read (`version`).

    Raises ValidationError where a value is wrong or somebody else changed it in between.
    """
    if not by.system:
        authorise(by, Permission.EDIT_AGREEMENTS, agreement)
    agreement.full_clean()
    if agreement.pk is not None:
        claim(agreement, version)
    agreement.save()
    audit.record(
        by=by,
        act=Act.CHANGED_AGREEMENT,
        thing=f"agreement:{agreement.pk}",
        why=f"{agreement.hub.slug}, {dt.date.isoformat(agreement.starts_on)}",
    )
    return agreement


def new_agreement(hub: Organisation, purpose: str) -> Agreement:
    """Return an agreement of a hub to be filled in; nothing is stored."""
    return Agreement(hub=hub, purpose=purpose[:200], starts_on=today())
