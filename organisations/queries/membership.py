"""Which practices make up every place at once, for totals of a published month."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet

from organisations.models.link import Link, LinkKind
from organisations.models.organisation import Kind, Organisation
from organisations.periods import holds
from organisations.queries.places import STEPS_DOWN


def parents(
    kind: LinkKind, as_at: dt.date, children: "QuerySet[Link, Any] | None" = None
) -> dict[int, int]:
    """Return parent by child (primary keys) for links of one kind; one query.

    children: a query of primary keys, where not all are asked for. A child without a link on
    `as_at` is put where it was first known to be: files of counts reach further back than the
    first map that was loaded.
    """
    found: dict[int, int] = {}
    first: dict[int, tuple[dt.date, int]] = {}
    links = Link.objects.filter(kind=kind).order_by("starts_on", "pk")
    if children is not None:
        links = links.filter(child__in=children)
    for child, parent, starts_on, ends_on in links.values_list(
        "child", "parent", "starts_on", "ends_on"
    ):
        first.setdefault(child, (starts_on, parent))
        if holds(starts_on, ends_on, as_at):
            found[child] = parent
    for child, (starts_on, parent) in first.items():
        if starts_on > as_at:
            found[child] = parent
    return found


def practices_by_place(as_at: dt.date) -> Mapping[int, frozenset[int]]:
    """Return the practices of every network, sub-ICB, ICB, region, country and hub that has any."""
    network = parents(LinkKind.PRACTICE_NETWORK, as_at)
    sub_icb = parents(LinkKind.PRACTICE_SUB_ICB, as_at)
    icb = parents(LinkKind.SUB_ICB_ICB, as_at)
    region = parents(LinkKind.ICB_REGION, as_at)
    country = parents(LinkKind.REGION_COUNTRY, as_at)
    hubs = _hubs_by_icb(as_at)
    places: dict[int, set[int]] = defaultdict(set)
    for practice, place in network.items():
        places[place].add(practice)
    for practice, place in sub_icb.items():
        places[place].add(practice)
        for above in (icb, region, country):
            if place not in above:
                break
            place = above[place]
            places[place].add(practice)
        for hub in hubs.get(icb.get(sub_icb[practice], 0), ()):
            places[hub].add(practice)
    return {place: frozenset(practices) for place, practices in places.items()}


def practices_counted(place: Organisation, as_at: dt.date) -> frozenset[int]:
    """Return the practices (primary keys) of one place; as practices_by_place does.

    organisations.queries.places.practices_of says who belongs to whom on a day; this also what a
    month's figures of a place are added up from, where they are older than the map, or the hub. At
    most four queries, of the links below the place alone.
    """
    found = {place.pk}
    for kind in STEPS_DOWN.get(Kind(place.kind), ()):
        if kind == LinkKind.ICB_HUB:
            found = {icb for icb, hubs in _hubs_by_icb(as_at).items() if hubs & found}
            continue
        ever = Link.objects.filter(kind=kind, parent__in=found).values("child")
        found = {child for child, above in parents(kind, as_at, ever).items() if above in found}
    return frozenset(found)


def practices_of_networks(
    as_at: dt.date, networks: Collection[int] | None = None
) -> Mapping[int, frozenset[int]]:
    """Return the practices of some networks (primary keys), or of all; as practices_by_place does.

    One query, of the links of these networks alone: a page of one need not read England's.
    """
    kind = LinkKind.PRACTICE_NETWORK
    ever = None
    if networks is not None:
        ever = Link.objects.filter(kind=kind, parent__in=networks).values("child")
    places: dict[int, set[int]] = defaultdict(set)
    for practice, network in parents(kind, as_at, ever).items():
        if networks is None or network in networks:
            places[network].add(practice)
    return {place: frozenset(practices) for place, practices in places.items()}


def _hubs_by_icb(as_at: dt.date) -> dict[int, set[int]]:
    """Return the hubs of each ICB today or on `as_at`: hubs are younger than most of the counts."""
    hubs: dict[int, set[int]] = defaultdict(set)
    links = Link.objects.filter(kind=LinkKind.ICB_HUB)
    for icb, hub, ends_on in links.values_list("child", "parent", "ends_on"):
        # Without asking when it began, so that a hub has the months before it was set up.
        if ends_on is None or ends_on > as_at:
            hubs[icb].add(hub)
    return hubs
