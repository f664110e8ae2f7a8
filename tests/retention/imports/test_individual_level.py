"""The individual-level file: lines to be counted, without an identifier."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from retention.imports import individual_level
from retention.imports.files import UnreadableFileError
from retention.imports.individual_level import StaffRow
from retention.imports.recognise import read_file
from retention.imports.results import ReadResult
from tests.retention.imports.published_files import csv_bytes, table
from tests.retention.imports.staff_files import STAFF_ROW, staff_rows
from tests.retention.imports.writings import Writing, writings

FEBRUARY = date(2023, 2, 1)


def read(*changes: Mapping[str, str], month: date | None = None) -> ReadResult[StaffRow]:
    return individual_level.read(table(csv_bytes(staff_rows(*changes))), month)


def test_a_line_is_read_without_its_identifier() -> None:
    result = read({})
    (row,) = result.rows
    assert (row.sub_icb_code, row.month, row.staff_group) == ("99Z", FEBRUARY, "GP")
    assert (row.role, row.detailed_role) == ("GP Partners", "Partner/Provider")
    assert (row.age_band, row.sex, row.fte) == ("55-59", "Female", 0.8)
    assert not {"unique_identifier", "age_years"} & {field.name for field in fields(row)}
    assert "110_20232" not in repr(row)
    assert (result.unknown_columns, result.warnings) == ((), [])


@pytest.mark.parametrize("word", ["NULL", "Unknown", ""])
def test_a_trainee_without_an_area_has_none(word: str) -> None:
    assert read({"sub_icb_code": word, "sub_icb_name": word}).rows[0].sub_icb_code == ""


@pytest.mark.parametrize("word", ["NULL", "NA", ""])
def test_an_fte_that_is_not_known_is_none(word: str) -> None:
    assert read({"fte": word}).rows[0].fte is None


REJECTED = {
    "area": ({"sub_icb_code": "99"}, "The sub-ICB code “99” is not valid"),
    "group": ({"staff_group": ""}, "The staff group name is missing"),
    "band": ({"age_band": ""}, "The age band name is missing"),
    "FTE": ({"fte": "much"}, "The FTE is “much”, not a number"),
    "month": ({"snapshot_month": "13"}, "The month is missing or not a month"),
}


@pytest.mark.parametrize(("change", "reason"), REJECTED.values(), ids=REJECTED.keys())
def test_a_wrong_line_is_rejected(change: Mapping[str, str], reason: str) -> None:
    result = read({}, change)
    assert [(item.line, reason in item.reason) for item in result.rejected] == [(3, True)]


def test_the_month_is_printed_given_or_both() -> None:
    assert read({}, month=FEBRUARY).rejected == []
    assert "not for January 2023" in read({}, month=date(2023, 1, 1)).rejected[0].reason
    months = ("snapshot_year", "snapshot_month", "year", "month")
    columns = [name for name in STAFF_ROW if name not in months]
    opened = table(csv_bytes(staff_rows({}), columns))
    assert individual_level.read(opened, FEBRUARY).rows[0].month == FEBRUARY
    with pytest.raises(UnreadableFileError, match="Give the month"):
        individual_level.read(opened)


@given(writings(list(STAFF_ROW)))
def test_the_same_rows_however_the_file_is_written(writing: Writing) -> None:
    rows = staff_rows({"icb_name": "Île, “of”"}, {"fte": "NULL", "gender": "Other/Unknown"})
    (result,), (plain,) = (read_file(data) for data in (writing.of(rows), csv_bytes(rows)))
    assert result.format == individual_level.FORMAT
    assert [*result.rows] == [*plain.rows]


def test_the_real_lines(real_data: Path) -> None:
    (result,) = read_file(real_data / "gpw-individual-level-2023-02-sample.csv")
    assert (len(result.rows), result.rejected, result.unknown_columns) == (10, [], ())
    assert {row.month for row in result.rows} == {FEBRUARY}
    groups = [row.staff_group for row in result.rows]
    assert (groups.count("Direct Patient Care"), groups.count("Admin/Non-Clinical")) == (9, 1)
    assert {row.age_band for row in result.rows} == {"Unknown"}
    assert result.rows[0].fte == 0.704822911
