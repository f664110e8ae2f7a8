"""The bulletin tables of “General Practice Workforce”: national and ICB series, one workbook.

Sheets are known by their title, “Table 2b: ...”. Read are 1a and 1b (sex and role), 2a and 2b (age
band), 3 (hours) and 6a and 6b (places). See docs/formats.md for layouts and traps.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from retention.imports import checks
from retention.imports.bulletin_labels import Labels, month_of, plain
from retention.imports.files import UnreadableFileError
from retention.imports.results import (
    ReadResult,
    Rejection,
    Rejections,
    WorkbookReader,
    shortened,
)
from retention.imports.workbook import Sheet

FORMAT = "bulletin"
ENGLAND = "England"
Measure = Literal["headcount", "fte", "percent", "estimated"]

TITLE = re.compile(r"Table ([1-7][ab]?):(?: [A-Z][a-z -]+:)? General Medical Practice staff:")
MEASURES: Mapping[str, Measure] = {
    "1a": "fte",
    "1b": "headcount",
    "2a": "fte",
    "2b": "headcount",
    "3": "headcount",
    "6a": "fte",
    "6b": "headcount",
}
PLACES = ("6a", "6b")
# Ten times the largest printed table.
MAX_CELLS = 200_000
# As long as the record keeps one; ODS codes of areas have three to five characters.
MAX_PLACE = 10
# The month of a sheet of places stands in its title: “..., October 2025, Official Statistics”.
TITLE_MONTH = re.compile(r", ([A-Z][a-z]+ 20[0-9]{2}), Official")
ESTIMATED = "Of which estimated"
PRINTED: Mapping[str, Measure] = {"Number": "headcount", "%": "percent"}


@dataclass(frozen=True)
class BulletinSeries:
    """One printed row (or, in table 3, half of one): what it counts, and its value by month.

    `staff_group` is gp, nurses, dpc, admin or all; `sex` male, female, unknown or empty for all;
    `group` the row's group or role without notes; `part` an age band or hours, empty for the
    whole group. `values` holds None for “..” (not applicable) and blanks; `estimated` are the
    fractions of “Of which estimated” rows. `place` is an ODS code, “England” or “Unknown”.
    """

    line: int
    sheet: str
    measure: Measure
    staff_group: str
    sex: str
    group: str
    part: str
    values: Mapping[date, float | None]
    place: str = ENGLAND
    place_name: str = ENGLAND

    @property
    def month(self) -> date:
        """The latest month of the series."""
        return max(self.values)


# The number of a row in its sheet, and its cells as text.
Row = tuple[int, list[str]]


@dataclass(frozen=True)
class _Column:
    """A column of values: whose they are (a month; in table 3 with a measure)."""

    place: int
    month: date
    measure: Measure


def knows(sheets: Sequence[Sheet]) -> bool:
    """Whether a workbook is the bulletin: it has a table by age band under its printed title."""
    return bool({"2a", "2b"} & _tables(sheets).keys())


def read(sheets: Sequence[Sheet], month: date | None = None) -> ReadResult[BulletinSeries]:
    """Read every known sheet; `month` is not needed, as the tables print theirs.

    A row with a cell that is neither a number nor one of the printed signs is rejected. Raises
    UnreadableFileError where a sheet has no header of months.
    """
    tables = _tables(sheets)
    reading = _Reading()
    for number, sheet in tables.items():
        rows = _grid(sheet)
        if number in PLACES:
            reading.places(number, rows)
        else:
            reading.national(number, rows)
    missing = tuple(f"table {number}" for number in MEASURES if number not in tables)
    warnings = [f"Not in this edition: {', '.join(missing)}."] if missing else []
    if reading.unknown:
        warnings.append(f"Columns not read: {shortened(reading.unknown)}.")
    return ReadResult(
        format=FORMAT,
        rows=reading.series,
        row_count=len(reading.series) + len(reading.rejected),
        rejected=reading.rejected,
        warnings=warnings,
        unknown_columns=tuple(reading.unknown),
        missing_columns=missing,
        member=sheets[0].member.rpartition(": ")[0],
    )


def _tables(sheets: Sequence[Sheet]) -> dict[str, Sheet]:
    """The sheets whose first cell is a title that is read, by the number of their table."""
    found = {}
    for sheet in sheets:
        _, first = next(sheet.rows(), (0, [""]))
        # Names of sheets change from edition to edition; the printed titles do not.
        title = TITLE.match(plain(first[0]))
        if title and title[1] in MEASURES:
            found[title[1]] = sheet
    return found


def _grid(sheet: Sheet) -> list[Row]:
    """The rows of a sheet with their numbers, all of one width.

    Raises UnreadableFileError for a sheet that is no table of the bulletin: filled up to one far
    cell, a million short rows would need more memory than there is.
    """
    rows: list[Row] = []
    # Tables of places have a name beside each code.
    width = 2
    for row in sheet.rows():
        rows.append(row)
        width = max(width, len(row[1]))
        if len(rows) * width > MAX_CELLS:
            raise UnreadableFileError(
                f"The sheet “{sheet.name}” is far larger than a table of the bulletin. "
                "Download the workbook again."
            )
    return [(line, cells + [""] * (width - len(cells))) for line, cells in rows]


class _Reading:
    """One workbook being read: the series so far, and what was wrong."""

    def __init__(self) -> None:
        self.series: list[BulletinSeries] = []
        self.rejected = Rejections()
        self.unknown: list[str] = []

    def national(self, number: str, rows: list[Row]) -> None:
        """Read a table with a column, or two, for each month."""
        header = _header_row(rows, number)
        columns = self._columns(number, rows, header)
        labels = Labels()
        for line, row in rows[header + 1 :]:
            printed = plain(row[0])
            if not printed or _is_subheading(row):
                continue
            part = labels.take(printed)
            # A group's name above its rows, or a line of the footer: it has no values.
            if not any(plain(row[column.place]) for column in columns):
                continue
            for measure, own in _by_measure(columns).items():
                estimated: Measure = "estimated" if part == ESTIMATED else measure
                self._add(
                    line, number, labels, part, estimated, {c.month: row[c.place] for c in own}
                )

    def places(self, number: str, rows: list[Row]) -> None:
        """Read a table with a row for each place and a column for each role."""
        month, header = _month_and_header(rows, number)
        for line, row in rows[header + 1 :]:
            place, name = plain(row[0]), plain(row[1]) or plain(row[0])
            if not any(plain(cell) for cell in row[2:]):
                continue
            if problem := _place_problem(place, name):
                self._reject(line, number, problem)
                continue
            labels = Labels()
            for column, role in enumerate(rows[header][1][2:], start=2):
                labels.take(plain(role))
                cell = {month: row[column]}
                self._add(line, number, labels, "", MEASURES[number], cell, (place, name))

    def _columns(self, number: str, rows: list[Row], header: int) -> list[_Column]:
        """The columns of months; a month printed once above two columns holds for both."""
        below = rows[header + 1][1]
        columns: list[_Column] = []
        month: date | None = None
        for place, cell in enumerate(rows[header][1][1:], start=1):
            if printed := plain(cell):
                month = month_of(printed)
                if month is None and not printed.startswith("% difference"):
                    self.unknown.append(f"table {number}: {printed}")
            if month is not None:
                measure = PRINTED.get(plain(below[place]), MEASURES[number])
                columns.append(_Column(place, month, measure))
        return columns

    def _add(
        self,
        line: int,
        number: str,
        labels: Labels,
        part: str,
        measure: Measure,
        cells: Mapping[date, str],
        place: tuple[str, str] = (ENGLAND, ENGLAND),
    ) -> None:
        try:
            values = {month: number_of(cell) for month, cell in cells.items()}
        except ValueError as problem:
            self._reject(line, number, problem)
            return
        self.series.append(
            BulletinSeries(
                line=line,
                sheet=number,
                measure=measure,
                staff_group=labels.staff_group,
                sex=labels.sex,
                group=labels.group,
                part="" if part == ESTIMATED else part,
                values=values,
                place=place[0],
                place_name=place[1],
            )
        )

    def _reject(self, line: int, number: str, problem: object) -> None:
        self.rejected.append(Rejection(line, f"Table {number}, row {line}: {problem}"))


def _month_and_header(rows: list[Row], number: str) -> tuple[date, int]:
    """The month in the title of a table of places, and where the row is that names its roles."""
    found = TITLE_MONTH.search(plain(rows[0][1][0]))
    month = month_of(found[1]) if found else None
    header = next((i for i, (_, row) in enumerate(rows) if "All GPs" in map(plain, row)), None)
    if month is None or header is None:
        raise UnreadableFileError(
            f"Table {number} has no month in its title, or no column “All GPs”. Download the "
            "workbook again."
        )
    return month, header


def _place_problem(place: str, name: str) -> str:
    """Say what is wrong with a row's place, or nothing."""
    if not place or len(place) > MAX_PLACE:
        return f"“{place[:20]}” is no code of a place. The first column holds codes such as QHM."
    return checks.name_problem("place", name)


