"""Opens any spreadsheet as a roster: CSV with any usual separator, or an Excel workbook.

What comes out holds no NI number and no full date of birth: they are taken out before anybody can
store what was read.
"""

from __future__ import annotations

import datetime as dt
import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import ParseError

from retention.imports.csv_lines import csv_records
from retention.imports.files import (
    MAX_MEMBERS,
    MAX_RATIO,
    MEGABYTE,
    PACKED_AS,
    RATIO_COUNTS_FROM,
    ZIP_STARTS,
    UnreadableFileError,
    text_file,
    unpacked,
)
from retention.imports.roster_fields import guess
from retention.imports.roster_private import Cleaned, clean

MAX_BYTES = 10 * MEGABYTE
MAX_UNPACKED = 64 * MEGABYTE
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELL = 500
# One long text, named by every cell, unpacks to little and reads as gigabytes.
MAX_TEXT = 16 * MEGABYTE
# A title, a date and a blank line may stand above the header.
HEADER_WITHIN = 20
# A single known word may stand in any row: a nurse called Reference, a post called GP.
KNOWN_IN_HEADER = 2
SHEETS_LOOKED_AT = 10

Line = tuple[int, Sequence[str]]
_TOO_MUCH = (
    "The workbook holds far more text than a roster would. Copy the columns about posts into a new "
    "workbook, and upload that."
)
_DAMAGED = "The workbook is damaged or only partly saved. Open it, save it again and upload that."
# All that openpyxl lets through from a workbook that is none.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, IndexError, TypeError,
    AttributeError, RuntimeError, struct.error, ParseError,
)  # fmt: skip


def read_spreadsheet(data: bytes) -> Cleaned:
    """Return header and rows of an uploaded spreadsheet, without what is never kept.

    Rows without a filled cell are left out; line numbers are the file's own, from 1. Raises
    UnreadableFileError with a sentence for the person who chose the file.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFileError(
            f"The file is {len(data) / MEGABYTE:,.0f} MB; the most is {MAX_BYTES // MEGABYTE} MB."
        )
    lines = _workbook_lines(data) if data.startswith(ZIP_STARTS) else _text_lines(data)
    header, rows = _split(lines)
    width = len(header)
    padded = [
        (line, tuple(_cell(cell) for cell in [*cells, *[""] * width][:width]))
        for line, cells in rows
    ]
    return clean(header, padded)


def _cell(text: str) -> str:
    # Most cells are plain, and there are hundreds of thousands of them.
    if not text or (text.isalnum() and len(text) <= MAX_CELL):
        return text
    # PostgreSQL keeps no NUL; the apostrophe is what our own download puts before a formula.
    text = text.replace("\x00", "")
    if text[0:1] == "'" and text[1:2] in ("=", "+", "-", "@"):
        text = text[1:]
    return " ".join(text.split())[:MAX_CELL]


def _split(lines: list[Line]) -> tuple[list[str], list[Line]]:
    """Find the header: the first line, unless more columns are known in one just below it."""
    if not lines:
        raise UnreadableFileError("The file is empty. Upload the file with your staff in it.")
    first = lines[:HEADER_WITHIN]
    known = [len(guess(cells)) for _, cells in first]
    place = max(range(len(first)), key=lambda at: (known[at], -at))
    if known[place] < KNOWN_IN_HEADER:
        place = 0
    return _header(lines[place][1]), _below(lines[place + 1 :])


def _header(cells: Sequence[str]) -> list[str]:
    """Return the column names; empty ones at the end are a spreadsheet's leavings."""
    header = _without_end([_cell(cell) for cell in cells])
    if len(header) > MAX_COLUMNS:
        raise UnreadableFileError(
            f"The header has {len(header):,} columns; the most is {MAX_COLUMNS}. "
            "Delete those that are not about posts, then upload it again."
        )
    if len(header) < 2:
        raise UnreadableFileError(
            "Only one column was found. Upload a spreadsheet with a column for the name, one for "
            "the role, and so on."
        )
    return header


