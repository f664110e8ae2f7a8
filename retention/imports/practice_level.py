"""The practice-level workforce file, wide: one row for each practice, 700 to 1,100 columns.

Published each month by NHS England with “General Practice Workforce”. Columns are found by their
headers, never by position. See docs/formats.md for editions and traps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from retention.imports import checks
from retention.imports.cell_layout import CellLayout, CellPicker, canonical_positions
from retention.imports.cells import (
    ROLES,
    STAFF_GROUPS,
    Cell,
    StaffGroup,
    expected_cells,
    parse_cell,
)
from retention.imports.numbers import NumberError
from retention.imports.printed_places import CODES, NAMES, SOURCES, PlaceReader, is_unknown
from retention.imports.reading import month_columns
from retention.imports.results import (
    Reader,
    ReadResult,
    Rejection,
    Rejections,
    column_warnings,
    counted,
    shortened,
)
from retention.imports.tables import Table

FORMAT = "practice_level"

PLACE_COLUMNS = frozenset({"prac_code", "prac_name", "year", "month", *CODES, *NAMES, *SOURCES})
# Of editions before July 2022, or of no use beside the practice map: known, and not read.
IGNORED_COLUMNS = frozenset(
    f"{place}_{what}" for place in ("ccg", "stp", "hee_region") for what in ("code", "name")
)
# Until then a group of which nothing was sent was printed as zeros; since then as NA.
NA_SINCE = date(2023, 2, 1)
NOTHING_SENT = ("fully estimated", "no data provided", "no valid or current data")
# A full-time week is 37.5 hours: above 1.5 a head a figure is more likely a slip than a week.
FTE_PER_HEAD = 1.5
PROBLEMS_IN_A_REASON = 3


@dataclass(frozen=True)
class PracticeLevelRow:
    """The printed counts of one practice in one month (its first day).

    Places are None where the file prints none or this edition lacks the column. `values` holds
    the cells of all staff groups in the order of `layout`; use `cells` to read them.
    """

    line: int
    practice_code: str
    month: date
    practice_name: str | None
    pcn_code: str | None
    pcn_name: str | None
    sub_icb_code: str | None
    sub_icb_name: str | None
    icb_code: str | None
    icb_name: str | None
    region_code: str | None
    region_name: str | None
    sources: Mapping[StaffGroup, str]
    layout: CellLayout = field(repr=False)
    values: tuple[Cell, ...] = field(repr=False)

    def cells(self, staff_group: StaffGroup) -> dict[str, Cell]:
        """Return the printed cells of a staff group: lower-case name to count, FTE or None."""
        values = self.values[self.layout.slices[staff_group]]
        return dict(zip(self.layout.groups[staff_group].names, values, strict=True))


def read(table: Table, month: date | None = None) -> ReadResult[PracticeLevelRow]:
    """Read the practice-level file. `month` (a first day) is needed if the file prints none.

    A row with a wrong code, number or month, or a practice's second row for a month, is rejected.
    Raises UnreadableFileError when the month is neither printed nor given.
    """
    reading = _Reading(table, month)
    rows: list[PracticeLevelRow] = []
    rejected = Rejections()
    for line, cells in table.records():
        try:
            rows.append(reading.row(line, cells))
        except _RowProblems as problems:
            rejected.append(Rejection(line, problems.reason()))
    return ReadResult(
        format=FORMAT,
        rows=rows,
        row_count=len(rows) + len(rejected),
        rejected=rejected,
        warnings=[*reading.column_warnings(), *_doubts(rows, reading.picker.layout)],
        unknown_columns=reading.unknown,
        missing_columns=reading.missing,
        member=table.file.member,
    )


class _RowProblems(Exception):
    """What is wrong with one row."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)

    def reason(self) -> str:
        shown = " ".join(self.problems[:PROBLEMS_IN_A_REASON])
        rest = len(self.problems) - PROBLEMS_IN_A_REASON
        more = counted(rest, "more problem", "more problems")
        return f"{shown} There is also {more} in this row." if rest > 0 else shown


