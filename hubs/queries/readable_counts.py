"""Counts of people in mentoring, as far as a reader may have them."""

from collections.abc import Mapping
from dataclasses import dataclass

from accounts.access import may, own_network
from accounts.actor import Actor
from accounts.permissions import Permission
from hubs.queries.mentoring import mentoring_counts
from models.disclosure import Withheld, count_or_withheld
from organisations.clock import today
from organisations.models.organisation import Organisation
from organisations.queries.places import within


@dataclass(frozen=True)
class ReadableCounts:
    """Counts by "mentors", "mentees" and "pairs", of the hub or of a network in it."""

    place: Organisation
    figures: Mapping[str, int | Withheld]


def readable_counts(hub: Organisation, *, by: Actor) -> ReadableCounts | None:
    """Return the counts that an actor may read, or None.

    Exact for the lead, who reads the names anyway; withheld below the limit for everyone else: a
    board for the hub, a network lead for their own network.
    """
    if may(by, Permission.SEE_MENTORING, hub):
        return ReadableCounts(hub, vars(mentoring_counts(hub)))
    if may(by, Permission.SEE_MENTORING_COUNTS, hub):
        return ReadableCounts(hub, _withheld(hub, None))
    network = own_network(by.role.organisation) if by.role else None
    if (
        network is not None
        and may(by, Permission.SEE_MENTORING_COUNTS, network)
        and within(network, hub, today())
    ):
        return ReadableCounts(network, _withheld(hub, network))
    return None


def _withheld(hub: Organisation, network: Organisation | None) -> dict[str, int | Withheld]:
    counts = vars(mentoring_counts(hub, network))
    return {name: count_or_withheld(count) for name, count in counts.items()}
