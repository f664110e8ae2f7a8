"""Which places one is compared with: those chosen, those found by words, and what lies near."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from organisations.models.organisation import ENGLAND, Kind, Organisation
from organisations.queries.places import network_of
from retention.queries.main_icb import main_icb
from retention.queries.place_search import search_places

# More columns than this nobody reads, and each is a few queries.
MOST_COMPARED = 6
MOST_FOUND = 10


@dataclass(frozen=True)
class ComparedPlaces:
    """`chosen` are compared; `offered` can be ticked besides: found by words, or near the place.

    `found` is how many places fitted the words; None if nobody asked.
    """

    chosen: tuple[Organisation, ...]
    offered: tuple[Organisation, ...]
    found: int | None = None

    @property
    def all(self) -> tuple[Organisation, ...]:
        """The chosen ones first, then those that could be."""
        return (*self.chosen, *self.offered)


def compared_places(
    place: Organisation, codes: Sequence[str] | None, text: str, as_at: dt.date
) -> ComparedPlaces:
    """Return the places with `codes` (None: the network and ICB of `place`) and those for `text`.

    One place that fits `text`, or one with just that code, is chosen at once. England is always
    compared with, and is never among these.
    """
    near = _near(place, as_at)
    chosen = near if codes is None else _by_code(codes, place)
    found = _found(text, place) if text else []
    # Who types a code, or what fits one place alone, has chosen: a tick more would be a detour.
    if found and (len(found) == 1 or found[0].code.upper() == text.upper()):
        chosen = [*chosen, found[0]]
    chosen = list(dict.fromkeys(chosen))[:MOST_COMPARED]
    offered = [other for other in dict.fromkeys([*found, *near]) if other not in chosen]
    return ComparedPlaces(tuple(chosen), tuple(offered), len(found) if text else None)


def _near(place: Organisation, as_at: dt.date) -> list[Organisation]:
    if place.kind not in (Kind.PRACTICE, Kind.NETWORK):
        return []
    network = network_of(place, as_at) if place.kind == Kind.PRACTICE else None
    icb = main_icb(place, as_at)
    return [near for near in (network, icb) if near]


def _by_code(codes: Sequence[str], place: Organisation) -> list[Organisation]:
    wanted = list(dict.fromkeys(code.upper() for code in codes))[:MOST_COMPARED]
    places = {other.code: other for other in Organisation.objects.filter(code__in=wanted)}
    return [places[code] for code in wanted if code in places and _comparable(places[code], place)]


def _found(text: str, place: Organisation) -> list[Organisation]:
    # Two more than are shown: the place itself and England may be among them.
    found = search_places(text)[: MOST_FOUND + 2]
    return [other for other in found if _comparable(other, place)][:MOST_FOUND]


def _comparable(other: Organisation, place: Organisation) -> bool:
    return other.pk != place.pk and other.code != ENGLAND
