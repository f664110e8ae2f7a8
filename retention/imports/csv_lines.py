"""Takes CSV apart, for published files and for rosters alike."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from retention.imports.files import UnreadableFileError


def csv_records(
    lines: Iterable[str], *, remedy: str, delimiter: str = ","
) -> Iterator[tuple[int, list[str]]]:
    """Yield the first line number and the cells of each row that has a filled cell.

    `lines` keep their line ends, since a quoted cell may run over several. Raises
    UnreadableFileError, which ends with the `remedy`.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            # Stops at the first filled cell, which is nearly always the first of the row.
            if any(cell and not cell.isspace() for cell in cells):
                yield line, cells
            # A quoted cell may hold line breaks, so rows are not lines.
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFileError(
            f"From line {line} the file cannot be read as CSV: a quotation mark is missing or out "
            f"of place, or a cell is too long. {remedy}"
        ) from error
