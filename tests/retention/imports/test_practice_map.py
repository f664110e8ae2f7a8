"""The practice map: rows as printed, and a reason for each that cannot be used."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.imports import practice_map
from retention.imports.files import UnreadableFileError
from retention.imports.practice_map import PracticeMapRow
from retention.imports.recognise import read_file
from retention.imports.results import ReadResult
from tests.retention.imports.published_files import MAP_ROW, csv_bytes, map_rows, table


def read(*changes: Mapping[str, str], month: date | None = None) -> ReadResult[PracticeMapRow]:
    """Read a map of practices Z90001, Z90002 ... with these changes."""
    return practice_map.read(table(csv_bytes(map_rows(*changes))), month)


def test_a_row_holds_the_practice_and_its_places() -> None:
    result = read({})
    assert result.rows == [
        PracticeMapRow(
            line=2,
            practice_code="Z90001",
            practice_name="WILLOW LANE SURGERY",
            postcode="ZZ1 1AA",
            pcn_code="U90001",
            pcn_name="WILLOW PCN",
            sub_icb_code="99Z",
            sub_icb_name="NHS Willowshire ICB - 99Z",
            icb_code="QZZ",
            icb_name="NHS Willowshire Integrated Care Board",
            region_code="Y99",
            region_name="Midshires",
            month=date(2026, 7, 1),
        )
    ]
    assert (result.format, result.row_count, result.rejected) == ("practice_map", 1, [])
    assert (result.warnings, result.unknown_columns) == ([], ())


def test_unallocated_makes_no_network() -> None:
    (row,) = read({"PCN_CODE": "U", "PCN_NAME": "Unallocated"}).rows
    assert (row.pcn_code, row.pcn_name) == (None, None)


def test_codes_are_read_in_any_case_and_names_without_line_breaks() -> None:
    (row,) = read({"PRACTICE_CODE": " z90001", "PRACTICE_NAME": "OLD\r\nMILL"}).rows
    assert (row.practice_code, row.practice_name) == ("Z90001", "OLD MILL")


REJECTED = {
    "practice code": ({"PRACTICE_CODE": "Z9"}, "The practice code “Z9” is not valid"),
    "no practice code": ({"PRACTICE_CODE": ""}, "The practice code is missing"),
    "no name": ({"PRACTICE_NAME": " "}, "The practice name is missing"),
    "formula": ({"PRACTICE_NAME": "=1+1"}, "like a formula"),
    "postcode": ({"PRACTICE_POSTCODE": "NOWHERE"}, "The postcode “NOWHERE” is not valid"),
    "network": ({"PCN_CODE": "P123"}, "The network (PCN) code “P123” is not valid"),
    "no network": ({"PCN_CODE": ""}, "U alone for a practice in no network"),
    "sub-ICB": ({"SUB_ICB_LOCATION_CODE": "1234"}, "The sub-ICB code “1234” is not valid"),
    "ICB": ({"ICB_CODE": "Q"}, "The ICB code “Q” is not valid"),
    "region": ({"COMM_REGION_CODE": "999"}, "The region code “999” is not valid"),
    "date": ({"EXTRACT_DATE": "soon"}, "The extract date is missing or not a date"),
    "practice twice": ({"PRACTICE_CODE": "Z90001"}, "Practice Z90001 is already on line 2"),
    "other date": ({"EXTRACT_DATE": "01Aug2026"}, "The extract date differs from line 2"),
    "network's name": ({"PCN_NAME": "OAK PCN"}, "Network U90001 has the name “OAK PCN” here"),
    "ICB's name": ({"ICB_NAME": "NHS Oak"}, "and “NHS Willowshire Integrated Care Board” on"),
    "sub-ICB in two ICBs": ({"ICB_CODE": "QYY"}, "Sub-ICB 99Z has the ICB “QYY” here and “QZZ”"),
    "ICB in two regions": (
        {"SUB_ICB_LOCATION_CODE": "98Z", "COMM_REGION_CODE": "Y98"},
        "ICB QZZ has the region “Y98” here and “Y99” on line 2",
    ),
}


@pytest.mark.parametrize(("change", "reason"), REJECTED.values(), ids=REJECTED.keys())
def test_a_wrong_row_is_rejected_with_its_line_and_reason(
    change: Mapping[str, str], reason: str
) -> None:
    result = read({}, change, {})
    assert [(problem.line, reason in problem.reason) for problem in result.rejected] == [(3, True)]
    assert [row.line for row in result.rows] == [2, 4]
    assert result.row_count == 3


def test_all_that_is_wrong_with_a_row_is_said_at_once() -> None:
    (problem,) = read({"ICB_CODE": "Q", "PRACTICE_NAME": ""}).rejected
    assert "ICB code" in problem.reason
    assert "practice name is missing" in problem.reason


def test_a_rejected_row_is_no_measure_for_later_ones() -> None:
    result = read({"PCN_NAME": "OAK PCN", "ICB_CODE": "Q"}, {}, {})
    assert [row.practice_code for row in result.rows] == ["Z90002", "Z90003"]


def test_lines_stay_honest_after_a_line_break_inside_quotes() -> None:
    result = read({"PRACTICE_NAME": "OLD\r\nMILL"}, {"ICB_CODE": "Q"})
    assert [problem.line for problem in result.rejected] == [4]


def test_a_row_of_another_width_is_rejected() -> None:
    data = csv_bytes(map_rows({}, {})).replace(b",Unknown\r\n", b"\r\n", 1)
    result = practice_map.read(table(data))
    assert "has 16 cells and the header 17 columns" in result.rejected[0].reason
    assert len(result.rows) == 1


def test_a_month_that_the_file_is_not_for_is_refused() -> None:
    assert read({}, month=date(2026, 7, 1)).rejected == []
    (problem,) = read({}, month=date(2026, 6, 1)).rejected
    assert problem.reason == "The file is for July 2026, not for June 2026 as you gave."


def test_a_missing_column_is_named() -> None:
    columns = [name for name in MAP_ROW if name != "PRACTICE_POSTCODE"]
    with pytest.raises(UnreadableFileError, match="Columns are missing: PRACTICE_POSTCODE"):
        practice_map.read(table(csv_bytes(map_rows({}), columns)))


def test_an_unknown_column_is_a_warning() -> None:
    result = read({"OPENED": "1974"})
    assert result.unknown_columns == ("opened",)
    assert result.warnings == ["1 column is unknown and not read: opened."]


@given(
    columns=st.permutations(list(MAP_ROW)),
    upper=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "latin-1"]),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    quote_all=st.booleans(),
)
def test_the_same_rows_however_the_file_is_written(
    columns: list[str], upper: bool, encoding: str, line_end: str, quote_all: bool
) -> None:
    rows = map_rows({"PRACTICE_NAME": 'André, "The Mill"'}, {"PCN_CODE": "U", "PCN_NAME": "None"})
    data = csv_bytes(rows, columns, encoding=encoding, line_end=line_end, quote_all=quote_all)
    header, rest = data.split(line_end.encode(), 1)
    header = header if upper else header.lower()
    result = practice_map.read(table(header + line_end.encode() + rest))
    assert result == practice_map.read(table(csv_bytes(rows)))
    assert len(result.rows) == 2


def test_the_real_map_is_read_whole(real_data: Path) -> None:
    (result,) = read_file(real_data / "gp-reg-pat-prac-map-2026-07.zip")
    rows = result.rows
    assert (len(rows), result.rejected, result.warnings) == (6139, [], [])
    assert result.member == "gp-reg-pat-prac-map.csv"
    assert len({row.icb_code for row in rows}) == 36
    assert len({row.sub_icb_code for row in rows}) == 106
    assert len({row.region_code for row in rows}) == 7
    assert sum(row.pcn_code is None for row in rows) == 52
    assert len({row.pcn_code for row in rows if row.pcn_code}) == 1298
    assert {row.month for row in rows} == {date(2026, 7, 1)}
    assert len({row.icb_code for row in rows if row.pcn_code == "U41591"}) == 2
    assert rows[-1].line == 6140
