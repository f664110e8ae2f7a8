"""What a hub's page says to do next: its own flag has none, but networks of its area may have."""

from collections.abc import Sequence
from dataclasses import replace

from django.urls import reverse

from accounts.access import may
from accounts.actor import Actor
from accounts.permissions import Permission
from hubs.queries.conversations import holds_conversations
from hubs.queries.flagged_networks import free_to_invite, network_flags
from organisations.models.organisation import Organisation
from organisations.queries.agreements import CONVERSATIONS
from retention.presenters.outlook import plural
from retention.presenters.place import PlacePage, place_page
from retention.presenters.place_summary import NextStep
from retention.queries.place_figures import PlaceFigures

NAMES_LISTED = 3


def hub_place_page(figures: PlaceFigures, *, by: Actor) -> PlacePage:
    """Return the page of a hub's area, for its lead with the step that flagged networks ask for."""
    page = place_page(figures)
    step = _invite(figures, by)
    if step is None:
        return page
    return replace(page, summary=replace(page.summary, next_step=step))


def _invite(figures: PlaceFigures, by: Actor) -> NextStep | None:
    """Return the step, or None on a past day, for other readers, and where all are invited."""
    hub = figures.place
    if figures.as_at is not None or not may(by, Permission.SEE_CONVERSATIONS, hub):
        return None
    networks = free_to_invite(network_flags(hub, figures.month))
    if not networks:
        return None
    url = reverse("hub-conversations", args=[hub.slug])
    if not holds_conversations(hub):
        step = (
            f"Ask the hub's administrator for the agreement for “{CONVERSATIONS}”:"
            f" {plural(len(networks), 'network')} here {_are(networks)} flagged, and nobody can be"
            " invited without it."
        )
        return NextStep(step, "What is missing", url)
    step = (
        f"Invite every clinician of {_names(networks)}, whatever their age, to a confidential"
        f" conversation about how they would like to work: {_they(networks)} flagged, and nobody"
        " there was invited in the last six months."
    )
    if len(networks) > 1:
        return NextStep(step, "Invite network by network", url)
    letter = reverse("conversation-invite", args=[hub.slug, networks[0].code])
    return NextStep(step, "Read the letter and invite them", letter)


def _are(networks: Sequence[Organisation]) -> str:
    return "is" if len(networks) == 1 else "are"


def _they(networks: Sequence[Organisation]) -> str:
    return "it is" if len(networks) == 1 else "they are"


def _names(networks: Sequence[Organisation]) -> str:
    """Return the first names in the alphabet: no network is told to be worse than another."""
    names = [str(network) for network in networks[:NAMES_LISTED]]
    more = len(networks) - len(names)
    *first, last = [*names, f"{more} more"] if more else names
    return f"{', '.join(first)} and {last}" if first else last
