"""Printed cells by name: nothing else needs to know in which order they are stored."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from retention.imports.cells import Cell, StaffGroup
from retention.models.published_count import PublishedCount, PublishedLayout


@dataclass(frozen=True)
class CellBlock:
    """The cells of many practices that one edition printed of a staff group.

    `rows` has a row for each of `practices` (primary keys), in the order of `names`.
    """

    staff_group: StaffGroup
    names: tuple[str, ...]
    practices: Sequence[int]
    rows: Sequence[Sequence[Cell]] = field(repr=False)


def printed_cells(
    practices: Collection[int],
    month: dt.date,
    staff_groups: Collection[str] | None = None,
) -> dict[tuple[int, str], dict[str, Cell]]:
    """Return cells by name, by practice (primary key) and staff group; two queries.

    None in a cell is "not known", never zero. A practice without a count is left out.
    """
    counts = PublishedCount.objects.filter(month=month, practice__in=practices)
    if staff_groups is not None:
        counts = counts.filter(staff_group__in=staff_groups)
    found = list(counts.values_list("practice", "staff_group", "layout", "cells"))
    # Some ten layouts stand for all rows: joined, each row would bring its 700 names along.
    names = _names({layout for _, _, layout, _ in found})
    return {
        (practice, group): dict(zip(names[layout], cells, strict=True))
        for practice, group, layout, cells in found
    }


def cells_of_month(month: dt.date) -> Iterator[CellBlock]:
    """Yield all cells of a month, a staff group's layout at a time."""
    counts = PublishedCount.objects.filter(month=month)
    layouts = list(counts.order_by().values_list("staff_group", "layout").distinct())
    names = _names({layout for _, layout in layouts})
    for group, layout in layouts:
        rows = list(
            counts.filter(staff_group=group, layout=layout)
            .order_by("practice")
            .values_list("practice", "cells")
        )
        yield CellBlock(
            staff_group=cast(StaffGroup, group),
            names=names[layout],
            practices=[practice for practice, _ in rows],
            rows=[cells for _, cells in rows],
        )


def _names(layouts: Collection[int]) -> dict[int, tuple[str, ...]]:
    found = PublishedLayout.objects.filter(pk__in=layouts).values_list("pk", "names")
    return {layout: tuple(names) for layout, names in found}
