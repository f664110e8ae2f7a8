"""An Excel workbook (.xlsx) as sheets of rows, read with the standard library alone.

A workbook is a zip of XML. Only what a table needs is read: texts, numbers, dates and the stored
results of formulas. Links to other files are never followed, a declared size is never believed, and
a document type (the way to make XML explode) is refused.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from xml.parsers import expat

from retention.imports.files import UnreadableFileError, check_declared, zip_problems

# Small, so that a hostile row of one far cell is unfolded a few hundred times at most at once.
CHUNK_BYTES = 16 * 1024
MAX_COLUMNS = 5_000
# A sheet formatted to its last row stores a million rows of nothing.
MAX_EMPTY_ROWS = 20_000
MAX_TEXTS = 1_000_000
MAX_TEXT_CHARS = 32 * 1024 * 1024
CONTENTS = "[Content_Types].xml"
BOOK = "xl/workbook.xml"
# Number formats that Excel itself shows as a date or a time.
DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
# What is left of a custom format without its quoted texts, colours and escapes.
NOT_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
CELL = re.compile("([A-Z]{1,3})([0-9]{1,7})")
DAMAGED = "The workbook is damaged or only partly downloaded. Download it again."

Attributes = Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """One sheet, read afresh each time that its rows are asked for.

    `member` is its name where a report has to name it: the file in the zip and the sheet.
    """

    name: str
    member: str
    path: str
    book: _Book = field(repr=False, compare=False)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield (row number as the program shows it, cells as text) for each row that has a cell.

        A row ends with its last filled cell. Dates are written 2026-07-01, with a time
        2026-07-01T09:30; whether a thing is true, TRUE or FALSE. Raises UnreadableFileError.
        """
        parser = _SheetParser(self.name, self.book)
        with zip_problems(), zipfile.ZipFile(io.BytesIO(self.book.data)) as archive:
            with archive.open(self.path) as stream:
                for _ in _parsed(stream.read, parser.start, parser.end, parser.text):
                    yield from parser.take()


@dataclass(frozen=True)
class _Book:
    """What the sheets of a workbook share."""

    data: bytes
    texts: tuple[str, ...]
    date_styles: frozenset[int]
    counts_from_1904: bool


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
        listed, counts_from_1904 = _listed_sheets(archive)
        book = _Book(
            data=data,
            texts=_texts(archive) if "xl/sharedStrings.xml" in names else (),
            date_styles=_date_styles(archive) if "xl/styles.xml" in names else frozenset(),
            counts_from_1904=counts_from_1904,
        )
    sheets = [
        Sheet(name, f"{member}: {name}" if member else name, path, book)
        for name, path in listed
        if path in names
    ]
    if not sheets:
        raise UnreadableFileError(DAMAGED)
    return sheets


