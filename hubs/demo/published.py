"""The demo's published side: what the open practice-level file would print of these people."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from hubs.demo.counted import Counted, layout_of, places_in
from hubs.demo.patients import PracticeList, open_on, patient_cells
from hubs.demo.turnover import month_end
from retention.actions.json_text import NumberTexts
from retention.actions.practice_level import PrintedCells, printed_values
from retention.imports.cells import Cell, StaffGroup

STAFF: tuple[StaffGroup, ...] = ("gp", "nurses", "dpc", "admin")
GROUPS: tuple[StaffGroup, ...] = (*STAFF, "patients")
# These practices sent no valid figures in the last months: printed as NA, which is not known.
NOT_KNOWN: Mapping[str, StaffGroup] = {"Y99025": "gp", "Y99041": "nurses"}
NOT_KNOWN_MONTHS = 5
FTE_PLACES = 6


def printed(
    everyone: Sequence[Counted],
    lists: Sequence[PracticeList],
    months: Sequence[dt.date],
    today: dt.date,
) -> Iterator[PrintedCells]:
    """Yield the cells of every month, practice and staff group, as stored."""
    printer = _Printer()
    for month in months:
        on = month_end(month)
        staff = _by_practice(everyone, on)
        is_late = month in months[-NOT_KNOWN_MONTHS:]
        for one in open_on(lists, on):
            for group in STAFF:
                is_known = not (is_late and NOT_KNOWN.get(one.code) == group)
                here = staff[one.code, group]
                yield printer.staff(one.code, month, group, here if is_known else None)
            yield printer.patients(one.code, month, patient_cells(one.by_age_on(on, today)))


class _Printer:
    """Makes rows; where nobody came, went, aged or changed hours, last month's is this month's."""

    def __init__(self) -> None:
        # The same few numbers stand in most rows: each is worded once.
        self._texts = NumberTexts()
        self._last: dict[tuple[str, StaffGroup], tuple[object, PrintedCells]] = {}

    def staff(
        self, practice: str, month: dt.date, group: StaffGroup, people: Sequence[Counted] | None
    ) -> PrintedCells:
        """Return the row of a staff group; people: None where no valid figures were sent."""
        on, layout = month_end(month), layout_of(group)
        state = None
        if people is not None:
            state = [(id(one), one.band_on(on), one.fte_on(on)) for one in people]
        before = self._last.get((practice, group))
        if before and before[0] == state:
            return replace(before[1], month=month)
        nothing: list[Cell] = [None] * len(layout.names)
        values = nothing if people is None else group_values(group, people, on)
        made = printed_values(practice, month, layout, values, self._texts)
        self._last[practice, group] = (state, made)
        return made

    def patients(self, practice: str, month: dt.date, cells: Mapping[str, Cell]) -> PrintedCells:
        """Return the row of a list of patients."""
        layout = layout_of("patients")
        values = [cells[name] for name in layout.names]
        return printed_values(practice, month, layout, values, self._texts)


def group_values(group: StaffGroup, people: Iterable[Counted], on: dt.date) -> list[Cell]:
    """Return the printed cells of a staff group, in the order of its layout.

    Heads and FTE by population, role, sex and age band of people of that group.
    """
    names = layout_of(group).names
    values: list[float] = [0] * len(names)
    first_fte = next((n for n, name in enumerate(names) if "_fte" in name), len(names))
    for one in people:
        heads, time = places_in(group, one.role, one.sex, one.populations, one.band_on(on))
        fte = one.fte_on(on)
        for place in heads:
            values[place] += 1
        for place in time:
            values[place] += fte
    return [*values[:first_fte], *(round(value, FTE_PLACES) for value in values[first_fte:])]


def _by_practice(
    everyone: Iterable[Counted], on: dt.date
) -> Mapping[tuple[str, StaffGroup], list[Counted]]:
    found: dict[tuple[str, StaffGroup], list[Counted]] = defaultdict(list)
    for one in everyone:
        if one.works_on(on):
            found[one.practice_on(on), one.group].append(one)
    return found