def number_of(cell: str) -> float | None:
    """Read a value: “-”, padded or not, is zero; “..” and a blank are not known.

    Raises ValueError, with words for the user, for anything else and for less than zero.
    """
    text = plain(cell)
    if text in ("", ".."):
        return None
    if text == "-":
        return 0.0
    # One refusal for what is no number and for what is below zero.
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        value = -1.0
    if not 0 <= value < float("inf"):
        raise ValueError(f"“{text[:20]}” is neither a number from 0 nor “-” nor “..”.")
    return value


def _header_row(rows: list[Row], number: str) -> int:
    """The row that names the months: the first with two of them."""
    for place, (_, row) in enumerate(rows[:-1]):
        if sum(month_of(plain(cell)) is not None for cell in row[1:]) > 1:
            return place
    raise UnreadableFileError(
        f"Table {number} has no row that names months, such as “September 2025”. Download the "
        "workbook again."
    )


def _is_subheading(row: list[str]) -> bool:
    return any(plain(cell) in PRINTED for cell in row[1:3])


def _by_measure(columns: list[_Column]) -> dict[Measure, list[_Column]]:
    found: dict[Measure, list[_Column]] = {}
    for column in columns:
        found.setdefault(column.measure, []).append(column)
    return found


READER = WorkbookReader(
    format=FORMAT,
    title="the bulletin tables (“General Practice Workforce”: Bulletin Tables)",
    knows=knows,
    read=read,
)
