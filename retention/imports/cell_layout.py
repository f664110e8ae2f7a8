"""Picks the counted cells out of the rows of one file, in an order of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from retention.imports.cells import STAFF_GROUPS, Cell, CellDefinition, Measure, StaffGroup
from retention.imports.numbers import NumberError, Numbers, parse_count, parse_fte

Pick = Callable[[list[str]], Sequence[str]]


@dataclass(frozen=True)
class CellLayout:
    """Which cells a file prints: the names of each staff group, and where its values lie.

    Names are sorted, so that the order of a file's columns makes no difference to its rows.
    """

    names: Mapping[StaffGroup, tuple[str, ...]]
    definitions: Mapping[str, CellDefinition]
    slices: Mapping[StaffGroup, slice] = field(repr=False)

    def place(self, name: str) -> int | None:
        """Return where the cell `name` lies in a row's values, or None if it is not printed."""
        definition = self.definitions.get(name)
        if definition is None:
            return None
        group = definition.staff_group
        start: int = self.slices[group].start
        return start + self.names[group].index(name)


class CellPicker:
    """Turns a row of texts into the values of a layout."""

    def __init__(
        self, position: Mapping[str, int], definitions: Mapping[str, CellDefinition]
    ) -> None:
        self._position = position
        self._blocks: list[tuple[list[str], Numbers]] = []
        counts, fte = Numbers(parse_count), Numbers(parse_fte)
        names: dict[StaffGroup, tuple[str, ...]] = {}
        slices: dict[StaffGroup, slice] = {}
        start = 0
        for group in STAFF_GROUPS:
            heads = _names(definitions, group, "hc")
            equivalents = _names(definitions, group, "fte")
            self._blocks += [(heads, counts), (equivalents, fte)]
            names[group] = (*heads, *equivalents)
            slices[group] = slice(start, start := start + len(names[group]))
        self.layout = CellLayout(names, definitions, slices)
        self._picks = [(self._pick(block), numbers) for block, numbers in self._blocks if block]

    def values(self, cells: list[str]) -> tuple[Cell, ...]:
        """Return the row's values in the order of the layout; NumberError if one is no number."""
        values: list[Cell] = []
        for pick, numbers in self._picks:
            values.extend(map(numbers.__getitem__, pick(cells)))
        return tuple(values)

    def problems(self, cells: list[str]) -> Iterator[str]:
        """Name each cell that is no number; slow, so only for rows known to have one."""
        for names, numbers in self._blocks:
            for name in names:
                try:
                    numbers[cells[self._position[name]]]
                except NumberError as error:
                    yield f"{name.upper()} {error}."

    def _pick(self, names: list[str]) -> Pick:
        """Return a function that picks the cells of `names` out of a row, always as a sequence."""
        places = [self._position[name] for name in names]
        if len(places) == 1:
            return lambda cells: [cells[places[0]]]
        return itemgetter(*places)


def _names(
    definitions: Mapping[str, CellDefinition], group: StaffGroup, measure: Measure
) -> list[str]:
    return sorted(
        name
        for name, cell in definitions.items()
        if (cell.staff_group, cell.measure) == (group, measure)
    )
