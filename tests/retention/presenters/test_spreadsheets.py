import csv
import io
from collections.abc import Callable

import pytest
import time_machine
from openpyxl import load_workbook

from retention.presenters.roster_template import template_workbook
from retention.presenters.spreadsheets import Figure, Sheet, safe, sheets_csv, sheets_xlsx

SHEET = Sheet(
    "main",
    "=Main [figures] of everything: a long title that Excel would refuse",
    ["", '=HYPERLINK("x")'],
    [
        ["@SUM(A1)", Figure("1,234", 1234)],
        ["Fine", Figure("29%", 0.29, "0%")],
        ["Less", Figure("-5", -5)],
        ["Cut \x07 here", "Not known"],
    ],
    "-1+2 is a note",
)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@SUM(A1)", "\t=1", "\r=1", "-1+2"])
def test_no_text_runs_as_a_formula(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Oak", "5", "a=b"])
def test_plain_texts_stay(text: str) -> None:
    assert safe(text) == text


def test_csv_holds_the_tables_under_their_titles() -> None:
    text = sheets_csv([SHEET, SHEET])
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[0] == [f"'{SHEET.title}"]
    assert rows[1] == ["", '\'=HYPERLINK("x")']
    assert rows[2] == ["'@SUM(A1)", "1234"]
    assert rows[3] == ["Fine", "29%"]
    assert rows[4] == ["Less", "-5"]
    assert rows[6] == ["'-1+2 is a note"]
    assert rows[7] == []
    assert len(rows) == 16


def test_workbook_holds_numbers_as_numbers_and_no_formula() -> None:
    book = load_workbook(io.BytesIO(sheets_xlsx([SHEET, SHEET])))
    assert len(book.sheetnames) == 2
    assert all(len(name) <= 31 and "[" not in name for name in book.sheetnames)
    page = book[book.sheetnames[0]]
    cells = {cell.coordinate: cell for row in page.iter_rows() for cell in row}
    assert "f" not in {cell.data_type for cell in cells.values()}
    assert cells["A3"].value == "@SUM(A1)"
    assert (cells["B3"].value, cells["B3"].number_format) == (1234, "#,##0")
    assert (cells["B4"].value, cells["B4"].number_format) == (0.29, "0%")
    assert cells["A6"].value == "Cut   here"


def test_a_workbook_without_tables_opens() -> None:
    assert load_workbook(io.BytesIO(sheets_xlsx([]))).sheetnames == ["No figures"]


def test_page_and_download_say_the_same() -> None:
    assert SHEET.texts.rows[0] == ["@SUM(A1)", "1,234"]


@pytest.mark.parametrize("made", [lambda: sheets_xlsx([SHEET]), template_workbook])
def test_no_part_of_a_workbook_tells_when_it_was_made(made: Callable[[], bytes]) -> None:
    """Two files of the same figures would differ, whoever changed nothing in between."""
    with time_machine.travel("2026-01-01"):
        before = made()
    with time_machine.travel("2026-02-02"):
        assert made() == before
    assert load_workbook(io.BytesIO(before)).sheetnames
