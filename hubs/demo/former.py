"""Two practices of the demo that are gone: one closed, one merged into a neighbour.

Their figures stand in the months before, and their people's history with them.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from hubs.demo.places import HUB_SINCE, NETWORKS_SINCE, Places
from hubs.demo.staff import Colleague
from organisations.models import Link, Organisation, OrganisationName, Sharing
from organisations.models.link import LinkKind
from organisations.models.organisation import Kind
from organisations.models.sharing import SharedThing
from retention.models.person import Profession
from retention.models.post import EndReason, PostRole


@dataclass(frozen=True)
class Change:
    """What became of a practice in the month of that number: it went to practice `into`.

    `gps` and `nurses` went along; `share` is the part that it had of the list of `into` today.
    """

    code: str
    name: str
    into: int
    month: int
    merged: bool
    gps: int
    nurses: int
    share: float


CHANGES = (
    Change("Y99051", "Bramblefold Lane Surgery", 15, 14, True, gps=3, nurses=1, share=0.32),
    Change("Y99052", "Harbour Street Surgery", 28, 8, False, gps=2, nurses=1, share=0.24),
)
# A network that has another name since then: its number, that month, its name before.
RENAMED, RENAMED_IN, NAME_BEFORE = 4, 11, "Larkshire Town and Fields PCN"


@dataclass(frozen=True)
class Former:
    """A practice that closed on a day, the first without it."""

    place: Organisation
    change: Change
    closed_on: dt.date


def add_former(places: Places, months: Sequence[dt.date]) -> list[Former]:
    """Add the practices that are gone, with dated links, to `places`, and rename a network."""
    found = []
    for change in CHANGES:
        closed_on = months[change.month]
        place = Organisation(
            code=change.code,
            kind=Kind.PRACTICE,
            name=change.name,
            postcode=places.practices[change.into].postcode,
            ends_on=closed_on,
        )
        found.append(Former(place, change, closed_on))
        places.former.append(place)
        places.names.append(
            OrganisationName(organisation=place, name=place.name, starts_on=NETWORKS_SINCE)
        )
        places.links += _links(places, place, change, closed_on)
        places.sharing.append(
            Sharing(
                practice=place,
                recipient=places.hub,
                thing=SharedThing.PATTERNS,
                starts_on=HUB_SINCE,
                ends_on=closed_on,
            )
        )
    _rename(places, months[RENAMED_IN])
    return found


def _links(places: Places, place: Organisation, change: Change, closed_on: dt.date) -> list[Link]:
    network = places.networks[places.network_of[change.into]]
    links = [
        Link(kind=kind, child=place, parent=parent, starts_on=NETWORKS_SINCE, ends_on=closed_on)
        for kind, parent in (
            (LinkKind.PRACTICE_NETWORK, network),
            (LinkKind.PRACTICE_SUB_ICB, places.sub_icb),
        )
    ]
    if change.merged:
        into = places.practices[change.into]
        kind = LinkKind.SUCCEEDED_BY
        links.append(Link(kind=kind, child=place, parent=into, starts_on=closed_on))
    return links


def _rename(places: Places, on: dt.date) -> None:
    """Give a network the name that it has today from `on` only."""
    network = places.networks[RENAMED]
    today = next(one for one in places.names if one.organisation is network)
    today.starts_on = on
    places.names.append(
        OrganisationName(
            organisation=network, name=NAME_BEFORE, starts_on=NETWORKS_SINCE, ends_on=on
        )
    )


def move_people(former: Sequence[Former], staff: Sequence[Colleague], stay: set[str]) -> None:
    """Let some who work where a practice went have worked there before; none of `stay`."""
    for one in former:
        change = one.change
        reason = EndReason.PRACTICE_MERGED if change.merged else EndReason.PRACTICE_CLOSED
        for profession, count in ((Profession.GP, change.gps), (Profession.NURSE, change.nurses)):
            came = [
                who
                for who in staff
                if (who.practice, who.profession) == (change.into, profession)
                if who.key not in stay and who.role not in (PostRole.LOCUM, PostRole.TRAINEE)
                # Who came later cannot have moved with it.
                if who.starts_on < one.closed_on and who.works_on(one.closed_on)
            ]
            for who in came[:count]:
                who.came_from = (one.place, one.closed_on, reason)
