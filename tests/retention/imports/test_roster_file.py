"""Any spreadsheet is opened, or refused with a sentence."""

import csv
import datetime as dt
import io
import random
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from retention.imports import roster_file
from retention.imports.files import MEGABYTE, UnreadableFileError
from retention.imports.roster_file import MAX_BYTES, read_spreadsheet
from tests.factories.rosters import csv_of
from tests.factories.workbooks import pack, rows_xml, workbook_parts

HEADER = ["Name", "Job title", "Sessions"]
ROWS = [["Ann Äble", "GP partner", "6"], ["Bob, junior", "Salaried GP", "4"]]


def workbook(*sheets: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for number, lines in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {number}")
        for line in lines:
            sheet.append(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cells(data: bytes) -> list[tuple[str, ...]]:
    return [cells for _, cells in read_spreadsheet(data).rows]


def test_csv_and_workbook_give_the_same() -> None:
    expected = read_spreadsheet(csv_of([HEADER, *ROWS]))
    found = read_spreadsheet(workbook([HEADER, *ROWS]))
    assert found == expected
    assert expected.headers == tuple(HEADER)
    assert expected.rows[1] == (3, tuple(ROWS[1]))


def test_numbers_and_dates_of_a_workbook_read_as_typed() -> None:
    data = workbook([["Name", "Sessions", "Start date"], ["Ann", 6.0, dt.date(2026, 4, 1)]])
    assert cells(data) == [("Ann", "6", "2026-04-01")]


def test_titles_above_the_header_and_other_sheets_are_passed_over() -> None:
    data = workbook([["Read me"], ["first"]], [["Staff list"], [], HEADER, ROWS[0]])
    assert read_spreadsheet(data).headers == tuple(HEADER)
    assert read_spreadsheet(data).rows == ((4, tuple(ROWS[0])),)


@settings(max_examples=40)
@given(
    order=st.permutations(range(3)),
    mark=st.sampled_from(",;\t|"),
    ends=st.sampled_from(["\n", "\r\n"]),
    coding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    upper=st.booleans(),
)
def test_order_separator_quotes_line_ends_and_encoding_make_no_difference(
    order: list[int], mark: str, ends: str, coding: str, quoting: int, upper: bool
) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=mark, lineterminator=ends, quoting=quoting)  # type: ignore[arg-type]  # one of the two
    header = [name.upper() if upper else name for name in HEADER]
    writer.writerows([[row[place] for place in order] for row in [header, *ROWS]])
    found = read_spreadsheet(file.getvalue().encode(coding))
    back = sorted(range(3), key=lambda place: order[place])
    assert [[row[place] for place in back] for _, row in found.rows] == ROWS


def test_short_and_long_rows_fit_the_header() -> None:
    assert cells(b"Name,Job title,Sessions\nAnn\nBob,GP,4,more,still more\n") == [
        ("Ann", "", ""), ("Bob", "GP", "4"),
    ]  # fmt: skip


def test_our_own_apostrophe_before_a_formula_is_taken_off() -> None:
    assert cells(b"Name,Role\n'=1+1,'-x\n") == [("=1+1", "-x")]


def _zip(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


BROKEN = {
    "empty": (b"", "empty"),
    "blank lines": (b"\n\n\n", "empty"),
    "picture": (b"\x89PNG\r\n\x1a\n0000", "picture"),
    "jpeg": (b"\xff\xd8\xff\xe0", "picture"),
    "pdf": (b"%PDF-1.7", "PDF"),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1", "older Excel"),
    "gzip": (b"\x1f\x8b\x08", "gzip"),
    "web page": (b"<!doctype html><table>", "web page"),
    "utf-16": ("Name,Role\nA,B\n".encode("utf-16"), "UTF-16"),
    "nul bytes": (b"Name,Role\nA\x00,B\n", "not a text file"),
    "mixed encodings": (b"Name,Role\n\xc3\xa9,GP\n\xe9,GP\n", "another encoding"),
    "open quote": (b'Name,Role\n"Ann,GP\nBob,GP\n', "quotation mark"),
    "header alone": (b"Name,Role\n", "no rows"),
    "one column": (b"Name\nAnn\n", "Only one column"),
    "too many columns": (csv_of([[f"c{n}" for n in range(300)], ["x"] * 300]), "300 columns"),
    "too many rows": (csv_of([["Name", "Role"], *[["A", "GP"]] * 20_001]), "20,001 rows"),
    "too large": (b"Name,Role\n" + b"A,GP\n" * (MAX_BYTES // 5), "the most is 10 MB"),
    "zip": (_zip("staff.csv", b"Name,Role\nA,GP\n"), "not an Excel workbook"),
    "word": (_zip("word/document.xml", b"<w/>"), "not an Excel workbook"),
    "broken book": (_zip("xl/workbook.xml", b"<not xml"), "damaged"),
    "empty book": (_zip("xl/workbook.xml", b"<workbook/>"), "damaged"),
    "bomb": (_zip("xl/workbook.xml", b" " * 30_000_000), "unpacks to far more"),
    "half a book": (workbook([HEADER, *ROWS])[:2000], "damaged"),
    "no zip": (b"PK\x03\x04 and nothing more", "damaged"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_gets_a_sentence(name: str) -> None:
    data, told = BROKEN[name]
    with pytest.raises(UnreadableFileError, match=told):
        read_spreadsheet(data)


def test_a_workbook_with_any_byte_changed_is_read_or_refused() -> None:
    """Never a traceback: what openpyxl cannot read is damaged, in words."""
    whole = workbook([HEADER, *ROWS])
    rng = random.Random(3)
    for _ in range(150):
        data = bytearray(whole)
        data[rng.randrange(4, len(data))] = rng.randrange(256)
        with suppress(UnreadableFileError):
            assert read_spreadsheet(bytes(data)).headers


def test_more_text_than_a_roster_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook can keep one long text once, and name it in every cell."""
    data = workbook([HEADER, *(["x" * 90, "GP partner", "6"] for _ in range(10))])
    assert len(cells(data)) == 10
    monkeypatch.setattr(roster_file, "MAX_TEXT", 1_000)
    with pytest.raises(UnreadableFileError, match="far more text"):
        read_spreadsheet(data)


def test_rows_far_apart_are_all_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is read whole or not at all, also where many rows between are empty."""
    monkeypatch.setattr(roster_file, "MAX_ROWS", 10)
    gaps = [line for row in ROWS * 3 for line in (*[[]] * 9, row)]
    assert len(cells(workbook([HEADER, *gaps]))) == 6


def test_a_sheet_of_empty_rows_ends_after_its_last_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster_file, "MAX_ROWS", 10)
    assert len(cells(workbook([HEADER, ROWS[0], *[[]] * 11, ROWS[1]]))) == 1


def lying(parts: Mapping[str, bytes], unpacks_to: int) -> bytes:
    """Return a workbook of which one part unpacks to more than its directory declares."""
    name, declared = "[Content_Types].xml", b"<Types/>"
    data = bytearray(pack({**parts, name: declared + b" " * unpacks_to}))
    entry = data.rindex(name.encode()) - 46
    struct.pack_into("<I", data, entry + 16, zlib.crc32(declared))
    struct.pack_into("<I", data, entry + 24, len(declared))
    return bytes(data)


def test_a_workbook_that_lies_about_its_size_fills_no_memory() -> None:
    data = lying(workbook_parts({"Staff": rows_xml([HEADER])}), 50 * MEGABYTE)
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableFileError):
            read_spreadsheet(data)
        assert tracemalloc.get_traced_memory()[1] < 20 * MEGABYTE
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_workbook_packed_without_a_limit_is_refused(method: int) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for path, content in workbook_parts({"Staff": rows_xml([HEADER, *ROWS])}).items():
            archive.writestr(path, content)
    with pytest.raises(UnreadableFileError, match="damaged"):
        read_spreadsheet(file.getvalue())


def test_a_zip_of_a_later_kind_is_refused() -> None:
    data = bytearray(workbook([HEADER, *ROWS]))
    struct.pack_into("<H", data, data.index(b"PK\x01\x02") + 6, 99)
    with pytest.raises(UnreadableFileError, match="damaged"):
        read_spreadsheet(bytes(data))
