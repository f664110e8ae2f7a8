"""The cells of one sheet as text, row by row."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from retention.imports.files import UnreadableFileError
from retention.imports.workbook_shared import SharedParts, refuse_long
from retention.imports.workbook_xml import DAMAGED, Attributes

MAX_COLUMNS = 5_000
# A sheet formatted to its last row stores a million rows of nothing.
MAX_EMPTY_ROWS = 20_000
# The last row of a sheet in any spreadsheet program.
LAST_ROW = 1_048_576
CELL = re.compile("([A-Z]{1,3})([0-9]{1,7})")


class SheetParser:
    """Takes the XML of a sheet apart; `take` hands over the rows that are whole by then."""

    def __init__(self, sheet: str, book: SharedParts) -> None:
        self._sheet = sheet
        self._book = book
        self._done: list[tuple[int, list[str]]] = []
        self._row: list[str] = []
        self._line = self._empty = 0
        self._cell: Attributes = {}
        self._column = 0
        self._parts: list[str] = []
        self._reads = False
        self._has_formula = False

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
        if not self._line < int(number) <= LAST_ROW:
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
        # Programs write cells from left to right. A cell twice would make two readers differ.
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
        refuse_long(text)
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