class _Reading:
    """One file being read: where its columns are, and what its rows said so far."""

    def __init__(self, table: Table, month: date | None) -> None:
        self.width = len(table.columns)
        self.position, self.printed = canonical_positions(table.position())
        self.first_lines: dict[tuple[str, date], int] = {}
        self.zeros_unknown = 0
        definitions = {name: parse_cell(name) for name in self.position}
        self.definitions = {name: found for name, found in definitions.items() if found}
        self.unknown = tuple(
            name
            for name, found in definitions.items()
            if not found and name not in PLACE_COLUMNS and name not in IGNORED_COLUMNS
        )
        # A month given by hand stands in for the two columns that most editions lack.
        expected = (*sorted(PLACE_COLUMNS - {"year", "month"}), *expected_cells())
        self.missing = tuple(name for name in expected if name not in self.position)
        months = month_columns(table, (("year", "month"),), month)
        self.places = PlaceReader(self.position, months, month)
        self.picker = CellPicker(self.position, self.definitions, self.printed)

    def column_warnings(self) -> list[str]:
        """Say which columns were left out, which are missing, and which roles are new."""
        new = [name for name, cell in self.definitions.items() if cell.is_new_role]
        warnings = column_warnings(self.unknown, self.missing)
        if new:
            columns = counted(len(new), "column counts", "columns count")
            warnings.append(
                f"{columns} a role that is new to this service: {shortened(new)}. "
                "The figures are kept as printed."
            )
        if self.zeros_unknown:
            groups = counted(self.zeros_unknown, "staff group", "staff groups")
            warnings.append(
                f"{groups} of a practice sent nothing, and this edition prints that as zeros. "
                "They are kept as not known."
            )
        return warnings

    def row(self, line: int, cells: list[str]) -> PracticeLevelRow:
        """Read one row, or raise _RowProblems."""
        if len(cells) != self.width:
            raise _RowProblems([checks.width_problem(len(cells), self.width)])
        printed = self.places.of(cells)
        problems, month = list(printed.problems), printed.month
        practice, name = self._practice(cells, problems)
        values = self._values(cells, problems)
        if month is None or problems:
            raise _RowProblems(problems)
        if month < NA_SINCE:
            values = self._without_invented_zeros(values, printed.sources)
        first = self.first_lines.setdefault((practice, month), line)
        if first != line:
            raise _RowProblems(
                [
                    f"Practice {practice} already has a row for {month:%B %Y} on line {first}. "
                    "Keep one of the two lines."
                ]
            )
        return PracticeLevelRow(
            line=line,
            practice_code=practice,
            practice_name=name,
            month=month,
            sources=printed.sources,
            layout=self.picker.layout,
            values=values,
            **printed.places,
        )

    def _practice(self, cells: list[str], problems: list[str]) -> tuple[str, str | None]:
        code = checks.tidy(cells[self.position["prac_code"]]).upper()
        place = self.position.get("prac_name")
        name = "" if place is None else checks.tidy(cells[place])
        if is_unknown(name):
            name = ""
        found = (checks.PRACTICE.problem(code), name and checks.name_problem("practice", name))
        problems += [problem for problem in found if problem]
        return code, name or None

    def _without_invented_zeros(
        self, values: tuple[Cell, ...], sources: Mapping[StaffGroup, str]
    ) -> tuple[Cell, ...]:
        """Make the zeros of a group that sent nothing what they are: not known.

        Numbers stay: trainee GPs come from another collection.
        """
        for group, source in sources.items():
            if any(words in source.lower() for words in NOTHING_SENT):
                part = self.picker.layout.slices[group]
                self.zeros_unknown += 1
                known = tuple(value or None for value in values[part])
                values = values[: part.start] + known + values[part.stop :]
        return values

    def _values(self, cells: list[str], problems: list[str]) -> tuple[Cell, ...]:
        try:
            return self.picker.values(cells)
        except NumberError:
            problems += self.picker.problems(cells)
            return ()


def _doubts(rows: list[PracticeLevelRow], layout: CellLayout) -> list[str]:
    """Name the practices whose FTE is too high for their heads; the figures stay as printed."""
    warnings = []
    for group in ROLES:
        heads, fte = layout.place(f"total_{group}_hc"), layout.place(f"total_{group}_fte")
        if heads is None or fte is None:
            continue
        high = [
            f"{row.practice_code} (line {row.line})"
            for row in rows
            if (people := row.values[heads]) is not None
            and (row.values[fte] or 0) > FTE_PER_HEAD * people
        ]
        if high:
            practices = counted(len(high), "practice prints", "practices print")
            warnings.append(
                f"{STAFF_GROUPS[group]}: {practices} more than {FTE_PER_HEAD} FTE a head: "
                f"{shortened(high)}. Kept as printed; ask the practice."
            )
    return warnings


READER = Reader(
    format=FORMAT,
    title="the practice-level workforce file (“General Practice Workforce”: Practice Level, "
    "Detailed)",
    signature=frozenset({"prac_code", "total_gp_hc", "total_gp_fte"}),
    read=read,
)
