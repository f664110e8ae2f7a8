"""Loads the ODS list of practices: when each opened and closed, and the area it lay in."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence

from organisations.models.link import LinkKind
from organisations.models.organisation import Kind, Organisation
from organisations.timeline import Period, first_of_april, until, with_printed
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
from retention.actions.practice_map import Place, kind_of, refuse_other_kind
from retention.imports.practice_dates import PracticeDatesRow
from retention.imports.results import counted, shortened
from retention.models.published_count import PublishedRelease

FORMAT = "practice_dates"
IN_NETWORK, IN_SUB_ICB = LinkKind.PRACTICE_NETWORK, LinkKind.PRACTICE_SUB_ICB


def load(
    rows: Sequence[PracticeDatesRow],
    report: FileReport,
    release: PublishedRelease | None,
    hub: Organisation | None = None,
) -> None:
    """Compare the list with the record, and store what differs."""
    edition = edition_of(rows[0].month)
    if is_overtaken(FORMAT, edition, report):
        return
    known, changes = KnownHistory(edition), HistoryChanges()
    still_open: list[str] = []
    report.count([_practice(row, known, changes, still_open) for row in rows])
    if still_open:
        report.warnings.append(
            "Closed on this list and open on a newer map, which stands: "
            f"{counted(len(still_open), 'practice', 'practices')} ({shortened(still_open)})."
        )
    _icbs(rows, known, changes)
    store_allowed(changes, known, report, release, hub)


def _practice(
    row: PracticeDatesRow, known: KnownHistory, changes: HistoryChanges, still_open: list[str]
) -> Outcome:
    code, place = row.practice_code, known.places.get(row.practice_code)
    closed = _day_after(row.closed)
    if closed and known.listed_after(code, closed):
        still_open.append(code)
        closed = None
    refuse_other_kind(code, Kind.PRACTICE, kind_of(place))
    if place is None:
        changes.places[code] = Place(code, Kind.PRACTICE, row.practice_name, row.postcode)
    dated = place is not None and place.starts_on == row.opened and closed in (None, place.ends_on)
    if not dated:
        changes.dates[code] = (row.opened, closed)
    add_place(changes, known, row.sub_icb_code, Kind.SUB_ICB, row.sub_icb_code)
    printed = _timelines(row, known).items()
    differing = {key: periods for key, periods in printed if known.differs(key, periods)}
    changes.timelines |= differing
    if place is None:
        return "created"
    return "unchanged" if dated and not differing else "changed"


def _day_after(last: dt.date | None) -> dt.date | None:
    """The list prints last days; the record holds the first day that no longer counts."""
    return last + DAY if last else None


def _timelines(
    row: PracticeDatesRow, known: KnownHistory
) -> dict[tuple[str, LinkKind], list[Period]]:
    """Return a practice's sub-ICB with its dates, and its networks until it closed."""
    code = row.practice_code
    closed = _day_after(row.closed)
    printed = [Period(row.sub_icb_code, row.joined, _day_after(row.left))]
    networks = known.timelines.get((code, IN_NETWORK), [])
    found = {
        (code, IN_SUB_ICB): with_printed(
            known.timelines.get((code, IN_SUB_ICB), ()),
            until(printed, closed),
            known.later(code, IN_SUB_ICB),
            known.ended(code, (row.sub_icb_code,)),
        )
    }
    if closed and networks:
        found[code, IN_NETWORK] = with_printed(
            networks, until(networks, closed), known.later(code, IN_NETWORK)
        )
    return found


def _icbs(rows: Sequence[PracticeDatesRow], known: KnownHistory, changes: HistoryChanges) -> None:
    """Note the ICB of each sub-ICB in the list's time, where the record reaches less far back.

    ICBs change on the first day of a financial year, so the change is dated 1 April.
    """
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    # A closed practice prints the areas of its own time.
    for row in rows:
        if row.closed is None:
            printed[row.sub_icb_code][row.icb_code] += 1
    for sub_icb, icbs in printed.items():
        # A sub-ICB lies in one ICB: a stray row must not move all the others.
        icb = icbs.most_common(1)[0][0]
        key = (sub_icb, LinkKind.SUB_ICB_ICB)
        periods = known.timelines.get(key, [])
        first = periods[0] if periods else None
        if first is None:
            add_place(changes, known, icb, Kind.ICB, icb)
            changes.timelines[key] = [Period(icb, known.edition)]
        elif first.starts_on > known.edition:
            changed = first_of_april(known.edition, first.starts_on) or first.starts_on
            if first.parent == icb:
                changed = known.edition
            add_place(changes, known, icb, Kind.ICB, icb)
            before = [] if first.parent == icb else [Period(icb, known.edition, changed)]
            now = Period(first.parent, changed, first.ends_on)
            changes.timelines[key] = [*before, now, *periods[1:]]
