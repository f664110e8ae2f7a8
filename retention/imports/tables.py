"""A text file or a sheet of a workbook as a header and rows, with honest line numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from retention.imports.csv_lines import csv_records
from retention.imports.files import TextFile, UnreadableFileError
from retention.imports.sheet_cells import MAX_COLUMNS
from retention.imports.workbook import Sheet

MAX_LINE_CHARS = 1_000_000
TOO_LONG = (
    f"A line is longer than {MAX_LINE_CHARS:,} characters. This is not a published workforce file."
)
# The longest published file has 326,241 rows.
MAX_ROWS = 1_000_000


@dataclass(frozen=True)
class Table:
    """A file or sheet with its header read. `columns` are lower case, in the file's order.

    A file without a header has the names that its reader gives it, and header line 0.
    """

    file: TextFile | Sheet
    columns: tuple[str, ...]
    header_line: int

    def position(self) -> dict[str, int]:
        """Map each column to its place in a row; columns without a name are left out."""
        return {name: place for place, name in enumerate(self.columns) if name}

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the first line number and the cells of each row; empty lines are passed over."""
        # A sheet stores no empty cells at the end of a row, where a CSV has commas.
        fill = [""] * len(self.columns) if isinstance(self.file, Sheet) else []
        rows = (row for row in _records(self.file) if row[0] > self.header_line)
        for number, (line, cells) in enumerate(rows):
            if number >= MAX_ROWS:
                raise UnreadableFileError(
                    f"The file has more than {MAX_ROWS:,} rows. "
                    "This is not a published workforce file."
                )
            yield line, cells + fill[len(cells) :]


def first_row(file: TextFile | Sheet) -> tuple[int, list[str]]:
    """Return the first line that holds anything, with its number."""
    line, cells = next(_records(file), (0, []))
    if not cells:
        raise UnreadableFileError("The file is empty. Download or export it again.")
    if len(cells) > MAX_COLUMNS:
        raise UnreadableFileError(
            f"The header has {len(cells):,} columns; the most is {MAX_COLUMNS:,}. "
            "This is not a published workforce file."
        )
    return line, cells


def open_table(file: TextFile | Sheet) -> Table:
    """Read the header: the first line that holds anything."""
    line, cells = first_row(file)
    columns = tuple(normalised(cell) for cell in cells)
    # Which of two is meant nobody can tell, and a guess would be wrong in silence.
    twice = [name for name, times in Counter(columns).items() if name and times > 1]
    if twice:
        raise UnreadableFileError(
            f"The header has the column “{twice[0][:40]}” more than once. Remove one and try again."
        )
    return Table(file, columns, line)


def normalised(header: str) -> str:
    """Write a column name the one way this package knows it: lower case, single spaces."""
    return " ".join(header.strip("\ufeff").split()).lower()


def _records(file: TextFile | Sheet) -> Iterator[tuple[int, list[str]]]:
    """Yield (first line, cells) for each row that has a filled cell."""
    if isinstance(file, Sheet):
        return _sheet_records(file)
    return csv_records(_lines(file), remedy="Download it again, or mend that line.")


def _sheet_records(sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    for line, cells in sheet.rows():
        # As of a line of text: all cells of a row may name one long text, stored once.
        if sum(map(len, cells)) >= MAX_LINE_CHARS:
            raise UnreadableFileError(TOO_LONG)
        if any(cell and not cell.isspace() for cell in cells):
            yield line, cells


def _lines(file: TextFile) -> Iterator[str]:
    """Yield the physical lines, refusing one so long that it would fill the memory as cells."""
    with file.lines() as stream:
        while text := stream.readline(MAX_LINE_CHARS):
            if len(text) >= MAX_LINE_CHARS:
                raise UnreadableFileError(TOO_LONG)
            yield text
