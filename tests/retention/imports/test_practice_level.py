"""The practice-level file: every printed cell kept, and a reason for each row refused."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.imports import practice_level
from retention.imports.cells import STAFF_GROUPS
from retention.imports.files import UnreadableFileError
from retention.imports.practice_level import PracticeLevelRow
from retention.imports.recognise import read_file
from retention.imports.results import ReadResult
from tests.retention.imports.published_files import (
    LEVEL_ROW,
    csv_bytes,
    level_rows,
    table,
    zip_bytes,
)

WITHOUT_MONTH = [name for name in LEVEL_ROW if name not in ("year", "month")]
SAMPLE = "gpw-practice-level-detailed-2025-06-sample.csv"


def read(*changes: Mapping[str, str], month: date | None = None) -> ReadResult[PracticeLevelRow]:
    """Read a file of practices Z90001, Z90002 ... with these changes."""
    return practice_level.read(table(csv_bytes(level_rows(*changes))), month)


def test_a_row_holds_the_practice_and_its_places() -> None:
    result = read({})
    (row,) = result.rows
    assert (row.line, row.practice_code, row.month) == (2, "Z90001", date(2025, 6, 1))
    assert (row.practice_name, row.pcn_code, row.pcn_name) == (
        "WILLOW LANE SURGERY",
        "U90001",
        "WILLOW PCN",
    )
    assert (row.sub_icb_code, row.icb_code, row.region_code) == ("99Z", "QZZ", "Y99")
    assert (row.sub_icb_name, row.icb_name, row.region_name) == (
        "NHS Willowshire ICB - 99Z",
        "NHS Willowshire ICB",
        "Midshires",
    )
    assert row.sources == {"gp": "Fully provided"}
    assert (result.format, result.row_count, result.rejected) == ("practice_level", 1, [])


def test_every_printed_cell_is_kept_under_its_staff_group() -> None:
    (row,) = read({}).rows
    assert row.cells("gp") == {
        "total_gp_hc": 6,
        "total_gp_extg_hc": 5,
        "total_gp_extgl_hc": 4,
        "total_gp_extgl_hc_55to59": 1,
        "total_gp_extgl_hc_under30": 3,
        "total_gp_fte": 4.5,
        "total_gp_extg_fte": 3.5,
        "total_gp_extgl_fte": 3.0,
    }
    assert row.cells("nurses") == {"total_nurses_hc": None, "total_n_trainee_nurse_hc": None}
    assert row.cells("dpc") == {"total_dpc_hi_thera_hc": None}
    assert row.cells("admin") == {}
    assert row.cells("patients") == {"total_patients": 9000}


def test_heads_are_int_and_fte_is_float() -> None:
    (row,) = read({}).rows
    for name, value in row.cells("gp").items():
        assert type(value) is (float if "_fte" in name else int)


def test_places_that_are_not_printed_are_none() -> None:
    blank = {"prac_name": "NA", "pcn_code": "U", "pcn_name": "Unallocated", "sub_icb_code": ""}
    (row,) = read(blank).rows
    assert (row.practice_name, row.pcn_code, row.pcn_name, row.sub_icb_code) == (None,) * 4


def test_an_edition_without_places_is_read_and_says_so() -> None:
    columns = ["prac_code", "total_gp_hc", "total_gp_fte", "year", "month"]
    result = practice_level.read(table(csv_bytes(level_rows({}), columns)))
    (row,) = result.rows
    assert (row.icb_code, row.icb_name, dict(row.sources)) == (None, None, {})
    assert {"icb_code", "gp_source", "total_gp_extgl_hc"} <= set(result.missing_columns)
    assert "year" not in result.missing_columns
    assert "columns are not in this edition: " in result.warnings[0]
    assert result.warnings[0].endswith(f"and {len(result.missing_columns) - 10} more.")


REJECTED = {
    "practice code": ({"prac_code": "ZZ"}, "The practice code “ZZ” is not valid"),
    "no practice code": ({"prac_code": ""}, "The practice code is missing"),
    "network": ({"pcn_code": "PCN1"}, "The network (PCN) code “PCN1” is not valid"),
    "ICB": ({"icb_code": "QZZZ"}, "The ICB code “QZZZ” is not valid"),
    "formula": ({"prac_name": "@SUM(A1)"}, "The practice name starts with “@” like a formula"),
    "source": ({"gp_source": "=1"}, "The GPs source name starts with “=” like a formula"),
    "half a head": ({"total_gp_hc": "2.5"}, "TOTAL_GP_HC is “2.5”, not a whole number"),
    "words": ({"total_gp_fte": "lots"}, "TOTAL_GP_FTE is “lots”, not a number"),
    "below zero": ({"total_gp_fte": "-1"}, "TOTAL_GP_FTE is “-1”, below zero"),
    "month": ({"month": "13"}, "The month is missing or not a month"),
    "year": ({"year": ""}, "Write the year as 2026, the month 6"),
    "practice twice": ({"prac_code": "Z90001"}, "already has a row for June 2025 on line 2"),
}


@pytest.mark.parametrize(("change", "reason"), REJECTED.values(), ids=REJECTED.keys())
def test_a_wrong_row_is_rejected_with_its_line_and_reason(
    change: Mapping[str, str], reason: str
) -> None:
    result = read({}, change, {})
    assert [(problem.line, reason in problem.reason) for problem in result.rejected] == [(3, True)]
    assert [row.line for row in result.rows] == [2, 4]
    assert result.row_count == 3


def test_a_row_with_many_problems_names_three_and_counts_the_rest() -> None:
    wrong = {"total_gp_hc": "a", "total_gp_fte": "b", "total_patients": "c", "icb_code": "d"}
    (problem,) = read(wrong).rejected
    assert problem.reason.startswith("The ICB code “D” is not valid.")
    assert problem.reason.endswith("There is also 1 more problem in this row.")


def test_a_row_of_another_width_is_rejected() -> None:
    data = csv_bytes(level_rows({}, {})).replace(b",06\r\n", b",06,0\r\n", 1)
    result = practice_level.read(table(data))
    assert [problem.line for problem in result.rejected] == [2]
    assert "has 26 cells and the header 25 columns" in result.rejected[0].reason


def test_one_practice_may_have_several_months_in_a_file() -> None:
    result = read({}, {"prac_code": "Z90001", "month": "07"})
    assert [row.month for row in result.rows] == [date(2025, 6, 1), date(2025, 7, 1)]


def test_an_edition_without_a_month_needs_one() -> None:
    opened = table(csv_bytes(level_rows({}), WITHOUT_MONTH))
    with pytest.raises(UnreadableFileError, match=r"does not print its month\. Give"):
        practice_level.read(opened)
    (row,) = practice_level.read(opened, date(2019, 9, 1)).rows
    assert row.month == date(2019, 9, 1)


def test_a_given_month_must_agree_with_the_printed_one() -> None:
    assert read({}, month=date(2025, 6, 1)).rejected == []
    (problem,) = read({}, month=date(2025, 5, 1)).rejected
    assert problem.reason == "The file is for June 2025, not for May 2025 as you gave."


def test_an_unknown_column_is_listed_and_a_new_role_is_kept() -> None:
    result = read({"shoe_size": "9", "total_dpc_herbalist_hc": "2"})
    assert result.unknown_columns == ("shoe_size",)
    assert "1 column is unknown and not read: shoe_size." in result.warnings
    assert any("total_dpc_herbalist_hc" in warning for warning in result.warnings[2:])
    assert result.rows[0].cells("dpc")["total_dpc_herbalist_hc"] == 2


def test_too_much_fte_a_head_is_a_warning_and_kept() -> None:
    result = read({}, {"total_gp_fte": "9.5"}, {"total_gp_hc": "NA", "total_gp_fte": "9.5"})
    assert result.warnings[-1] == (
        "GPs: 1 practice prints more than 1.5 FTE a head: Z90002 (line 3). "
        "Kept as printed; ask the practice."
    )
    assert result.rows[1].cells("gp")["total_gp_fte"] == 9.5


@given(
    columns=st.permutations(list(LEVEL_ROW)),
    upper=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "latin-1"]),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    quote_all=st.booleans(),
    zipped=st.booleans(),
)
def test_the_same_rows_however_the_file_is_written(
    columns: list[str], upper: bool, encoding: str, line_end: str, quote_all: bool, zipped: bool
) -> None:
    rows = level_rows({"prac_name": 'André, "The Mill"'}, {"total_gp_hc": "NA"})
    data = csv_bytes(rows, columns, encoding=encoding, line_end=line_end, quote_all=quote_all)
    header, rest = data.split(line_end.encode(), 1)
    data = (header.upper() if upper else header) + line_end.encode() + rest
    (result,) = read_file(zip_bytes({"data": data}) if zipped else data)
    (plain,) = read_file(csv_bytes(rows))
    assert [*result.rows] == [*plain.rows]
    assert [row.cells("gp") for row in result.rows] == [row.cells("gp") for row in plain.rows]


def test_the_real_rows_are_read_to_the_cell(real_data: Path) -> None:
    (result,) = read_file(real_data / SAMPLE)
    assert [row.practice_code for row in result.rows] == ["A81001", "A81002", "A81004"]
    assert (result.rejected, result.warnings) == ([], [])
    assert (result.unknown_columns, result.missing_columns) == ((), ())
    densham, queens_park, _ = result.rows
    assert densham.month == date(2025, 6, 1)
    assert sum(len(densham.cells(group)) for group in STAFF_GROUPS) == 815
    assert densham.cells("gp")["total_gp_fte"] == 4.84
    assert densham.sources["nurses"] == "Fully estimated - no data provided"
    assert set(densham.cells("nurses").values()) == {None}
    assert queens_park.cells("nurses")["total_nurses_hc_60to64"] == 2
    assert queens_park.cells("patients")["total_patients"] == 18735
    # Blank in the file: a role that is no longer collected is not known to be zero.
    assert queens_park.cells("dpc")["total_dpc_hi_thera_hc"] is None
    assert queens_park.cells("dpc")["total_dpc_hca_hc"] == 3


def test_the_real_rows_in_upper_case_are_the_same(real_data: Path) -> None:
    data = (real_data / SAMPLE).read_bytes()
    header, rest = data.split(b"\r\n", 1)
    (lower,), (upper,) = read_file(data), read_file(header.upper() + b"\r\n" + rest)
    assert upper == lower
