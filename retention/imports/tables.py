"""A text file as a header and rows, with honest line numbers."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from retention.imports.files import TextFile, UnreadableFileError

# The widest published file has 1,066 columns.
MAX_COLUMNS = 5_000
MAX_LINE_CHARS = 1_000_000


@dataclass(frozen=True)
class Table:
    """A file with its header read. `columns` are lower case, in the file's order."""

    file: TextFile
    columns: tuple[str, ...]
    header_line: int

    def position(self) -> dict[str, int]:
        """Map each column to its place in a row; columns without a name are left out."""
        return {name: place for place, name in enumerate(self.columns) if name}

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the first line number and the cells of each row; empty lines are passed over."""
        for line, cells in _records(self.file):
            if line > self.header_line:
                yield line, cells


def open_table(file: TextFile) -> Table:
    """Read the header: the first line that holds anything."""
    line, cells = next(_records(file), (0, []))
    if not cells:
        raise UnreadableFileError("The file is empty. Download or export it again.")
    if len(cells) > MAX_COLUMNS:
        raise UnreadableFileError(
            f"The header has {len(cells):,} columns; the most is {MAX_COLUMNS:,}. "
            "This is not a published workforce file."
        )
    columns = tuple(normalised(cell) for cell in cells)
    twice = [name for name, times in Counter(columns).items() if name and times > 1]
    if twice:
        raise UnreadableFileError(
            f"The header has the column “{twice[0]}” more than once. Remove one and try again."
        )
    return Table(file, columns, line)


def normalised(header: str) -> str:
    """Write a column name the one way this package knows it: lower case, no spaces round it."""
    return header.strip("\ufeff \t\r\n").lower()


def _records(file: TextFile) -> Iterator[tuple[int, list[str]]]:
    """Yield (first line, cells) for each row that has a filled cell."""
    reader = csv.reader(_lines(file), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cells) and not "".join(cells).isspace():
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFileError(
            f"From line {line} the file cannot be read as CSV: a quotation mark is missing or out "
            "of place, or a cell is too long. Download it again, or mend that line."
        ) from error


def _lines(file: TextFile) -> Iterator[str]:
    """Yield the physical lines, refusing one so long that it would fill the memory as cells."""
    with file.lines() as stream:
        while text := stream.readline(MAX_LINE_CHARS):
            if len(text) >= MAX_LINE_CHARS:
                raise UnreadableFileError(
                    f"A line is longer than {MAX_LINE_CHARS:,} characters. "
                    "This is not a published workforce file."
                )
            yield text
