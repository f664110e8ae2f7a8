"""Picks the counted cells out of the rows of one file, in an order of its own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter

from retention.imports.cells import (
    STAFF_GROUPS,
    Cell,
    CellDefinition,
    StaffGroup,
    canonical_name,
    parse_cell,
)
from retention.imports.numbers import NumberError, Numbers, parse_count, parse_fte

Pick = Callable[[list[str]], tuple[str, ...]]


@dataclass(frozen=True)
class GroupLayout:
    """The cells of one staff group in the order in which a row's values are kept.

    `names` are those that `cells.parse_cell` reads; `printed` are the file's own, lower case, and
    differ where an edition called the same cell otherwise.
    """

    staff_group: StaffGroup
    names: tuple[str, ...]
    printed: tuple[str, ...]

    @cached_property
    def digest(self) -> str:
        """Return the same short text for the same layout, by which it is found again."""
        text = json.dumps([self.staff_group, self.names, self.printed], separators=(",", ":"))
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def group_layout(
    group: StaffGroup, names: Sequence[str], printed: Mapping[str, str] | None = None
) -> GroupLayout:
    """Return the layout of a group's cells: heads by name, then FTE by name."""
    # Heads before FTE, so that each kind of number is a run that one reader takes.
    in_order = tuple(sorted(names, key=lambda name: ("_fte" in name, name)))
    as_printed = printed or {}
    return GroupLayout(group, in_order, tuple(as_printed.get(name, name) for name in in_order))


@dataclass(frozen=True)
class CellLayout:
    """Which cells a file prints: the layout of each staff group, and where its values lie.

    Names are sorted, so that the order of a file's columns makes no difference to its rows.
    """

    groups: Mapping[StaffGroup, GroupLayout]
    definitions: Mapping[str, CellDefinition]
    slices: Mapping[StaffGroup, slice] = field(repr=False)

    def place(self, name: str) -> int | None:
        """Return where the cell `name` lies in a row's values, or None if it is not printed."""
        definition = self.definitions.get(name)
        if definition is None:
            return None
        group = definition.staff_group
        start: int = self.slices[group].start
        return start + self.groups[group].names.index(name)


class CellPicker:
    """Turns a row of texts into the values of a layout."""

    def __init__(
        self,
        position: Mapping[str, int],
        definitions: Mapping[str, CellDefinition],
        printed: Mapping[str, str] | None = None,
    ) -> None:
        self._position = position
        self._printed = printed or {}
        self._blocks: list[tuple[list[str], Numbers]] = []
        counts, fte = Numbers(parse_count), Numbers(parse_fte)
        groups: dict[StaffGroup, GroupLayout] = {}
        slices: dict[StaffGroup, slice] = {}
        start = 0
        for group in STAFF_GROUPS:
            of_group = [name for name, cell in definitions.items() if cell.staff_group == group]
            layout = groups[group] = group_layout(group, of_group, self._printed)
            for measure, numbers in (("hc", counts), ("fte", fte)):
                names = [name for name in layout.names if definitions[name].measure == measure]
                self._blocks.append((names, numbers))
            slices[group] = slice(start, start := start + len(layout.names))
        self.layout = CellLayout(groups, definitions, slices)
        self._picks = [
            (picker([position[name] for name in names]), numbers) for names, numbers in self._blocks
        ]

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
                    yield f"{self._printed.get(name, name).upper()} {error}."


def picker(places: Sequence[int]) -> Pick:
    """Return a function that picks some cells out of a row, always as a tuple."""
    if len(places) == 1:
        return lambda cells: (cells[places[0]],)
    # For none of them itemgetter wants a place all the same.
    return itemgetter(*places) if places else lambda cells: ()


def canonical_positions(position: Mapping[str, int]) -> tuple[dict[str, int], dict[str, str]]:
    """Return columns by the one name of each cell, and the printed name where it differs.

    A file that prints a cell under both its names keeps the second under its own.
    """
    found: dict[str, int] = {}
    printed: dict[str, str] = {}
    for name, place in position.items():
        one_name = canonical_name(name)
        if one_name != name and one_name not in position and parse_cell(one_name):
            printed[one_name] = name
            found[one_name] = place
        else:
            found[name] = place
    return found, printed
