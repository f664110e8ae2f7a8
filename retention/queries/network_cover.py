"""How many clinical people are in on each half-day of a network, as far as it may be told."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404

from accounts.access import may, own_network
from accounts.actor import Actor
from accounts.permissions import Permission
from models.disclosure import Band, Withheld, band_from
from organisations.models import Organisation
from retention.actions.cover_releases import name_of, released_cover
from retention.queries.patterns import HALF_DAYS, HalfDay


@dataclass(frozen=True)
class NetworkCover:
    """Bands of people by half-day, for the week of the first day of the quarter."""

    network: Organisation
    date: dt.date
    half_days: Mapping[HalfDay, Band | Withheld]


def network_cover(by: Actor, network: Organisation) -> NetworkCover:
    """Return the cover of one's own network as it stands; Http404 for everyone else, the hub too.

    Practices share with their network, and a hub is another recipient.
    """
    # Before anything is made: a stranger's look must not be the one that fixes a quarter.
    if not may_see_cover(by, network):
        raise Http404
    release = released_cover(network)
    bands = {half_day: band_from(release.lows.get(name_of(half_day))) for half_day in HALF_DAYS}
    return NetworkCover(network, release.quarter, bands)


def may_see_cover(by: Actor, network: Organisation) -> bool:
    """Whether `by` works in the network, in a role that sees its outlook."""
    return (
        by.role is not None
        and may(by, Permission.SEE_PLACE_OUTLOOK, network)
        and own_network(by.role.organisation) == network
    )
