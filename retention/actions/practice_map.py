"""Puts a practice map into the record: organisations, their names and their links, with dates."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from accounts.actions.sharing import end_switches_left
from accounts.actor import Actor
from organisations.models.link import Link, LinkKind
from organisations.models.name import OrganisationName
from organisations.models.organisation import ENGLAND, Kind, Organisation
from organisations.timeline import first_of_april
from retention.actions.import_report import Outcome, Refused
from retention.imports.practice_map import PracticeMapRow
from retention.models.published_count import PublishedRelease

BATCH = 500


@dataclass(frozen=True)
class Place:
    """What a row says of one organisation."""

    code: str
    kind: Kind
    name: str
    postcode: str = ""


@dataclass(frozen=True)
class Claim:
    """What a row says of one link; `parent` None says that there is none."""

    child: str
    kind: LinkKind
    parent: str | None


@dataclass
class PlaceChanges:
    """What has to be written; filled row by row, each place and link once."""

    new: dict[str, Place] = field(default_factory=dict)
    renamed: dict[str, Place] = field(default_factory=dict)
    links: dict[tuple[str, LinkKind], Claim] = field(default_factory=dict)


class KnownPlaces:
    """The record's organisations and open links, by code, read once for a whole file.

    `month` is that of a map: what is known from later stands (`newer`), and a place that closed by
    then is open after all if the map lists it.
    """

    def __init__(self, month: dt.date | None = None) -> None:
        self.month = month
        self.places = {place.code: place for place in Organisation.objects.all()}
        code = {place.pk: place.code for place in self.places.values()}
        links = Link.objects.filter(ends_on__isnull=True).exclude(kind=LinkKind.ICB_HUB)
        self.parents: dict[tuple[str, LinkKind], str] = {}
        self.starts: dict[tuple[str, LinkKind], dt.date] = {}
        for child, kind, parent, starts_on in links.values_list(
            "child", "kind", "parent", "starts_on"
        ):
            key = (code[child], LinkKind(kind))
            self.parents[key], self.starts[key] = code[parent], starts_on
        self.newer = self._newer(month) if month else frozenset()
        names = OrganisationName.objects.filter(starts_on__gt=month) if month else None
        self.named_later = (
            frozenset(names.values_list("organisation__code", flat=True)) if names else frozenset()
        )

    def differs(self, place: Place) -> bool:
        """Whether the record lacks the place, holds another name or postcode, or has it closed."""
        known = self.places.get(place.code)
        if known is None or (known.name, known.postcode) != (place.name, place.postcode):
            return known is None or place.code not in self.named_later
        return bool(self.month and known.ends_on and known.ends_on <= self.month)

    def _newer(self, month: dt.date) -> frozenset[tuple[str, LinkKind]]:
        """Return the links of which something newer than a map of `month` has told.

        The list of networks prints their dates, so its edition counts, not when a link started.
        """
        found = {key for key, starts_on in self.starts.items() if starts_on > month}
        lists = PublishedRelease.objects.filter(format="network_history", month__gte=month)
        if lists.exists():
            in_network = Link.objects.filter(kind=LinkKind.PRACTICE_NETWORK)
            practices = in_network.values_list("child__code", flat=True)
            found |= {(practice, LinkKind.PRACTICE_NETWORK) for practice in practices}
        return frozenset(found)


def kind_of(place: "Organisation | Place | None") -> str | None:
    """Return the kind of a place that may not be known."""
    return None if place is None else place.kind


def refuse_other_kind(code: str, kind: str, *known: str | None) -> None:
    """Raise Refused where a code stands for another kind of place than it is known as (None: not).

    Codes of sub-ICBs and ICBs, and of practices and networks, have the same shape. Two columns
    changed for each other would else rename one place by the other, or make it its own parent.
    """
    for other in {each for each in known if each is not None} - {kind}:
        raise Refused(
            f"{code} stands for a place of the kind “{Kind(kind).label}” in this file, and for one "
            f"of the kind “{Kind(other).label}” elsewhere. Check that no two columns are changed "
            "for each other."
        )


def places_of(row: PracticeMapRow) -> list[Place]:
    """Return the organisations that a row names, widest first."""
    found = [
        Place(ENGLAND, Kind.COUNTRY, "England"),
        Place(row.region_code, Kind.REGION, row.region_name),
        Place(row.icb_code, Kind.ICB, row.icb_name),
        Place(row.sub_icb_code, Kind.SUB_ICB, row.sub_icb_name),
        Place(row.practice_code, Kind.PRACTICE, row.practice_name, row.postcode),
    ]
    if row.pcn_code:
        found.append(Place(row.pcn_code, Kind.NETWORK, row.pcn_name or row.pcn_code))
    return found


def claims_of(row: PracticeMapRow) -> list[Claim]:
    """Return the links that a row states."""
    return [
        Claim(row.region_code, LinkKind.REGION_COUNTRY, ENGLAND),
        Claim(row.icb_code, LinkKind.ICB_REGION, row.region_code),
        Claim(row.sub_icb_code, LinkKind.SUB_ICB_ICB, row.icb_code),
        Claim(row.practice_code, LinkKind.PRACTICE_SUB_ICB, row.sub_icb_code),
        Claim(row.practice_code, LinkKind.PRACTICE_NETWORK, row.pcn_code),
    ]


def compare(
    rows: Iterable[PracticeMapRow], known: KnownPlaces
) -> tuple[list[Outcome], PlaceChanges]:
    """Return what each row would do, and everything that has to be written for all of them.

    A row is created if its practice is new, changed if anything it says differs from the record.
    """
    changes = PlaceChanges()
    outcomes: list[Outcome] = []
    for row in rows:
        differs = False
        for place in places_of(row):
            held = kind_of(known.places.get(place.code)), kind_of(changes.new.get(place.code))
            refuse_other_kind(place.code, place.kind, *held)
            if known.differs(place):
                differs = True
                target = changes.renamed if place.code in known.places else changes.new
                target[place.code] = place
        for claim in claims_of(row):
            if (claim.child, claim.kind) in known.newer:
                continue
            if known.parents.get((claim.child, claim.kind)) != claim.parent:
                differs = True
                changes.links[claim.child, claim.kind] = claim
        if row.practice_code not in known.places:
            outcomes.append("created")
        else:
            outcomes.append("changed" if differs else "unchanged")
    return outcomes, changes


def no_longer_listed(rows: Sequence[PracticeMapRow], known: KnownPlaces) -> list[str]:
    """Return the codes of practices that the record has in a mapped place and the map has not."""
    listed = {row.practice_code for row in rows}
    mapped = {row.sub_icb_code for row in rows} | {row.pcn_code for row in rows if row.pcn_code}
    kinds = (LinkKind.PRACTICE_SUB_ICB, LinkKind.PRACTICE_NETWORK)
    gone = {
        child
        for (child, kind), parent in known.parents.items()
        if kind in kinds and parent in mapped and child not in listed
    }
    # What something newer told of is not gone because an older map leaves it out.
    return sorted(gone - {child for child, _ in known.newer})


def store(changes: PlaceChanges, known: KnownPlaces, ended: Iterable[str], on: dt.date) -> None:
    """Write the changes, to hold from `on`; call inside a transaction."""
    created = Organisation.objects.bulk_create(
        [
            Organisation(code=p.code, kind=p.kind, name=p.name, postcode=p.postcode)
            for p in changes.new.values()
        ],
        batch_size=BATCH,
    )
    # Links are written by key, so new places must be known first.
    known.places |= {place.code: place for place in created}
    _store_names(changes, known, on)
    _store_links(changes, known, ended, on)
    end_switches_left(by=Actor.task("practice map"))


def _store_names(changes: PlaceChanges, known: KnownPlaces, on: dt.date) -> None:
    renamed = [known.places[code] for code in changes.renamed]
    moved_name = [p for p in renamed if p.name != changes.renamed[p.code].name]
    for place in renamed:
        place.name = changes.renamed[place.code].name
        place.postcode = changes.renamed[place.code].postcode
        if place.ends_on and place.ends_on <= on:
            place.ends_on = None
    Organisation.objects.bulk_update(renamed, ["name", "postcode", "ends_on"], batch_size=BATCH)
    # A postcode may change without a name; only a new name makes a new row.
    open_names = OrganisationName.objects.filter(organisation__in=moved_name, ends_on__isnull=True)
    # A second correction in one month replaces the first.
    open_names.filter(starts_on=on).delete()
    open_names.update(ends_on=on)
    OrganisationName.objects.bulk_create(
        [
            OrganisationName(organisation=place, name=place.name, starts_on=on)
            for place in (*moved_name, *(known.places[code] for code in changes.new))
        ],
        batch_size=BATCH,
    )


def _store_links(
    changes: PlaceChanges, known: KnownPlaces, ended: Iterable[str], on: dt.date
) -> None:
    for (kind, day), claims in _dated(changes, known, on).items():
        children = [known.places[claim.child].pk for claim in claims]
        _end_links(kind, children, day)
        Link.objects.bulk_create(
            [
                Link(
                    kind=kind,
                    child=known.places[claim.child],
                    parent=known.places[claim.parent],
                    starts_on=day,
                )
                for claim in claims
                if claim.parent is not None
            ],
            batch_size=BATCH,
        )
    gone = [known.places[code].pk for code in ended]
    for kind in (LinkKind.PRACTICE_NETWORK, LinkKind.PRACTICE_SUB_ICB):
        _end_links(kind, gone, on)


def _dated(
    changes: PlaceChanges, known: KnownPlaces, on: dt.date
) -> dict[tuple[LinkKind, dt.date], list[Claim]]:
    """Group claims by kind and the day they count from: that of the map.

    A sub-ICB changes its ICB on the first day of a financial year: 1 April, where one lies between
    the last map, or the day the link is known from, and this one.
    """
    maps = PublishedRelease.objects.filter(format="practice_map", month__lt=on)
    last_map = maps.order_by("-month").values_list("month", flat=True).first()
    found: dict[tuple[LinkKind, dt.date], list[Claim]] = defaultdict(list)
    for claim in changes.links.values():
        day = on
        since = known.starts.get((claim.child, claim.kind))
        if claim.kind == LinkKind.SUB_ICB_ICB and since is not None:
            day = first_of_april(max(since, last_map or since), on) or on
        found[claim.kind, day].append(claim)
    return found


def _end_links(kind: LinkKind, children: Sequence[int], on: dt.date) -> None:
    for start in range(0, len(children), BATCH):
        links = Link.objects.filter(
            kind=kind, child__in=children[start : start + BATCH], ends_on__isnull=True
        )
        # Ended on its first day or before, a link would never have held.
        links.filter(starts_on__gte=on).delete()
        links.update(ends_on=on)
