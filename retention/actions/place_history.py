"""Puts the history of places into the record: when practices and networks opened, closed, joined.

The files print their dates, so they may be loaded before or after any map: what a newer map showed
stands, and what was printed fills the time before it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from accounts.actions.sharing import end_switches_left
from accounts.actor import Actor
from organisations.clock import today
from organisations.models.link import Link, LinkKind
from organisations.models.name import OrganisationName
from organisations.models.organisation import Kind, Organisation
from organisations.timeline import Period, joined, since
from retention.actions.import_report import UNCHANGED, FileReport, Refused
from retention.actions.map_limits import hubs_by_icb
from retention.actions.moved_places import places_follow
from retention.actions.practice_map import BATCH, Place, kind_of, refuse_other_kind
from retention.imports.results import shortened
from retention.models.published_count import PublishedRelease

DAY = dt.timedelta(days=1)
Key = tuple[str, LinkKind]
_LATEST_FIRST = ("-month", "-pk")


@dataclass
class HistoryChanges:
    """What has to be written."""

    places: dict[str, Place] = field(default_factory=dict)
    # First day and the day after the last; None leaves what the record has.
    dates: dict[str, tuple[dt.date, dt.date | None]] = field(default_factory=dict)
    timelines: dict[Key, list[Period]] = field(default_factory=dict)


class KnownHistory:
    """The record's places and all their links, by code, read once for a whole file."""

    def __init__(self, edition: dt.date) -> None:
        """`edition` is the first of the month that the file tells of."""
        self.edition = edition
        # What is dated from here on is newer than the file.
        self.newer_from = (edition + 31 * DAY).replace(day=1)
        self.places = {place.code: place for place in Organisation.objects.all()}
        self.timelines: dict[Key, list[Period]] = defaultdict(list)
        links = Link.objects.exclude(kind=LinkKind.ICB_HUB).order_by("starts_on", "pk")
        for child, kind, parent, starts_on, ends_on in links.values_list(
            "child__code", "kind", "parent__code", "starts_on", "ends_on"
        ):
            period = Period(parent, starts_on, ends_on)
            self.timelines[child, LinkKind(kind)].append(period)
        self.newer_maps = sorted(
            set(
                PublishedRelease.objects.filter(
                    format="practice_map", month__gte=self.newer_from
                ).values_list("month", flat=True)
            )
        )
        self._listed = {month: self._parents_on(month) for month in self.newer_maps}

    def later(self, practice: str, kind: LinkKind) -> dt.date | None:
        """Return the first day on which something newer told of a practice's links of a kind."""
        days = [
            period.starts_on
            for period in self.timelines.get((practice, kind), ())
            if period.starts_on >= self.newer_from
        ]
        days += [month for month in self.newer_maps if self._on_map(practice, month)]
        return min(days, default=None)

    def ended(self, practice: str, parents: Iterable[str]) -> dt.date | None:
        """Return the first newer map that lists others of its `parents`, and not the practice."""
        asked = set(parents)
        for month in self.newer_maps:
            if asked & self._listed[month]:
                return None if self._on_map(practice, month) else month
        return None

    def members_after(self, network: str, day: dt.date) -> bool:
        """Whether a newer map puts a practice into a network on `day` or later."""
        return any(month >= day and network in self._listed[month] for month in self.newer_maps)

    def listed_after(self, practice: str, day: dt.date) -> bool:
        """Whether a newer map lists a practice on `day` or later."""
        return any(month >= day and self._on_map(practice, month) for month in self.newer_maps)

    def parent_on(self, key: Key, day: dt.date) -> str:
        """Return the parent that a place has on a day, or "" for none."""
        periods = self.timelines.get(key, ())
        return next((period.parent for period in periods if period.holds_on(day)), "")

    def differs(self, key: Key, periods: list[Period]) -> bool:
        """Whether a timeline is not what the record has."""
        return joined(self.timelines.get(key, ())) != periods

    def _on_map(self, practice: str, month: dt.date) -> bool:
        return bool(self.parent_on((practice, LinkKind.PRACTICE_SUB_ICB), month))

    def _parents_on(self, day: dt.date) -> set[str]:
        kinds = (LinkKind.PRACTICE_NETWORK, LinkKind.PRACTICE_SUB_ICB)
        return {
            period.parent
            for (_, kind), periods in self.timelines.items()
            for period in periods
            if kind in kinds and period.holds_on(day)
        }


def edition_of(latest: dt.date) -> dt.date:
    """Return the edition of a list by the latest day that it prints: this month at the latest.

    By a closure of next year it would count as newer than every list until then.
    """
    return min(latest, today().replace(day=1))


def is_overtaken(format: str, edition: dt.date, report: FileReport) -> bool:
    """Whether the record holds a later edition of a list; then the report says so."""
    later = PublishedRelease.objects.filter(format=format, month__gt=edition)
    newer = later.order_by(*_LATEST_FIRST).first()
    if newer is None:
        return False
    report.count([UNCHANGED] * report.rows)
    report.warnings.append(
        f"The record already holds the list of {newer.month:%B %Y}, which is newer: nothing was "
        "changed."
    )
    return True


