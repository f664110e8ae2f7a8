"""Tables as they leave the page: CSV and Excel with the very figures that are on screen."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retention.presenters.outlook import Table

# A spreadsheet runs a cell that starts so as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Excel takes none of these in the name of a sheet, and 31 characters.
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_NAME_LENGTH = 31
# Control characters that a workbook cannot hold.
_NOT_IN_A_CELL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SAVED_AT = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_WIDEST = 48
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True)
class Figure:
    """A number as a page prints it (`text`), and as a spreadsheet takes it (`value`).

    `value` is rounded as the text is, so that no download tells more than the page.
    """

    text: str
    value: float
    number_format: str = "#,##0"


Cell = str | Figure


@dataclass(frozen=True)
class Sheet:
    """A table with its title; `note` says how to read it."""

    id: str
    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""

    @property
    def texts(self) -> Table:
        """The table as templates/nhs/table.html takes it."""
        return Table(list(self.headers), [[text_of(cell) for cell in row] for row in self.rows])


def text_of(cell: Cell) -> str:
    """Return a cell as the page prints it."""
    return cell.text if isinstance(cell, Figure) else cell


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV that Excel opens as UTF-8, with no cell that runs as a formula."""
    return _written([safe(cell) for cell in row] for row in rows)


def safe(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def sheets_csv(sheets: Iterable[Sheet]) -> str:
    """Return tables below each other, each under its title and above its note."""
    rows: list[Sequence[Cell]] = []
    for sheet in sheets:
        rows += [[sheet.title], sheet.headers, *sheet.rows]
        rows += [[sheet.note]] if sheet.note else []
        rows.append([])
    return _written([_plain(cell) for cell in row] for row in rows)


def _written(rows: Iterable[Sequence[str]]) -> str:
    file = io.StringIO()
    # Excel takes a file without this mark for one of its own old code page.
    file.write("\ufeff")
    csv.writer(file).writerows(rows)
    return file.getvalue()


def sheets_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """Return a workbook with a sheet for each table; figures are numbers, texts never formulas."""
    from openpyxl import Workbook  # not needed before somebody asks for it

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        # A number in front keeps two titles apart that are alike once cut.
        number = len(book.sheetnames) + 1
        title = f"{number} {_NOT_IN_A_NAME.sub(' ', sheet.title)}"[:_NAME_LENGTH]
        _fill(book.create_sheet(title), sheet)
    if not book.sheetnames:
        # A workbook must have one.
        book.create_sheet("No figures")
    return workbook_bytes(book)


def workbook_bytes(book: "object") -> bytes:
    """Return an openpyxl workbook as a file without the clock: the same cells, the same bytes."""
    file, packed = io.BytesIO(), io.BytesIO()
    book.save(file)  # type: ignore[attr-defined]  # no types
    with zipfile.ZipFile(file) as parts, zipfile.ZipFile(packed, "w") as again:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name)
            part.compress_type = zipfile.ZIP_DEFLATED
            # openpyxl writes the time of saving there, whatever the book says.
            again.writestr(part, _SAVED_AT.sub(b"", parts.read(name)))
    return packed.getvalue()


def _fill(page: "object", sheet: Sheet) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    lines: list[Sequence[Cell]] = [[sheet.title], sheet.headers, *sheet.rows]
    lines += [[sheet.note]] if sheet.note else []
    for row, line in enumerate(lines, start=1):
        for column, cell in enumerate(line, start=1):
            made = page.cell(row=row, column=column)  # type: ignore[attr-defined]  # no types
            if isinstance(cell, Figure):
                made.value, made.number_format = cell.value, cell.number_format
            else:
                made.value = _NOT_IN_A_CELL.sub(" ", cell)
                # As text, whatever it starts with.
                made.data_type = "s"
            if row <= 2:
                made.font = Font(bold=True)
    for column, header in enumerate(sheet.headers, start=1):
        cells = [text_of(row[column - 1]) for row in sheet.rows]
        width = min(_WIDEST, max(map(len, [header, *cells])) + 2)
        page.column_dimensions[get_column_letter(column)].width = width  # type: ignore[attr-defined]  # no types
    page.freeze_panes = "B3"  # type: ignore[attr-defined]  # no types


def _plain(cell: Cell) -> str:
    # A number of ours keeps its sign; thousands separators would make a text of it.
    return cell.text.replace(",", "") if isinstance(cell, Figure) else safe(cell)