def _parsed(
    read: Callable[[int], bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Feed XML to the handlers, pausing after each chunk; names come without their prefix."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, found: start(name.rpartition(":")[2], found)
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_document_type
    try:
        while chunk := read(CHUNK_BYTES):
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
        yield
    except expat.ExpatError as error:
        raise UnreadableFileError(DAMAGED) from error


def _refuse_document_type(*_: object) -> None:
    raise UnreadableFileError(
        "The workbook holds a document type, which no spreadsheet program writes. "
        "Download it again from the publisher."
    )


def _read_small(
    archive: zipfile.ZipFile, name: str, start: Callable[[str, Attributes], None]
) -> None:
    """Read a part of which only the elements' attributes matter."""
    with archive.open(name) as stream:
        for _ in _parsed(stream.read, start, lambda name: None):
            pass


def _listed_sheets(archive: zipfile.ZipFile) -> tuple[list[tuple[str, str]], bool]:
    """Return (name, path in the zip) of each sheet of cells, and whether days count from 1904."""
    paths: dict[str, str] = {}
    sheets: list[tuple[str, str]] = []
    settings: dict[str, str] = {}

    def relation(name: str, found: Attributes) -> None:
        is_inside = found.get("TargetMode") != "External"
        if name == "Relationship" and is_inside and found["Type"].endswith("/worksheet"):
            paths[found["Id"]] = posixpath.normpath(posixpath.join("/xl", found["Target"]))[1:]

    def sheet(name: str, found: Attributes) -> None:
        if name == "workbookPr":
            settings.update(found)
        if name == "sheet":
            link = next((found[key] for key in found if key.endswith(":id")), "")
            if link in paths:
                sheets.append((found.get("name", ""), paths[link]))

    try:
        _read_small(archive, "xl/_rels/workbook.xml.rels", relation)
        _read_small(archive, BOOK, sheet)
    except KeyError as error:
        raise UnreadableFileError(DAMAGED) from error
    return sheets, settings.get("date1904") in ("1", "true")


def _texts(archive: zipfile.ZipFile) -> tuple[str, ...]:
    """Return the texts that cells refer to by number."""
    found: list[str] = []
    parts: list[str] = []
    inside: list[str] = []
    size = 0

    def start(name: str, _: Attributes) -> None:
        inside.append(name)

    def text(value: str) -> None:
        # "rPh" spells an East Asian text out; it is no part of it.
        if inside and inside[-1] == "t" and "rPh" not in inside:
            parts.append(value)

    def end(name: str) -> None:
        nonlocal size
        inside.pop()
        if name == "si":
            found.append("".join(parts))
            size += len(found[-1])
            parts.clear()
        if len(found) > MAX_TEXTS or size > MAX_TEXT_CHARS:
            raise UnreadableFileError(
                "The workbook holds more text than any published one. "
                "Keep the sheet that is needed, or save it as CSV."
            )

    with archive.open("xl/sharedStrings.xml") as stream:
        for _ in _parsed(stream.read, start, end, text):
            pass
    return tuple(found)


def _date_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """Return the numbers of the cell styles that show a date."""
    formats = set(DATE_FORMATS)
    styles: list[int] = []
    in_cells = False

    def style(name: str, found: Attributes) -> None:
        nonlocal in_cells
        if name == "numFmt" and re.search("[dmyDMY]", NOT_FORMAT.sub("", found["formatCode"])):
            formats.add(int(found["numFmtId"]))
        elif name in ("cellXfs", "cellStyles"):
            in_cells = name == "cellXfs"
        elif name == "xf" and in_cells:
            styles.append(int(found.get("numFmtId", "0")))

    try:
        _read_small(archive, "xl/styles.xml", style)
    except (KeyError, ValueError) as error:
        raise UnreadableFileError(DAMAGED) from error
    return frozenset(number for number, used in enumerate(styles) if used in formats)


class _SheetParser:
    """Takes the XML of a sheet apart; `take` hands over the rows that are whole by then."""

    def __init__(self, sheet: str, book: _Book) -> None:
        self._sheet = sheet
        self._book = book
        self._done: list[tuple[int, list[str]]] = []
        self._row: list[str] = []
        self._line = self._empty = 0
        self._cell: Attributes = {}
        self._column = 0
        self._parts: list[str] = []
        self._reads = False
        self._in_formula = self._has_formula = False

    def take(self) -> list[tuple[int, list[str]]]:
        """Return the rows read since the last call."""
        done, self._done = self._done, []
        return done

    def start(self, name: str, found: Attributes) -> None:
        """Begin an element."""
        if name == "row":
            self._row = []
            self._line = self._row_number(found)
            self._column = 0
        elif name == "c":
            self._cell = found
            self._column = self._place(found)
            self._parts.clear()
            self._has_formula = False
        elif name in ("v", "t"):
            self._reads = True
        elif name == "f":
            self._has_formula = True

    def text(self, value: str) -> None:
        """Take text; between cells there is none that counts."""
        if self._reads:
            self._parts.append(value)

    def end(self, name: str) -> None:
        """End an element."""
        if name in ("v", "t"):
            self._reads = False
        elif name == "c":
            if value := self._value("".join(self._parts)):
                self._row.extend([""] * (self._column - 1 - len(self._row)))
                self._row.append(value)
        elif name == "row":
            self._end_row()

    def _end_row(self) -> None:
        self._empty = 0 if self._row else self._empty + 1
        if self._row:
            self._done.append((self._line, self._row))
        if self._empty > MAX_EMPTY_ROWS:
            raise UnreadableFileError(
                f"The sheet “{self._sheet}” has more than {MAX_EMPTY_ROWS:,} empty rows one after "
                "another. Delete them, or copy the table to a new sheet, save, and choose it again."
            )

    def _row_number(self, found: Attributes) -> int:
        number = found.get("r", "")
        if not number.isascii() or not number.isdigit():
            return self._line + 1
        if int(number) <= self._line:
            raise UnreadableFileError(DAMAGED)
        return int(number)

    def _place(self, found: Attributes) -> int:
        """Return the column of a cell, counted from 1; without an address it follows the last."""
        column = self._column + 1
        if at := CELL.fullmatch(found.get("r", "")):
            column = 0
            for letter in at[1]:
                column = column * 26 + ord(letter) - ord("A") + 1
        if column > MAX_COLUMNS:
            raise UnreadableFileError(
                f"The sheet “{self._sheet}” has more than {MAX_COLUMNS:,} columns. "
                "This is not a published workforce file."
            )
        if column <= len(self._row):
            raise UnreadableFileError(DAMAGED)
        return column

    def _value(self, text: str) -> str:
        kind = self._cell.get("t", "n")
        if not text:
            if self._has_formula and kind not in ("str", "inlineStr"):
                raise UnreadableFileError(
                    f"Cell {self._cell.get('r', '')} of the sheet “{self._sheet}” holds a formula "
                    "without its result. Open the workbook in a spreadsheet program, save it, and "
                    "choose it again."
                )
            return ""
        try:
            if kind == "s":
                return self._book.texts[int(text)]
            if kind == "b":
                return "FALSE" if text == "0" else "TRUE"
            if kind == "n" and int(self._cell.get("s", "0")) in self._book.date_styles:
                return _date_text(float(text), self._book.counts_from_1904)
        except (ValueError, IndexError, OverflowError) as error:
            raise UnreadableFileError(DAMAGED) from error
        return text


def _date_text(serial: float, counts_from_1904: bool) -> str:
    """Write a day number as a date; Excel thinks that 1900 had a 29 February (day 60)."""
    first = datetime(1904, 1, 1) if counts_from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001  (a day on paper, no moment)
    if serial < 60 and not counts_from_1904:
        first += timedelta(days=1)
    day = first + timedelta(seconds=round(serial * 86_400))
    if day.time() == day.min.time():
        return day.date().isoformat()
    return day.isoformat(timespec="minutes")
