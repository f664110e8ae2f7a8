"""What a practice shares, with whom, and since when."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from organisations.models.organisation import Kind, Organisation
from organisations.models.sharing import SharedThing, Sharing
from organisations.queries.places import hubs_of, network_of


@dataclass(frozen=True)
class Switch:
    """One thing that can be shared with one recipient; `since` is None where it is off."""

    recipient: Organisation
    thing: SharedThing
    since: dt.date | None


def recipients(practice: Organisation, as_at: dt.date) -> list[Organisation]:
    """Return whom a practice can share with: its network, and the hubs of its area."""
    network = network_of(practice, as_at)
    return [*([network] if network else []), *hubs_of(practice, as_at)]


def things_for(recipient: Organisation) -> tuple[SharedThing, ...]:
    """Return what can be shared with a recipient; a hub's lead sees its area's outlooks anyway."""
    if recipient.kind == Kind.TRAINING_HUB:
        # The outlook of a practice in its area a hub's lead sees by the role, switch or not.
        return (SharedThing.PATTERNS,)
    return tuple(SharedThing)


def switches(practice: Organisation, as_at: dt.date) -> list[Switch]:
    """Return every switch of a practice as it stands on `as_at`."""
    shared = Sharing.objects.as_at(as_at).filter(practice=practice)
    since = {(share.recipient_id, share.thing): share.starts_on for share in shared}
    return [
        Switch(recipient, thing, since.get((recipient.pk, thing)))
        for recipient in recipients(practice, as_at)
        for thing in things_for(recipient)
    ]


def history(practice: Organisation) -> QuerySet[Sharing]:
    """Return all that a practice has ever shared, newest first."""
    return (
        Sharing.objects.filter(practice=practice)
        .select_related("recipient")
        .order_by("-starts_on", "-pk")
    )
