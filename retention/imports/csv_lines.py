"""Takes CSV apart, for published files and for rosters alike."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from retention.imports.files import UnreadableFileError

# As long as the longest line of text may be. Cells in quotation marks run over line ends, so many
# short lines can be one row of any length, which is held as cells before anybody sees it.
MAX_ROW_CHARS = 1_000_000


class _Fed:
    """Hands lines on, and counts the characters since the last whole row."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = lines
        self.since_row = 0

    def __iter__(self) -> Iterator[str]:
        for text in self._lines:
            self.since_row += len(text)
            if self.since_row > MAX_ROW_CHARS:
                raise csv.Error
            yield text


def csv_records(
    lines: Iterable[str], *, remedy: str, delimiter: str = ","
) -> Iterator[tuple[int, list[str]]]:
    """Yield the first line number and the cells of each row that has a filled cell.

    `lines` keep their line ends, since a quoted cell may run over several. Raises
    UnreadableFileError, which ends with the `remedy`.
    """
    fed = _Fed(lines)
    reader = csv.reader(fed, delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            fed.since_row = 0
            # Stops at the first filled cell, which is nearly always the first of the row.
            if any(cell and not cell.isspace() for cell in cells):
                yield line, cells
            # A quoted cell may hold line breaks, so rows are not lines.
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFileError(
            f"From line {line} the file cannot be read as CSV: a quotation mark is missing or out "
            f"of place, or a cell or a row is too long. {remedy}"
        ) from error
