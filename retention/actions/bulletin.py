"""Puts the bulletin tables into the record."""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from retention.actions.import_report import Outcome
from retention.actions.practice_map import BATCH
from retention.imports.bulletin import PLACES, BulletinSeries
from retention.models.bulletin_table import BulletinTable
from retention.models.published_count import PublishedRelease

LABELS = ("staff_group", "sex", "group", "part", "measure")


@dataclass(frozen=True)
class PrintedTable:
    """One table for one place, ready to be stored."""

    month: dt.date
    sheet: str
    place: str
    place_name: str
    months: list[str]
    series: list[dict[str, Any]]
    rows: int

    @property
    def key(self) -> tuple[dt.date, str, str]:
        """What makes it one of its kind."""
        return self.month, self.sheet, self.place

    @property
    def is_national(self) -> bool:
        """Whether the table holds every month, for England alone."""
        return self.sheet not in PLACES

    @property
    def digest(self) -> str:
        """Tell one content from another without comparing every value."""
        text = json.dumps([self.months, self.series], separators=(",", ":"))
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def tables_of(rows: Sequence[BulletinSeries]) -> list[PrintedTable]:
    """Gather rows into the table and place that they were printed for."""
    # Every table of a workbook is of its newest month, also one that stops earlier.
    month = max(row.month for row in rows)
    gathered: dict[tuple[str, str], list[BulletinSeries]] = {}
    for row in rows:
        gathered.setdefault((row.sheet, row.place), []).append(row)
    return [_table(month, own) for own in gathered.values()]


def _table(month: dt.date, rows: list[BulletinSeries]) -> PrintedTable:
    months = sorted({at for row in rows for at in row.values})
    series = [
        {
            **{label: getattr(row, label) for label in LABELS},
            "values": [row.values.get(at) for at in months],
        }
        for row in rows
    ]
    first = rows[0]
    return PrintedTable(
        month=month,
        sheet=first.sheet,
        place=first.place,
        place_name=first.place_name,
        months=[at.isoformat() for at in months],
        series=series,
        rows=len(rows),
    )


def outcomes_of(tables: Sequence[PrintedTable]) -> tuple[list[Outcome], list[PrintedTable]]:
    """Return what each printed row would do, and the tables that have to be written.

    A national table of an older bulletin than the record's changes nothing: the newer one prints
    the same months again, corrected.
    """
    newest = BulletinTable.objects.order_by("-month").first()
    known = {
        (month, sheet, place): digest
        for month, sheet, place, digest in BulletinTable.objects.filter(
            month__in={table.month for table in tables}
        ).values_list("month", "sheet", "place", "digest")
    }
    outcomes: list[Outcome] = []
    to_write: list[PrintedTable] = []
    for table in tables:
        older = newest is not None and table.month < newest.month and table.is_national
        if older or known.get(table.key) == table.digest:
            outcomes += ["unchanged"] * table.rows
            continue
        outcomes += ["changed" if table.key in known else "created"] * table.rows
        to_write.append(table)
    return outcomes, to_write


def store(tables: Sequence[PrintedTable], release: PublishedRelease) -> None:
    """Write tables, new or corrected; call inside a transaction."""
    BulletinTable.objects.bulk_create(
        [
            BulletinTable(
                release=release,
                month=table.month,
                sheet=table.sheet,
                place=table.place,
                place_name=table.place_name,
                months=table.months,
                series=table.series,
                digest=table.digest,
            )
            for table in tables
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["month", "sheet", "place"],
        update_fields=["release", "place_name", "months", "series", "digest"],
    )
    # A national table holds every month since 2015, so an earlier one says nothing more.
    for table in tables:
        if table.is_national:
            BulletinTable.objects.filter(sheet=table.sheet, month__lt=table.month).delete()
