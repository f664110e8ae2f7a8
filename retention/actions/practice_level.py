"""Puts a practice-level workforce file into the record: cells as printed, and their profiles."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from organisations.models.organisation import Kind, Organisation
from retention.actions.bulk_write import upsert
from retention.actions.import_report import Outcome
from retention.actions.json_text import NumberTexts
from retention.actions.practice_map import (
    KnownPlaces,
    Place,
    PlaceChanges,
    compare,
    refuse_other_kind,
)
from retention.actions.practice_map import store as store_places
from retention.imports.cell_layout import GroupLayout
from retention.imports.cells import STAFF_GROUPS, Cell, StaffGroup
from retention.imports.practice_level import PracticeLevelRow
from retention.imports.practice_map import PracticeMapRow
from retention.models.published_count import PublishedCount, PublishedLayout, PublishedRelease


@dataclass(frozen=True)
class PrintedCells:
    """The cells of one practice, month and staff group, with a digest to compare them by.

    `values` are in the order of `layout`, `text` is the same as JSON.
    """

    practice: str
    month: dt.date
    layout: GroupLayout = field(repr=False)
    values: Sequence[Cell] = field(repr=False)
    text: str = field(repr=False)
    digest: str

    @property
    def staff_group(self) -> StaffGroup:
        """Return the staff group that the cells count."""
        return self.layout.staff_group

    @property
    def cells(self) -> dict[str, Cell]:
        """Return the cells by name."""
        return dict(zip(self.layout.names, self.values, strict=True))


def printed_values(
    practice: str,
    month: dt.date,
    layout: GroupLayout,
    values: Sequence[Cell],
    texts: NumberTexts,
) -> PrintedCells:
    """Return cells given in the order of a layout; `texts` are shared by the rows of a load."""
    text = texts.array(values)
    digest = hashlib.blake2b((layout.digest + text).encode(), digest_size=16).hexdigest()
    return PrintedCells(practice, month, layout, values, text, digest)


def printed_cells(rows: Iterable[PracticeLevelRow]) -> Iterator[list[PrintedCells]]:
    """Yield each row's cells by staff group; groups that the edition lacks are left out."""
    texts = NumberTexts()
    for row in rows:
        yield [
            printed_values(
                row.practice_code,
                row.month,
                row.layout.groups[group],
                row.values[row.layout.slices[group]],
                texts,
            )
            for group in STAFF_GROUPS
            if row.layout.groups[group].names
        ]


def outcomes_of(rows: Sequence[PracticeLevelRow]) -> tuple[list[Outcome], list[PrintedCells]]:
    """Return what each row would do, and the cells that have to be written.

    Raises Refused for a practice whose code is another kind of place's.
    """
    others = dict(Organisation.objects.exclude(kind=Kind.PRACTICE).values_list("code", "kind"))
    for row in rows:
        refuse_other_kind(row.practice_code, Kind.PRACTICE, others.get(row.practice_code))
    known = _stored_digests({row.month for row in rows})
    outcomes: list[Outcome] = []
    to_write: list[PrintedCells] = []
    for cells in printed_cells(rows):
        digests = known.get((cells[0].practice, cells[0].month), {})
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
    layouts = _layouts({item.layout.digest: item.layout for item in cells})
    months = {item.month for item in cells}
    upsert(
        PublishedCount,
        ("practice", "month", "staff_group", "layout", "cells", "digest", "release"),
        (
            (
                practices[item.practice],
                item.month.isoformat(),
                item.staff_group,
                layouts[item.layout.digest],
                item.text,
                item.digest,
                release.pk,
            )
            for item in cells
        ),
        unique=("practice", "month", "staff_group"),
        # A month that the record lacks is written without looking for rows to replace.
        all_new=not PublishedCount.objects.filter(month__in=months).exists(),
    )


def _layouts(layouts: Mapping[str, GroupLayout]) -> dict[str, int]:
    """Return the primary key of each layout by digest, after adding those that are new."""
    PublishedLayout.objects.bulk_create(
        (
            PublishedLayout(
                staff_group=layout.staff_group,
                names=list(layout.names),
                printed=list(layout.printed),
                digest=digest,
            )
            for digest, layout in layouts.items()
        ),
        ignore_conflicts=True,
    )
    known = PublishedLayout.objects.filter(digest__in=list(layouts))
    return dict(known.values_list("digest", "pk"))


def add_unknown_practices(rows: Sequence[PracticeLevelRow], on: dt.date) -> list[str]:
    """Add practices that no map has brought yet, with the places this file prints.

    Returns their codes. What the record knows of other places stays: a map is the better source.
    """
    codes = set(Organisation.objects.values_list("code", flat=True))
    new_rows = {row.practice_code: row for row in rows if row.practice_code not in codes}
    if not new_rows:
        # As nearly always, with the map loaded: its links need not be read.
        return []
    known = KnownPlaces()
    _, changes = compare([place for row in new_rows.values() if (place := _as_map_row(row))], known)
    # A name printed here may be older than the map's, and so may a link.
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
