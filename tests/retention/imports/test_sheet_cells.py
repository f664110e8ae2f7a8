"""Cells come out as text in their own columns, however the XML is cut into pieces."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.imports.files import UnreadableFileError
from retention.imports.sheet_cells import MAX_COLUMNS, MAX_EMPTY_ROWS, SheetParser
from retention.imports.workbook_shared import SharedParts

SHARED = SharedParts(b"", ("zero", "one"), frozenset({3}), counts_from_1904=False)


def parser(shared: SharedParts = SHARED) -> SheetParser:
    return SheetParser("Data", shared)


def cell(found: SheetParser, address: str, *pieces: str, **attributes: str) -> None:
    found.start("c", {"r": address, **attributes})
    found.start("v", {})
    for piece in pieces:
        found.text(piece)
    found.end("v")
    found.end("c")


def one(*pieces: str, shared: SharedParts = SHARED, **attributes: str) -> str:
    found = parser(shared)
    found.start("row", {"r": "1"})
    cell(found, "A1", *pieces, **attributes)
    found.end("row")
    ((_, cells),) = found.take() or [(1, [""])]
    return cells[0]


@pytest.mark.parametrize(
    ("serial", "day"),
    [
        # Excel has a 29 February 1900, day 60, which never was.
        ("1", "1900-01-01"),
        ("59", "1900-02-28"),
        ("61", "1900-03-01"),
        ("46204", "2026-07-01"),
        ("46204.375", "2026-07-01T09:00"),
        ("46204.99999999", "2026-07-02"),
    ],
)
def test_days_are_counted_as_excel_counts_them(serial: str, day: str) -> None:
    assert one(serial, s="3") == day


@given(st.dates(dt.date(1900, 3, 1), dt.date(9999, 12, 31)), st.booleans())
def test_every_day_is_read_in_either_count(day: dt.date, counts_from_1904: bool) -> None:
    first = dt.date(1904, 1, 1) if counts_from_1904 else dt.date(1899, 12, 30)
    if day < first:
        return
    shared = SharedParts(b"", (), frozenset({3}), counts_from_1904)
    assert one(str((day - first).days), shared=shared, s="3") == day.isoformat()


@given(st.lists(st.text(max_size=5), min_size=1, max_size=5))
def test_text_that_comes_in_pieces_is_one_text(pieces: list[str]) -> None:
    assert one(*pieces, t="str") == "".join(pieces)


@given(st.sets(st.integers(1, 60), min_size=1))
def test_cells_stand_in_their_columns_and_the_row_ends_with_the_last(places: set[int]) -> None:
    found = parser()
    found.start("row", {})
    for place in sorted(places):
        letters = (chr(64 + (place - 1) // 26) if place > 26 else "") + chr(65 + (place - 1) % 26)
        cell(found, f"{letters}1", str(place))
    found.end("row")
    assert found.take() == [
        (1, [str(place) if place in places else "" for place in range(1, max(places) + 1)])
    ]
    assert found.take() == []


def test_text_between_cells_is_none() -> None:
    found = parser()
    found.start("row", {})
    found.text("\n  ")
    cell(found, "A1", "7")
    found.end("row")
    assert found.take() == [(1, ["7"])]


@pytest.mark.parametrize(
    ("attributes", "text"),
    [({"t": "s"}, "2"), ({"t": "s"}, "x"), ({"s": "3"}, "soon"), ({"s": "x"}, "1")],
    ids=["no such text", "no number", "no day", "no style"],
)
def test_what_points_nowhere_is_damage(attributes: dict[str, Any], text: str) -> None:
    with pytest.raises(UnreadableFileError, match="damaged"):
        one(text, **attributes)


def test_the_last_column_that_is_read_and_the_first_that_is_not() -> None:
    # GJH is column 5,000.
    assert MAX_COLUMNS == 7 * 26**2 + 10 * 26 + 8
    found = parser()
    found.start("row", {})
    cell(found, "GJH1", "1")
    with pytest.raises(UnreadableFileError, match="more than 5,000 columns"):
        cell(found, "GJI1", "1")


def test_empty_rows_are_forgotten_until_there_are_too_many() -> None:
    found = parser()
    for _ in range(MAX_EMPTY_ROWS):
        found.start("row", {})
        found.end("row")
    assert found.take() == []
    found.start("row", {})
    with pytest.raises(UnreadableFileError, match="empty rows one after another"):
        found.end("row")