def store_allowed(
    changes: HistoryChanges,
    known: KnownHistory,
    report: FileReport,
    release: PublishedRelease | None,
    hub: Organisation | None,
) -> None:
    """Write the changes of a release, if there is one; call inside a transaction.

    Raises Refused where `hub` uploads a list that moves places of another hub's area.
    """
    if hub is not None and (taken := _moved(changes, known, hub)):
        raise Refused(_TAKEN.format(number=len(taken), codes=shortened(taken)))
    if release is not None and (report.created or report.changed or changes.timelines):
        release.save()
        _store(changes, known)


_TAKEN = (
    "This list moves or closes {number} places in the area of another training hub: {codes}. Ask "
    "whoever runs the service to load it (manage.py import_data FILE)."
)


def _moved(changes: HistoryChanges, known: KnownHistory, hub: Organisation) -> list[str]:
    """Return the codes of places in another hub's area that would lie elsewhere, open or close.

    Without this a hub could upload a list that moves or closes practices which are not its own.
    From today on: a day to come would do as well, and what is past decides about nobody's data.
    """
    hubs, day = hubs_by_icb(), today()
    touched = {
        code
        for (code, kind), periods in changes.timelines.items()
        if (before := joined(since(known.timelines.get((code, kind), ()), day)))
        and before != joined(since(periods, day))
    }
    touched |= {code for code in changes.dates if _opens_or_closes(code, changes, known, day)}
    icbs = _icbs(known, day)
    return sorted(
        code
        for code in touched
        if set[str]().union(*(hubs.get(icb, ()) for icb in icbs[code])) - {hub.code}
    )


def _opens_or_closes(code: str, changes: HistoryChanges, known: KnownHistory, day: dt.date) -> bool:
    """Whether a known place would be open on other days than before, from a day on."""
    place, (opened, closed) = known.places.get(code), changes.dates[code]
    if place is None:
        return False
    ends_on = closed or place.ends_on
    before = since([Period("", place.starts_on or dt.date.min, place.ends_on)], day)
    return before != since([Period("", opened, ends_on)], day)


def _icbs(known: KnownHistory, day: dt.date) -> Mapping[str, set[str]]:
    """Return the ICBs of each sub-ICB and practice on a day, and of a network's practices."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, kind in list(known.timelines):
        if kind == LinkKind.SUB_ICB_ICB:
            found[code].add(known.parent_on((code, kind), day))
        elif kind == LinkKind.PRACTICE_SUB_ICB:
            icb = known.parent_on((known.parent_on((code, kind), day), LinkKind.SUB_ICB_ICB), day)
            found[code].add(icb)
            found[known.parent_on((code, LinkKind.PRACTICE_NETWORK), day)].add(icb)
    return found


def _store(changes: HistoryChanges, known: KnownHistory) -> None:
    # Before links and dates, which are written by key.
    created = Organisation.objects.bulk_create(
        [
            Organisation(code=p.code, kind=p.kind, name=p.name, postcode=p.postcode)
            for p in changes.places.values()
        ],
        batch_size=BATCH,
    )
    known.places |= {place.code: place for place in created}
    OrganisationName.objects.bulk_create(
        [
            OrganisationName(organisation=place, name=place.name, starts_on=known.edition)
            for place in created
        ],
        batch_size=BATCH,
    )
    dated = [known.places[code] for code in changes.dates]
    for place in dated:
        place.starts_on, closed = changes.dates[place.code]
        place.ends_on = closed or place.ends_on
        if place.ends_on and place.ends_on < place.starts_on:
            # It was closed by an edition that had it open in other years, and is open in this one.
            place.ends_on = None
    Organisation.objects.bulk_update(dated, ["starts_on", "ends_on"], batch_size=BATCH)
    with places_follow():
        _store_timelines(changes, known)
    end_switches_left(by=Actor.task("history of places"))


def _store_timelines(changes: HistoryChanges, known: KnownHistory) -> None:
    by_kind: dict[LinkKind, list[int]] = defaultdict(list)
    for code, kind in changes.timelines:
        by_kind[kind].append(known.places[code].pk)
    for kind, children in by_kind.items():
        # A timeline is written anew as a whole: its periods have no key of their own in a list.
        for start in range(0, len(children), BATCH):
            Link.objects.filter(kind=kind, child__in=children[start : start + BATCH]).delete()
    Link.objects.bulk_create(
        [
            Link(
                kind=kind,
                child=known.places[code],
                parent=known.places[period.parent],
                starts_on=period.starts_on,
                ends_on=period.ends_on,
            )
            for (code, kind), periods in changes.timelines.items()
            for period in periods
        ],
        batch_size=BATCH,
    )


def add_place(
    changes: HistoryChanges, known: KnownHistory, code: str, kind: Kind, name: str
) -> None:
    """Note a place that the record lacks; raises Refused for a code of another kind of place."""
    held = kind_of(known.places.get(code)), kind_of(changes.places.get(code))
    refuse_other_kind(code, kind, *held)
    if code not in known.places:
        changes.places.setdefault(code, Place(code, kind, name))
