"""Switches what a practice shares with its network and its hubs."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.access import authorise
from accounts.actor import Actor
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models.organisation import Organisation
from organisations.models.sharing import SharedThing, Sharing
from organisations.queries.sharing import recipients, things_for


@transaction.atomic
def switch_sharing(
    *, by: Actor, practice: Organisation, recipient: Organisation, thing: SharedThing, on: bool
) -> None:
    """Turn one switch on or off from today; a switch that stands so already is left alone."""
    authorise(by, Permission.SET_SHARING, practice)
    if recipient not in recipients(practice, today()):
        raise ValidationError("A practice shares with its own network and hubs only.")
    if thing not in things_for(recipient):
        raise ValidationError("This is not shared with a hub: its lead sees it for the whole area.")
    # Locked, so that a double click turns it once.
    Organisation.objects.select_for_update().get(pk=practice.pk)
    switched = Sharing.objects.filter(
        practice=practice, recipient=recipient, thing=thing, ends_on__isnull=True
    )
    if on == switched.exists():
        return
    if on:
        Sharing.objects.create(
            practice=practice, recipient=recipient, thing=thing, starts_on=today()
        )
    else:
        switched.update(ends_on=today())
    audit.record(
        by=by,
        act=Act.CHANGED_SHARING,
        thing=f"practice:{practice.code}",
        why=f"{thing} {'on' if on else 'off'} for {recipient.code}",
    )


def switch_from_form(*, by: Actor, practice: Organisation, answers: Mapping[str, str]) -> None:
    """Turn the switch that a button names: recipient's code, thing, and "on" or "off"."""
    code = answers.get("recipient", "").replace("\x00", "")
    recipient = Organisation.objects.filter(code=code).first()
    thing, turn = answers.get("thing", ""), answers.get("turn", "")
    if recipient is None or thing not in SharedThing.values or turn not in ("on", "off"):
        raise ValidationError("Nothing was changed. Use one of the buttons below.")
    switch_sharing(
        by=by,
        practice=practice,
        recipient=recipient,
        thing=SharedThing(thing),
        on=turn == "on",
    )
