"""The high-level file: a row for each practice, out of a line for each role and measure."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given

from retention.imports import practice_roles
from retention.imports.files import UnreadableFileError
from retention.imports.practice_roles import PracticeRolesRow
from retention.imports.recognise import read_file
from retention.imports.results import ReadResult
from tests.retention.imports.published_files import csv_bytes, table
from tests.retention.imports.staff_files import ROLE_ROW, role_rows
from tests.retention.imports.writings import Writing, writings

JUNE = date(2025, 6, 1)
FTE = {"MEASURE": "FTE", "VALUE": "4.533333333"}


def read(*changes: Mapping[str, str], month: date | None = JUNE) -> ReadResult[PracticeRolesRow]:
    return practice_roles.read(table(csv_bytes(role_rows(*changes))), month)


def test_lines_of_a_practice_become_one_row() -> None:
    manager = {"STAFF_GROUP": "Admin/Non-Clinical", "DETAILED_STAFF_ROLE": "Manager"}
    result = read({}, FTE, {**manager, "VALUE": "NA"}, {"PRAC_CODE": "Z90002", "VALUE": "0"})
    first, second = result.rows
    assert (first.line, first.practice_code, first.month) == (2, "Z90001", JUNE)
    assert first.values == {
        ("gp", "Total", "hc"): 6,
        ("gp", "Total", "fte"): 4.533333333,
        ("admin", "Manager", "hc"): None,
    }
    assert second.values == {("gp", "Total", "hc"): 0}
    assert (result.row_count, result.rejected) == (2, [])


REJECTED = {
    "practice": ({"PRAC_CODE": "ZZ"}, "The practice code “ZZ” is not valid"),
    "group": ({"STAFF_GROUP": "Dentists"}, "The staff group “Dentists” is not known"),
    "measure": ({"MEASURE": "WTE"}, "The measure “WTE” is not Headcount or FTE"),
    "half a head": ({"VALUE": "2.5"}, "The value is “2.5”, not a whole number"),
    "below zero": ({**FTE, "VALUE": "-1"}, "The value is “-1”, below zero"),
    "formula": ({"DETAILED_STAFF_ROLE": "=1"}, "The role name starts with “=”"),
}


@pytest.mark.parametrize(("change", "reason"), REJECTED.values(), ids=REJECTED.keys())
def test_a_wrong_line_is_rejected(change: Mapping[str, str], reason: str) -> None:
    result = read({"DETAILED_STAFF_ROLE": "Retainer"}, change)
    assert [(item.line, reason in item.reason) for item in result.rejected] == [(3, True)]


def test_a_line_that_stands_there_twice_is_rejected() -> None:
    (problem,) = read({}, FTE, {"VALUE": "7"}).rejected
    assert (problem.line, "already has a line for gp, “Total”, hc" in problem.reason) == (4, True)


def test_the_file_prints_no_month() -> None:
    with pytest.raises(UnreadableFileError, match="Give the month"):
        read({}, month=None)


def test_a_month_that_is_printed_must_agree() -> None:
    rows = [{**row, "YEAR": "2025", "MONTH": "06"} for row in role_rows({})]
    assert practice_roles.read(table(csv_bytes(rows))).rows[0].month == JUNE
    (problem,) = practice_roles.read(table(csv_bytes(rows)), date(2025, 5, 1)).rejected
    assert problem.reason == "The file is for June 2025, not for May 2025 as you gave."
    wrong = [{**row, "MONTH": "13"} for row in rows]
    assert "not a month" in practice_roles.read(table(csv_bytes(wrong))).rejected[0].reason


@given(writings(list(ROLE_ROW)))
def test_the_same_rows_however_the_file_is_written(writing: Writing) -> None:
    rows = role_rows({"PRAC_NAME": 'André, "The Mill"'}, FTE, {"PRAC_CODE": "Z90002"})
    (result,), (plain,) = (read_file(d, JUNE) for d in (writing.of(rows), csv_bytes(rows)))
    assert result.format == practice_roles.FORMAT
    assert [*result.rows] == [*plain.rows]
    assert len(result.rows) == 2
