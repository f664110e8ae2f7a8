"""A workbook is read sheet by sheet as texts, within limits, or refused with a sentence."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from retention.imports import workbook_shared
from retention.imports.files import UnreadableFileError
from retention.imports.recognise import read_file
from retention.imports.workbook import is_workbook, open_workbook
from tests.factories.workbooks import (
    MAIN,
    cell_xml,
    column_letters,
    pack,
    rows_xml,
    workbook_bytes,
    workbook_parts,
)
from tests.retention.imports.published_files import MAP_ROW, map_rows, zip_bytes


def rows_of(xml: str, **parts: bytes) -> list[tuple[int, list[str]]]:
    """Return the rows of a workbook with one sheet of this XML."""
    made = workbook_parts({"Data": xml}, shared=("first", "second"))
    (sheet,) = open_workbook(pack({**made, **parts}))
    return list(sheet.rows())


def test_sheets_come_in_their_order_with_their_rows() -> None:
    sheets = open_workbook(workbook_bytes({"Notes": [["a note"]], "R&D": [["x", "", "z"], ["1"]]}))
    assert [(sheet.name, sheet.member) for sheet in sheets] == [("Notes", "Notes"), ("R&D", "R&D")]
    assert list(sheets[1].rows()) == [(1, ["x", "", "z"]), (2, ["1"])]
    assert list(sheets[1].rows()) == list(sheets[1].rows())


def test_a_sheet_in_a_zip_is_named_with_its_file() -> None:
    (sheet,) = open_workbook(workbook_bytes({"Data": [["x"]]}), "tables.xlsx")
    assert sheet.member == "tables.xlsx: Data"


CELLS = {
    "number": ('<c r="A1"><v>0.25</v></c>', "0.25"),
    "shared text": ('<c r="A1" t="s"><v>1</v></c>', "second"),
    "text of its own": (cell_xml("A1", "a < b"), "a < b"),
    "text in parts": (
        '<c r="A1" t="inlineStr"><is><r><t>two </t></r><r><t>parts</t></r></is></c>',
        "two parts",
    ),
    "true": ('<c r="A1" t="b"><v>1</v></c>', "TRUE"),
    "false": ('<c r="A1" t="b"><v>0</v></c>', "FALSE"),
    "date": ('<c r="A1" s="1"><v>46204</v></c>', "2026-07-01"),
    "date in an own format": ('<c r="A1" s="2"><v>46204</v></c>', "2026-07-01"),
    "time": ('<c r="A1" s="1"><v>46204.395833333336</v></c>', "2026-07-01T09:30"),
    "day before Excel's false leap day": ('<c r="A1" s="1"><v>59</v></c>', "1900-02-28"),
    "number with a unit that has a d": ('<c r="A1" s="3"><v>46204</v></c>', "46204"),
    "result of a formula": ('<c r="A1"><f>1+1</f><v>2</v></c>', "2"),
    "text of a formula": ('<c r="A1" t="str"><f>"a"</f><v>a</v></c>', "a"),
    "error": ('<c r="A1" t="e"><v>#REF!</v></c>', "#REF!"),
    "without an address": ("<c><v>7</v></c>", "7"),
}


@pytest.mark.parametrize(("xml", "text"), CELLS.values(), ids=CELLS.keys())
def test_each_kind_of_cell_as_text(xml: str, text: str) -> None:
    assert rows_of(f"<row>{xml}</row>") == [(1, [text])]


def test_days_counted_from_1904() -> None:
    book = workbook_parts({"Data": '<row r="1"><c r="A1" s="1"><v>0</v></c></row>'})
    main = book["xl/workbook.xml"].replace(b"<sheets>", b'<workbookPr date1904="1"/><sheets>')
    (sheet,) = open_workbook(pack({**book, "xl/workbook.xml": main}))
    assert list(sheet.rows()) == [(1, ["1904-01-01"])]


def test_texts_spelled_out_for_reading_aloud_are_left_out() -> None:
    book = workbook_parts({"Data": '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'})
    texts = f'<sst xmlns="{MAIN}"><si><t>name</t><rPh><t>sound</t></rPh></si></sst>'
    (sheet,) = open_workbook(pack({**book, "xl/sharedStrings.xml": texts.encode()}))
    assert list(sheet.rows()) == [(1, ["name"])]


def test_prefixed_names_are_read_too() -> None:
    book = workbook_parts({"Data": ""})
    row = '<x:row r="3"><x:c r="B3"><x:v>5</x:v></x:c></x:row>'
    xml = f'<x:worksheet xmlns:x="{MAIN}">{row}</x:worksheet>'
    (sheet,) = open_workbook(pack({**book, "xl/worksheets/sheet1.xml": xml.encode()}))
    assert list(sheet.rows()) == [(3, ["", "5"])]


def test_an_empty_row_is_none_and_a_declared_size_is_not_believed() -> None:
    xml = '<row r="1"/><row r="2"><c r="A2" s="1"/></row><row r="4"><c r="A4"><v>1</v></c></row>'
    made = workbook_parts({"Data": xml}, before='<dimension ref="A1:XFD1048576"/>')
    (sheet,) = open_workbook(pack(made))
    assert list(sheet.rows()) == [(4, ["1"])]


BROKEN: Mapping[str, tuple[str, str]] = {
    "formula without a result": ('<row><c r="C5"><f>1+1</f></c></row>', "Cell C5 of the sheet “Da"),
    "column too far": ('<row><c r="XFD1"><v>1</v></c></row>', "more than 5,000 columns"),
    "text that is not there": ('<row><c r="A1" t="s"><v>9</v></c></row>', "damaged"),
    "cell twice": ('<row><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "damaged"),
    "rows out of order": ('<row r="2"/><row r="1"/>', "damaged"),
    "date beyond the calendar": ('<row><c r="A1" s="1"><v>1e300</v></c></row>', "damaged"),
    "XML cut short": ("<row><c>", "damaged"),
}


@pytest.mark.parametrize(("xml", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_sheet_is_refused(xml: str, message: str) -> None:
    with pytest.raises(UnreadableFileError, match=message):
        rows_of(xml)


def test_a_document_type_is_refused_before_it_explodes() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    with pytest.raises(UnreadableFileError, match="document type"):
        rows_of("", **{"xl/worksheets/sheet1.xml": bomb})


@pytest.mark.parametrize("missing", ["xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"])
def test_a_workbook_without_a_part_it_needs_is_damaged(missing: str) -> None:
    made = workbook_parts({"Data": ""})
    del made[missing]
    with pytest.raises(UnreadableFileError, match="damaged"):
        open_workbook(pack(made))


def test_a_sheet_outside_the_workbook_is_not_fetched() -> None:
    made = workbook_parts({"Data": ""})
    outside = made["xl/_rels/workbook.xml.rels"].replace(
        b'Target="', b'TargetMode="External" Target="http://example.invalid/'
    )
    with pytest.raises(UnreadableFileError, match="damaged"):
        open_workbook(pack({**made, "xl/_rels/workbook.xml.rels": outside}))


def test_more_text_than_any_published_workbook_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    made = pack(workbook_parts({"Data": ""}, shared=("four", "five")))
    assert open_workbook(made)
    monkeypatch.setattr(workbook_shared, "MAX_TEXT_CHARS", 7)
    with pytest.raises(UnreadableFileError, match="more text than any"):
        open_workbook(made)
    monkeypatch.setattr(workbook_shared, "MAX_TEXT_CHARS", 8)
    monkeypatch.setattr(workbook_shared, "MAX_TEXTS", 1)
    with pytest.raises(UnreadableFileError, match="more text than any"):
        open_workbook(made)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut", b"code,name", zip_bytes({"a": b"b"})])
def test_what_is_no_workbook(data: bytes) -> None:
    assert not is_workbook(data)


def test_columns_are_lettered_as_in_the_program() -> None:
    assert [column_letters(n) for n in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
    xml = "".join(cell_xml(f"{column_letters(n)}1", str(n)) for n in range(1, 800))
    assert rows_of(f"<row>{xml}</row>") == [(1, [str(n) for n in range(1, 800)])]


def test_a_published_table_saved_as_a_workbook_is_read_like_its_csv() -> None:
    rows = map_rows({"PCN_CODE": "U", "PCN_NAME": "None"}, {"SUPPLIER_NAME": ""})
    sheets = {"Map": [list(MAP_ROW), *(list(row.values()) for row in rows)], "Notes": [["a", "b"]]}
    for data in (workbook_bytes(sheets), zip_bytes({"map.xlsx": workbook_bytes(sheets)})):
        (result,) = read_file(data)
        assert (len(result.rows), result.rejected) == (2, [])
        assert [row.line for row in result.rows] == [2, 3]
        assert "Notes” was not read. It is no supported file." in result.warnings[0]


def test_a_workbook_of_something_else_says_what_is_supported() -> None:
    with pytest.raises(UnreadableFileError, match="Its first columns are: day, shift"):
        read_file(workbook_bytes({"Rota": [["Day", "Shift"], ["Monday", "am"]]}))
    with pytest.raises(UnreadableFileError, match="The file is empty"):
        read_file(workbook_bytes({"Nothing": []}))


def test_rows_xml_leaves_empty_cells_out() -> None:
    assert rows_xml([["", "b"]]).count("<c ") == 1


def test_the_real_workbooks_open_whole(real_data: Path) -> None:
    networks = open_workbook((real_data / "ods-epcn-2024.xlsx").read_bytes())
    assert {sheet.name: sum(1 for _ in sheet.rows()) for sheet in networks} == {
        "PCNDetails": 1367,
        "PCN Core Partner Details": 7706,
    }
    bulletin = open_workbook((real_data / "gpw-bulletin-2025-10.xlsx").read_bytes())
    assert len(bulletin) == 16
    table = next(sheet for sheet in bulletin if sheet.name == "2b")
    by_line = dict(table.rows())
    assert by_line[1][0].startswith("Table 2b: General Medical Practice staff: headcount by age")
    assert max(len(cells) for cells in by_line.values()) >= 74
