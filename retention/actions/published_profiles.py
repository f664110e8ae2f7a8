"""Adds printed counts up to age profiles: of each practice, and of every place it belongs to."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from organisations.models.organisation import Kind, Organisation
from organisations.queries.membership import practices_by_place
from retention.actions import profile_table
from retention.actions.bulk_write import upsert
from retention.actions.practice_level import PrintedCells
from retention.actions.profile_table import ProfileTable
from retention.actions.stored_outlooks import outlooks_to_make_again
from retention.imports.age_profile import age_profiles
from retention.imports.cells import ROLES, Cell, StaffGroup
from retention.models.published_count import PublishedCount
from retention.models.published_profile import PublishedProfile
from retention.queries.printed_cells import CellBlock, cells_of_month

UNIQUE = ("organisation", "month", "staff_group")


def store_profiles(month: dt.date, printed: Sequence[PrintedCells]) -> None:
    """Make the profiles of a month after some cells of it were stored.

    Call inside the transaction that changed the counts, so that no reader sees the two differ.
    """
    rows = PublishedCount.objects.filter(month=month).count()
    if rows == len(printed):
        # The month is new to the record: all of it is at hand and need not be read again.
        _write_all(month, _blocks(printed))
    else:
        rebuild_profiles(month)


def rebuild_profiles(month: dt.date) -> None:
    """Make the profiles of a month again from the stored counts: of practices, then of places."""
    _write_all(month, cells_of_month(month))


def rebuild_places(month: dt.date) -> None:
    """Add the practices' profiles of a month up for every place that had them at its end."""
    profiles = PublishedProfile.objects.filter(month=month)
    of_practices = profiles.filter(organisation__kind=Kind.PRACTICE)
    groups: Mapping[StaffGroup, list[tuple[object, ...]]] = {group: [] for group in ROLES}
    for group, *row in of_practices.values_list("staff_group", *profile_table.STORED).iterator():
        groups[group].append(tuple(row))
    _write_places(
        month, [profile_table.of_stored(group, rows) for group, rows in groups.items() if rows]
    )


def months_with_profiles() -> list[dt.date]:
    """Return the months that have profiles, oldest first."""
    months = PublishedProfile.objects.order_by("month").values_list("month", flat=True).distinct()
    return list(months)


def _blocks(printed: Iterable[PrintedCells]) -> Iterator[CellBlock]:
    """Yield cells by layout, as `cells_of_month` would after they are stored."""
    keys = dict(Organisation.objects.filter(kind=Kind.PRACTICE).values_list("code", "pk"))
    found: dict[str, list[PrintedCells]] = defaultdict(list)
    for item in printed:
        found[item.layout.digest].append(item)
    for items in found.values():
        layout = items[0].layout
        yield CellBlock(
            staff_group=layout.staff_group,
            names=layout.names,
            practices=[keys[item.practice] for item in items],
            rows=[item.values for item in items],
        )


def _write_all(month: dt.date, blocks: Iterable[CellBlock]) -> None:
    by_group: dict[StaffGroup, list[CellBlock]] = defaultdict(list)
    for block in blocks:
        by_group[block.staff_group].append(block)
    patients = _patients(by_group.pop("patients", []))
    tables = []
    for group, of_group in by_group.items():
        parts = [
            profile_table.of_practices(
                age_profiles(group, block.names, block.rows), block.practices, patients
            )
            for block in of_group
        ]
        tables.append(profile_table.stacked(parts))
    is_new = not PublishedProfile.objects.filter(month=month).exists()
    for table in tables:
        _write(month, table, all_new=is_new)
    _write_places(month, tables)


def _patients(blocks: Iterable[CellBlock]) -> dict[int, float]:
    found: dict[int, float] = {}
    for block in blocks:
        place = block.names.index("total_patients") if "total_patients" in block.names else None
        if place is None:
            continue
        totals: Iterable[tuple[int, Cell]] = (
            (practice, row[place])
            for practice, row in zip(block.practices, block.rows, strict=True)
        )
        found |= {practice: float(total) for practice, total in totals if total is not None}
    return found


def _write_places(month: dt.date, tables: Sequence[ProfileTable]) -> None:
    outlooks_to_make_again(month)
    members = practices_by_place(_month_end(month))
    # A place that has lost its last practice must lose its row too, so all are made anew.
    PublishedProfile.objects.filter(month=month).exclude(organisation__kind=Kind.PRACTICE).delete()
    for table in tables:
        _write(month, table.added_up(members), all_new=True)


def _write(month: dt.date, table: ProfileTable, *, all_new: bool) -> None:
    rows = table.rows(month)
    upsert(PublishedProfile, profile_table.FIELDS, rows, unique=UNIQUE, all_new=all_new)


def _month_end(month: dt.date) -> dt.date:
    return (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
