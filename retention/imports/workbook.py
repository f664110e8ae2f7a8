"""An Excel workbook (.xlsx) as sheets of rows, read with the standard library alone.

A workbook is a zip of XML. Only what a table needs is read: texts, numbers, dates and the stored
results of formulas. Links to other files are never followed, a declared size is never believed, and
a document type (the way to make XML explode) is refused.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from retention.imports.files import UnreadableFileError, check_declared, zip_problems
from retention.imports.sheet_cells import SheetParser
from retention.imports.workbook_shared import (
    BOOK,
    SharedParts,
    date_styles_of,
    listed_sheets,
    texts_of,
)
from retention.imports.workbook_xml import DAMAGED, parsed

CONTENTS = "[Content_Types].xml"
# The bulletin has some twenty. Each is looked at, and several may lie at one path.
MAX_SHEETS = 100


@dataclass(frozen=True)
class Sheet:
    """One sheet, read afresh each time that its rows are asked for.

    `member` is its name where a report has to name it: the file in the zip and the sheet.
    """

    name: str
    member: str
    path: str
    book: SharedParts = field(repr=False, compare=False)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield (row number as the program shows it, cells as text) for each row that has a cell.

        A row ends with its last filled cell. Dates are written 2026-07-01, with a time
        2026-07-01T09:30; whether a thing is true, TRUE or FALSE. Raises UnreadableFileError.
        """
        parser = SheetParser(self.name, self.book)
        with zip_problems(), zipfile.ZipFile(io.BytesIO(self.book.data)) as archive:
            with archive.open(self.path) as stream:
                for _ in parsed(stream.read, parser.start, parser.end, parser.text):
                    yield from parser.take()


def is_workbook(data: bytes) -> bool:
    """Whether `data` is a file of an office program, of which only .xlsx can be opened."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return CONTENTS in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def open_workbook(data: bytes, member: str = "") -> list[Sheet]:
    """Return the sheets of a workbook in its order; `member` is its name inside a zip."""
    with zip_problems(), zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_declared(archive.infolist())
        names = set(archive.namelist())
        if BOOK not in names:
            raise UnreadableFileError(
                "This is a Word, PowerPoint or binary Excel file. Open it, and save the table as "
                "an Excel workbook (.xlsx) or as CSV."
            )
        listed, counts_from_1904 = listed_sheets(archive)
        book = SharedParts(
            data=data,
            texts=texts_of(archive) if "xl/sharedStrings.xml" in names else (),
            date_styles=date_styles_of(archive) if "xl/styles.xml" in names else frozenset(),
            counts_from_1904=counts_from_1904,
        )
    sheets = [
        Sheet(name, f"{member}: {name}" if member else name, path, book)
        for name, path in listed
        if path in names
    ]
    if not sheets:
        raise UnreadableFileError(DAMAGED)
    if len(sheets) > MAX_SHEETS:
        raise UnreadableFileError(
            f"The workbook has {len(sheets):,} sheets; the most is {MAX_SHEETS}. "
            "Keep the sheets that are needed, save it, and choose it again."
        )
    return sheets
