"""What a map may not do that a hub uploads: move another hub's practices between areas.

Whose area a practice lies in decides who may invite its staff and read of it. So a hub that could
upload any map could make every practice in England its own.
"""

from collections.abc import Iterable, Mapping

from organisations.models.link import Link, LinkKind
from organisations.models.organisation import Organisation
from retention.actions.practice_map import Claim, KnownPlaces, PlaceChanges

_UPWARD = (LinkKind.PRACTICE_SUB_ICB, LinkKind.SUB_ICB_ICB)
Parents = Mapping[tuple[str, LinkKind], str]


def moved_between_hubs(changes: PlaceChanges, known: KnownPlaces, hub: Organisation) -> list[str]:
    """Return the codes of practices and sub-ICBs of other hubs' areas that would leave them.

    A place that no map lists any more still counts as where it was last: dropped by one map, it
    must not be taken by the next.
    """
    before = {**_last_parents(), **known.parents}
    claims = [claim for claim in changes.links.values() if claim.kind in _UPWARD]
    # A claim without a parent takes a place out of something, and gives it to nobody.
    after = before | {(c.child, c.kind): c.parent for c in claims if c.parent is not None}
    hubs = hubs_by_icb()
    return sorted(claim.child for claim in claims if _leaves(claim, before, after, hubs, hub.code))


def _leaves(
    claim: Claim, before: Parents, after: Parents, hubs: Mapping[str, set[str]], own: str
) -> bool:
    was, will_be = (hubs.get(_icb_of(claim, p), set()) for p in (before, after))
    # Another hub holds it now, and would not, or not alone, afterwards.
    return bool(was - {own}) and was != will_be


def _icb_of(claim: Claim, parents: Parents) -> str:
    """Return the ICB that the claim's place lies in, or "" for none."""
    sub_icb = claim.child
    if claim.kind == LinkKind.PRACTICE_SUB_ICB:
        sub_icb = parents.get((claim.child, claim.kind), "")
    return parents.get((sub_icb, LinkKind.SUB_ICB_ICB), "")


def _last_parents() -> dict[tuple[str, LinkKind], str]:
    """Return the last parent of every place by links that have ended."""
    ended = Link.objects.filter(kind__in=_UPWARD, ends_on__isnull=False).order_by("starts_on", "pk")
    rows = ended.values_list("child__code", "kind", "parent__code")
    return {(child, LinkKind(kind)): parent for child, kind, parent in rows}


def hubs_by_icb() -> dict[str, set[str]]:
    """Return the hubs of each ICB today, by code."""
    found: dict[str, set[str]] = {}
    links: Iterable[tuple[str, str]] = Link.objects.filter(
        kind=LinkKind.ICB_HUB, ends_on__isnull=True
    ).values_list("child__code", "parent__code")
    for icb, hub in links:
        found.setdefault(icb, set()).add(hub)
    return found
