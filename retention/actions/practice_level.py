"""Puts a practice-level workforce file into the record: cells as printed, and their profiles."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from organisations.models.organisation import Kind, Organisation
from retention.actions.import_report import Outcome
from retention.actions.practice_map import BATCH, KnownPlaces, Place, PlaceChanges, compare
from retention.actions.practice_map import store as store_places
from retention.imports.cells import STAFF_GROUPS, Cell, StaffGroup
from retention.imports.practice_level import PracticeLevelRow
from retention.imports.practice_map import PracticeMapRow
from retention.models.published_count import PublishedCount, PublishedRelease


@dataclass(frozen=True)
class PrintedCells:
    """The cells of one practice, month and staff group, with a digest to compare them by."""

    practice: str
    month: dt.date
    staff_group: StaffGroup
    cells: dict[str, Cell]
    digest: str


def printed_cells(row: PracticeLevelRow) -> list[PrintedCells]:
    """Return a row's cells by staff group; groups that the edition lacks are left out."""
    found = []
    for group in STAFF_GROUPS:
        cells = row.cells(group)
        if cells:
            digest = digest_of(cells)
            found.append(PrintedCells(row.practice_code, row.month, group, cells, digest))
    return found


def digest_of(cells: Mapping[str, Cell]) -> str:
    """Return the digest of cells, whatever their order."""
    text = json.dumps(cells, separators=(",", ":"), sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def outcomes_of(rows: Sequence[PracticeLevelRow]) -> tuple[list[Outcome], list[PrintedCells]]:
    """Return what each row would do, and the cells that have to be written."""
    known = _stored_digests({row.month for row in rows})
    outcomes: list[Outcome] = []
    to_write: list[PrintedCells] = []
    for row in rows:
        cells = printed_cells(row)
        digests = known.get((row.practice_code, row.month), {})
        differing = [item for item in cells if digests.get(item.staff_group) != item.digest]
        to_write += differing
        if not digests:
            outcomes.append("created")
        else:
            outcomes.append("changed" if differing else "unchanged")
    return outcomes, to_write


def _stored_digests(months: Iterable[dt.date]) -> dict[tuple[str, dt.date], dict[str, str]]:
    found: dict[tuple[str, dt.date], dict[str, str]] = {}
    counts = PublishedCount.objects.filter(month__in=months)
    for practice, month, group, digest in counts.values_list(
        "practice__code", "month", "staff_group", "digest"
    ).iterator():
        found.setdefault((practice, month), {})[group] = digest
    return found


def store(cells: Sequence[PrintedCells], release: PublishedRelease) -> None:
    """Write cells, new or corrected, of practices in the record; call inside a transaction."""
    practices = dict(
        Organisation.objects.filter(kind=Kind.PRACTICE).values_list("code", "pk").iterator()
    )
    PublishedCount.objects.bulk_create(
        (
            PublishedCount(
                practice_id=practices[item.practice],
                month=item.month,
                staff_group=item.staff_group,
                cells=item.cells,
                digest=item.digest,
                release=release,
            )
            for item in cells
        ),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["practice", "month", "staff_group"],
        update_fields=["cells", "digest", "release"],
    )


def add_unknown_practices(rows: Sequence[PracticeLevelRow], on: dt.date) -> list[str]:
    """Add practices that no map has brought yet, with the places this file prints.

    Returns their codes. What the record knows of other places stays: a map is the better source.
    """
    known = KnownPlaces()
    new_rows = {row.practice_code: row for row in rows if row.practice_code not in known.places}
    if not new_rows:
        return []
    _, changes = compare([place for row in new_rows.values() if (place := _as_map_row(row))], known)
    changes.renamed.clear()
    changes.links = {
        key: claim for key, claim in changes.links.items() if claim.child in changes.new
    }
    store_places(changes, known, (), on)
    without_place = [row for code, row in new_rows.items() if code not in known.places]
    store_places(_bare_practices(without_place), known, (), on)
    return sorted(new_rows)


def _as_map_row(row: PracticeLevelRow) -> PracticeMapRow | None:
    """Return the row's place in the shape of the practice map, or None if it prints no full one."""
    if not (row.sub_icb_code and row.icb_code and row.region_code):
        return None
    return PracticeMapRow(
        line=row.line,
        practice_code=row.practice_code,
        practice_name=row.practice_name or row.practice_code,
        postcode="",
        pcn_code=row.pcn_code,
        pcn_name=row.pcn_name,
        sub_icb_code=row.sub_icb_code,
        sub_icb_name=row.sub_icb_name or row.sub_icb_code,
        icb_code=row.icb_code,
        icb_name=row.icb_name or row.icb_code,
        region_code=row.region_code,
        region_name=row.region_name or row.region_code,
        month=row.month,
    )


def _bare_practices(rows: Iterable[PracticeLevelRow]) -> PlaceChanges:
    return PlaceChanges(
        new={
            row.practice_code: Place(
                row.practice_code, Kind.PRACTICE, row.practice_name or row.practice_code
            )
            for row in rows
        }
    )
