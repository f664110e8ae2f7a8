"""Patients by age: only practices are kept, and every printed total must agree."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings

from retention.imports import registered_patients
from retention.imports.recognise import read_file
from retention.imports.registered_patients import AGES, PatientsRow
from retention.imports.results import ReadResult
from tests.retention.imports.published_files import csv_bytes, patient_rows, table
from tests.retention.imports.writings import Writing, writings

COLUMNS = list(patient_rows({"Z90001": 1})[0])


def changed(at: int, change: Mapping[str, str]) -> ReadResult[PatientsRow]:
    """Read two practices with line `at` (from 0) changed."""
    rows = patient_rows({"Z90001": 3, "Z90002": 2})
    rows[at] = {**rows[at], **change}
    return registered_patients.read(table(csv_bytes(rows)))


def test_a_row_is_a_practice_with_each_sex_by_age() -> None:
    (result,) = read_file(csv_bytes(patient_rows({"Z90001": 3, "z90002": 2})))
    first, second = result.rows
    assert first == PatientsRow(
        line=2,
        practice_code="Z90001",
        month=date(2026, 7, 1),
        counts={"female": (3,) * 20, "male": (3,) * 20},
        total=120,
    )
    assert (second.practice_code, second.line, second.total) == ("Z90002", 45, 80)
    assert (result.format, result.row_count, result.rejected) == ("registered_patients", 2, [])
    assert (AGES[0], AGES[1], AGES[-1], len(AGES)) == ("0_4", "5_9", "95+", 20)


@pytest.mark.parametrize(
    ("at", "change", "reason"),
    [
        (3, {"NUMBER_OF_PATIENTS": "-1"}, "below zero"),
        (3, {"NUMBER_OF_PATIENTS": "1e400"}, "not a whole number"),
        (3, {"NUMBER_OF_PATIENTS": "NaN"}, "not a whole number"),
        (3, {"NUMBER_OF_PATIENTS": ""}, "The number of patients is missing"),
        (3, {"NUMBER_OF_PATIENTS": "4"}, "add up to 121, and its printed total is 120"),
        (3, {"SEX": "BOTH"}, "The sex “both” is not"),
        (3, {"AGE_GROUP_5": "10_15"}, "The age “10_15” is not a group"),
        (3, {"SEX": "ALL"}, "A line for both sexes has all ages"),
        (3, {"AGE_GROUP_5": "0_4"}, "already has a line for female, 0_4"),
        (3, {"EXTRACT_DATE": "2999-01-01"}, "The extract date is missing or not a date"),
        (3, {"EXTRACT_DATE": "2026-08-01"}, "The extract date differs from the first line's"),
        (0, {"ORG_CODE": "=1+1"}, "The practice code “=1+1” is not valid"),
        (3, {"ORG_TYPE": "Other"}, "has 42 of its 43 lines"),
        (86, {"NUMBER_OF_PATIENTS": "201"}, "the level “Comm Region” to 201: part of the file"),
        (86, {"NUMBER_OF_PATIENTS": "x"}, "not a whole number"),
    ],
)
def test_what_does_not_fit_is_rejected(at: int, change: Mapping[str, str], reason: str) -> None:
    result = changed(at, change)
    assert reason in result.rejected[0].reason
    assert result.row_count == len(result.rows) + len(result.rejected)


def test_a_line_of_another_width_is_rejected() -> None:
    data = csv_bytes(patient_rows({"Z90001": 1})) + b"GP,Z90001\r\n"
    (problem,) = registered_patients.read(table(data)).rejected
    assert (problem.line, "has 2 cells" in problem.reason) == (46, True)


def test_a_month_that_the_file_is_not_for_is_refused() -> None:
    data = csv_bytes(patient_rows({"Z90001": 1}, date="01JUL2026"))
    assert registered_patients.read(table(data), date(2026, 7, 1)).rejected == []
    problem = registered_patients.read(table(data), date(2026, 6, 1)).rejected[0]
    assert problem.reason == "The file is for July 2026, not for June 2026 as you gave."


@settings(max_examples=30)
@given(writings(COLUMNS))
def test_the_same_rows_however_the_file_is_written(writing: Writing) -> None:
    rows = patient_rows({"Z90001": 3, "Z90002": 0})
    (result,) = read_file(writing.of(rows))
    assert result == registered_patients.read(table(csv_bytes(rows)))
    assert len(result.rows) == 2


@pytest.mark.no_cover
def test_the_real_file_agrees_with_all_its_printed_totals(real_data: Path) -> None:
    (result,) = read_file(real_data / "gp-reg-pat-prac-quin-age-2026-07.zip")
    assert (len(result.rows), result.rejected, result.warnings) == (6139, [], [])
    assert sum(row.total for row in result.rows) == 63_436_508
    assert {row.month for row in result.rows} == {date(2026, 7, 1)}
    smallest = next(row for row in result.rows if row.practice_code == "Y08411")
    assert smallest.counts["male"][-1] == 2
    assert sum(smallest.counts["male"]) == 125