def _below(rows: list[Line]) -> list[Line]:
    if not rows:
        raise UnreadableFileError("The file has a header and no rows. Fill in your staff first.")
    if len(rows) > MAX_ROWS:
        raise UnreadableFileError(f"The file has {len(rows):,} rows; the most is {MAX_ROWS:,}.")
    return rows


def _text_lines(data: bytes) -> list[Line]:
    file = text_file(data)
    with file.lines() as stream:
        text = stream.read()
    first = next((line for line in text.splitlines() if line.strip()), "")
    # Spreadsheet programs write semicolons wherever a comma is the decimal point.
    mark = max(",;\t|", key=first.count)
    stream = io.StringIO(text, newline="")
    remedy = "Mend that line, then upload it again."
    return list(csv_records(stream, remedy=remedy, delimiter=mark))


def _workbook_lines(data: bytes) -> list[Line]:
    """Return the lines of the sheet that looks most like a roster."""
    from openpyxl import load_workbook  # not needed before somebody uploads a workbook

    _refuse_hostile(data)
    try:
        with warnings.catch_warnings():
            # It warns of charts and rules that it does not read.
            warnings.simplefilter("ignore")
            book = load_workbook(_repacked(data), read_only=True, data_only=True)
            sheets = [
                list(_sheet_lines(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1)))
                for sheet in book.worksheets[:SHEETS_LOOKED_AT]
            ]
            book.close()
    except _BROKEN as error:
        raise UnreadableFileError(_DAMAGED) from error
    return max(sheets, key=_known_columns, default=[])


def _known_columns(lines: list[Line]) -> int:
    return max((len(guess(cells)) for _, cells in lines[:HEADER_WITHIN]), default=0)


def _sheet_lines(rows: Iterable[tuple[object, ...]]) -> Iterator[Line]:
    found = empty = length = 0
    for number, values in enumerate(rows, start=1):
        length += sum(len(value) for value in values if isinstance(value, str))
        if length > MAX_TEXT:
            raise UnreadableFileError(_TOO_MUCH)
        cells = _without_end([_text(value) for value in values])
        empty += 1
        if cells:
            found, empty = found + 1, 0
            yield number, cells
        # A sheet can claim a million rows after its last; but rows far apart are all rows of it.
        if found > MAX_ROWS + HEADER_WITHIN or empty > MAX_ROWS:
            return


def _without_end(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(value: object) -> str:
    """Write a workbook's value as a person would type it."""
    match value:
        case None:
            return ""
        case dt.datetime():
            return value.date().isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).strip()


def _repacked(data: bytes) -> io.BytesIO:
    """Return a workbook with no part larger than its directory declares.

    openpyxl reads parts whole, and a part whose declared size lies would fill the memory.
    """
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(found, "w") as new:
        for part in old.infolist():
            new.writestr(part.filename, unpacked(old, part))
    return found


def _refuse_hostile(data: bytes) -> None:
    """Refuse by its directory a zip that is no workbook, or one packed to do harm."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except _BROKEN as error:
        raise UnreadableFileError(_DAMAGED) from error
    if not {part.compress_type for part in parts} <= PACKED_AS:
        raise UnreadableFileError(_DAMAGED)
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise UnreadableFileError(
            "This is a zip, and not an Excel workbook (.xlsx). Unpack it, and upload what is in it."
        )
    if _is_packed_to_harm(parts):
        raise UnreadableFileError(
            "The workbook unpacks to far more than a roster would, so it was not opened. Copy the "
            "rows into a new workbook, and upload that."
        )


def _is_packed_to_harm(parts: Sequence[zipfile.ZipInfo]) -> bool:
    too_packed = any(
        part.file_size > max(RATIO_COUNTS_FROM, part.compress_size * MAX_RATIO) for part in parts
    )
    unpacked_size = sum(part.file_size for part in parts)
    return too_packed or len(parts) > MAX_MEMBERS * 4 or unpacked_size > MAX_UNPACKED
