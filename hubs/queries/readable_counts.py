"""Counts of people in mentoring, as far as a reader may have them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from accounts.access import may, own_network
from accounts.actor import Actor
from accounts.permissions import Permission
from hubs.actions.count_releases import released_counts
from hubs.queries.mentoring import mentoring_counts
from models.disclosure import Band, Withheld, band_from
from organisations.clock import today
from organisations.models.organisation import Organisation
from organisations.queries.places import within


@dataclass(frozen=True)
class ReadableCounts:
    """Counts by "mentors", "mentees" and "pairs", of the hub or of a network in it."""

    place: Organisation
    counted_on: dt.date
    figures: Mapping[str, Band | Withheld]


def readable_counts(hub: Organisation, *, by: Actor) -> ReadableCounts | None:
    """Return the counts that an actor may read, or None.

    Exact and of today for the lead, who reads the names anyway; for everyone else in bands, and as
    they stood when the quarter's were made: a board for the hub, a network lead for their own
    network.
    """
    if may(by, Permission.SEE_MENTORING, hub):
        exact = {name: Band(count, count) for name, count in vars(mentoring_counts(hub)).items()}
        return ReadableCounts(hub, today(), exact)
    if may(by, Permission.SEE_MENTORING_COUNTS, hub):
        return _released(hub, hub)
    # A network may lie in two hubs: each has counts of its own people there.
    network = own_network(by.role.organisation) if by.role else None
    if (
        network is not None
        and may(by, Permission.SEE_MENTORING_COUNTS, network)
        and within(network, hub, today())
    ):
        return _released(hub, network)
    return None


def _released(hub: Organisation, place: Organisation) -> ReadableCounts:
    release = released_counts(hub, place)
    figures = {name: band_from(getattr(release, name)) for name in ("mentors", "mentees", "pairs")}
    return ReadableCounts(place, release.counted_on, figures)
