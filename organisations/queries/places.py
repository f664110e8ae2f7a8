"""Which place belongs to which, as at a date. Every function takes the date."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from organisations.models.link import Link, LinkKind
from organisations.models.organisation import ENGLAND, Kind, Organisation
from organisations.periods import PeriodQuerySet, holds_on

# The links from a practice up to each kind of place, in steps.
STEPS_DOWN = {
    Kind.NETWORK: (LinkKind.PRACTICE_NETWORK,),
    Kind.SUB_ICB: (LinkKind.PRACTICE_SUB_ICB,),
    Kind.ICB: (LinkKind.SUB_ICB_ICB, LinkKind.PRACTICE_SUB_ICB),
    Kind.REGION: (LinkKind.ICB_REGION, LinkKind.SUB_ICB_ICB, LinkKind.PRACTICE_SUB_ICB),
    Kind.COUNTRY: (
        LinkKind.REGION_COUNTRY,
        LinkKind.ICB_REGION,
        LinkKind.SUB_ICB_ICB,
        LinkKind.PRACTICE_SUB_ICB,
    ),
    Kind.TRAINING_HUB: (LinkKind.ICB_HUB, LinkKind.SUB_ICB_ICB, LinkKind.PRACTICE_SUB_ICB),
}


# A place can lie only in a place of a wider kind.
_WIDTH = {
    Kind.PRACTICE: 0,
    Kind.NETWORK: 1,
    Kind.SUB_ICB: 2,
    Kind.ICB: 3,
    Kind.TRAINING_HUB: 4,
    Kind.REGION: 5,
    Kind.COUNTRY: 6,
}


def practices() -> QuerySet[Organisation]:
    """Return all practices, closed ones too."""
    return Organisation.objects.filter(kind=Kind.PRACTICE)


def hubs() -> PeriodQuerySet[Organisation]:
    """Return all training hubs, closed ones too."""
    return Organisation.objects.filter(kind=Kind.TRAINING_HUB)


def children(
    parents: QuerySet[Organisation], kind: LinkKind, as_at: dt.date
) -> QuerySet[Organisation]:
    """Return the organisations linked to any of `parents` by `kind` on `as_at`."""
    links = Link.objects.as_at(as_at).filter(kind=kind, parent__in=parents)
    return Organisation.objects.filter(pk__in=links.values("child"))


def practices_of(place: Organisation, as_at: dt.date) -> QuerySet[Organisation]:
    """Return the practices of a place (a practice is its own); one query when evaluated."""
    found: QuerySet[Organisation] = Organisation.objects.filter(pk=place.pk)
    for kind in STEPS_DOWN.get(Kind(place.kind), ()):
        found = children(found, kind, as_at)
    return found


def networks_of(place: Organisation, as_at: dt.date) -> QuerySet[Organisation]:
    """Return the networks that have a practice in `place` on `as_at`."""
    return networks_with(practices_of(place, as_at), as_at)


def networks_with(
    practices: QuerySet[Organisation] | Iterable[int], as_at: dt.date
) -> QuerySet[Organisation]:
    """Return the networks that have one of `practices` (a queryset or keys) on `as_at`."""
    links = Link.objects.as_at(as_at).filter(kind=LinkKind.PRACTICE_NETWORK, child__in=practices)
    return Organisation.objects.filter(pk__in=links.values("parent"))


def network_of(practice: Organisation, as_at: dt.date) -> Organisation | None:
    """Return the practice's network, or None where it is unallocated."""
    return Organisation.objects.filter(
        holds_on(as_at, "child_links__"),
        child_links__kind=LinkKind.PRACTICE_NETWORK,
        child_links__child=practice,
    ).first()


def icbs_of(place: Organisation, as_at: dt.date) -> list[Organisation]:
    """Return the ICBs of a practice, network or hub; most practices first, then by code.

    Which one a network is compared with follows its patients: retention.queries.main_icb.
    """
    return [icb for icb, _ in practices_by_icb(place, as_at)]


def practices_by_icb(
    place: Organisation, as_at: dt.date
) -> list[tuple[Organisation, frozenset[int]]]:
    """Return each ICB of a place with its practices there, in the order of `icbs_of`.

    An ICB is given as itself, without its practices. Three queries.
    """
    if place.kind == Kind.ICB:
        return [(place, frozenset())]
    sub_icbs: dict[int, set[int]] = {}
    lies_in = Link.objects.as_at(as_at).filter(
        kind=LinkKind.PRACTICE_SUB_ICB, child__in=practices_of(place, as_at)
    )
    # In two steps: the ICB of a practice is that of its sub-ICB location.
    for practice, sub_icb in lies_in.values_list("child", "parent"):
        sub_icbs.setdefault(sub_icb, set()).add(practice)
    found: dict[int, set[int]] = {}
    links = Link.objects.as_at(as_at).filter(kind=LinkKind.SUB_ICB_ICB, child__in=sub_icbs)
    for sub_icb, icb in links.values_list("child", "parent"):
        found.setdefault(icb, set()).update(sub_icbs[sub_icb])
    icbs = sorted(
        Organisation.objects.filter(pk__in=found),
        key=lambda icb: (-len(found[icb.pk]), icb.code),
    )
    return [(icb, frozenset(found[icb.pk])) for icb in icbs]


def hubs_of(place: Organisation, as_at: dt.date) -> QuerySet[Organisation]:
    """Return the training hubs whose area holds a practice of `place`."""
    if place.kind == Kind.TRAINING_HUB:
        return Organisation.objects.filter(pk=place.pk)
    # Over its ICBs, because an area is made of whole ones.
    icbs = [icb.pk for icb in icbs_of(place, as_at)]
    links = Link.objects.as_at(as_at).filter(kind=LinkKind.ICB_HUB, child__in=icbs)
    return Organisation.objects.filter(pk__in=links.values("parent"))


def icbs_of_hub(hub: Organisation, as_at: dt.date) -> QuerySet[Organisation]:
    """Return the ICBs that make up a hub's area."""
    return children(Organisation.objects.filter(pk=hub.pk), LinkKind.ICB_HUB, as_at)


def within(place: Organisation, area: Organisation, as_at: dt.date) -> bool:
    """Whether `place` lies in `area` on `as_at`: it is the area, or has a practice in it.

    An ICB without practices yet lies in the hub that it is linked to.
    """
    if place.pk == area.pk:
        return True
    # Else an ICB would lie in a network that reaches into it.
    if _WIDTH[Kind(place.kind)] >= _WIDTH[Kind(area.kind)]:
        return False
    if area.kind == Kind.TRAINING_HUB and place.kind == Kind.ICB:
        return icbs_of_hub(area, as_at).filter(pk=place.pk).exists()
    return practices_of(area, as_at).filter(pk__in=practices_of(place, as_at)).exists()


def england() -> Organisation | None:
    """Return England, or None before the first practice map is loaded."""
    return Organisation.objects.filter(code=ENGLAND).first()
