"""Loads the ODS list of networks: when each opened and closed, and its practices with dates."""

from collections import defaultdict
from collections.abc import Sequence

from organisations.models.link import LinkKind
from organisations.models.organisation import Kind, Organisation
from organisations.timeline import Period, joined, until, with_printed, with_sighting
from retention.actions.import_report import FileReport, Outcome
from retention.actions.place_history import (
    DAY,
    HistoryChanges,
    KnownHistory,
    add_place,
    edition_of,
    is_overtaken,
    store_allowed,
)
from retention.imports.network_history import HistoryRow, MemberRow, NetworkRow, periods
from retention.models.published_count import PublishedRelease

FORMAT = "network_history"


def load(
    rows: Sequence[HistoryRow],
    report: FileReport,
    release: PublishedRelease | None,
    hub: Organisation | None = None,
) -> None:
    """Compare both sheets with the record, and store what differs."""
    edition = edition_of(rows[0].month)
    if is_overtaken(FORMAT, edition, report):
        return
    known, changes = KnownHistory(edition), HistoryChanges()
    outcomes: list[Outcome] = []
    practices: dict[str, list[MemberRow]] = defaultdict(list)
    # Networks first: whatever the order of the sheets, a practice joins a network that is known.
    for row in rows:
        if isinstance(row, NetworkRow):
            outcomes.append(_network(row, known, changes))
        else:
            practices[row.practice_code].append(row)
    for members in practices.values():
        # A practice's lines make one timeline, so they share what becomes of it.
        outcomes += [_practice(members, known, changes)] * len(members)
    report.count(outcomes)
    store_allowed(changes, known, report, release, hub)


def _network(row: NetworkRow, known: KnownHistory, changes: HistoryChanges) -> Outcome:
    place = known.places.get(row.network_code)
    closed = row.ends + DAY if row.ends else None
    # A map is of a day on which the network was seen alive, whatever a list had foretold.
    if closed and known.members_after(row.network_code, closed):
        closed = None
    if place and place.starts_on == row.starts and closed in (None, place.ends_on):
        return "unchanged"
    add_place(changes, known, row.network_code, Kind.NETWORK, row.network_name)
    changes.dates[row.network_code] = (row.starts, closed)
    return "changed" if place else "created"


def _practice(rows: Sequence[MemberRow], known: KnownHistory, changes: HistoryChanges) -> Outcome:
    """Put the networks of one practice together, and its sub-ICB as the list shows it."""
    practice, last = rows[0].practice_code, max(rows, key=lambda row: row.starts)
    for row in rows:
        add_place(changes, known, row.network_code, Kind.NETWORK, row.network_name)
    add_place(changes, known, last.sub_icb_code, Kind.SUB_ICB, last.sub_icb_name)
    add_place(changes, known, practice, Kind.PRACTICE, last.practice_name)
    ended = known.ended(practice, (last.sub_icb_code, last.network_code))
    in_network, in_sub_icb = LinkKind.PRACTICE_NETWORK, LinkKind.PRACTICE_SUB_ICB
    closed = known.places[practice].ends_on if practice in known.places else None
    printed = [Period(p.network_code, p.starts_on, p.ends_on) for p in periods(rows)]
    said = {
        (practice, in_network): with_printed(
            known.timelines.get((practice, in_network), ()),
            until(printed, closed),
            known.later(practice, in_network),
            ended,
        )
    }
    seen_on = max(known.edition, last.starts)
    if last.ends is None and (closed is None or closed > seen_on):
        # The area is printed as it was at the edition, without a date of its own.
        known_areas = joined(known.timelines.get((practice, in_sub_icb), ()))
        said[practice, in_sub_icb] = with_sighting(known_areas, last.sub_icb_code, seen_on, ended)
    differing = {key: found for key, found in said.items() if known.differs(key, found)}
    changes.timelines |= differing
    if practice not in known.places:
        return "created"
    return "changed" if differing else "unchanged"
