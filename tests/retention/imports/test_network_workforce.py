"""Lines of network staff: posts with their FTE, never with what could follow a person."""

import dataclasses
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from retention.imports import network_workforce
from retention.imports.files import UnreadableFileError
from retention.imports.network_workforce import NetworkPostRow
from retention.imports.recognise import read_file
from retention.imports.results import ReadResult
from tests.retention.imports.published_files import POST_ROW, csv_bytes, post_rows, table
from tests.retention.imports.writings import Writing, writings


def read(*changes: Mapping[str, str], month: date | None = None) -> ReadResult[NetworkPostRow]:
    return network_workforce.read(table(csv_bytes(post_rows(*changes))), month)


def test_a_line_is_a_post_without_the_identifier() -> None:
    (result,) = read_file(csv_bytes(post_rows({})))
    assert list(result.rows) == [
        NetworkPostRow(
            line=2,
            month=date(2026, 6, 1),
            network_code="U90001",
            network_name="WILLOW PCN",
            source="NWRS Staff",
            staff_group="Other Direct Patient Care staff",
            role="Pharmacists",
            detailed_role="Pharmacist",
            fte=0.8,
        )
    ]
    assert (result.format, result.rejected, result.warnings) == ("network_workforce", [], [])
    assert "17" not in [str(value) for value in dataclasses.astuple(result.rows[0])]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"PCN_CODE": "P1"}, "The network (PCN) code “P1” is not valid"),
        ({"PCN_CODE": "U"}, "The network (PCN) code is missing"),
        ({"PCN_NAME": "=cmd|' /C calc'!A0"}, "like a formula"),
        ({"STAFF_ROLE": ""}, "The role name is missing"),
        ({"FTE": "-0.5"}, "below zero"),
        ({"FTE": "1e400"}, "not a number"),
        ({"FTE": "nan"}, "not a number"),
        ({"FTE": "1200"}, "more than any post has"),
        ({"CENSUS_MONTH": "13"}, "The month is missing or not a month"),
        ({"CENSUS_YEAR": "1900"}, "The month is missing or not a month"),
    ],
)
def test_a_wrong_line_is_rejected_with_its_reason(change: Mapping[str, str], reason: str) -> None:
    result = read({}, change, {})
    assert [(item.line, reason in item.reason) for item in result.rejected] == [(3, True)]
    assert [row.line for row in result.rows] == [2, 4]
    assert result.row_count == 3


def test_fte_that_is_not_known_stays_so() -> None:
    (row,) = read({"FTE": "NA"}).rows
    assert row.fte is None


def test_an_edition_without_a_month_needs_one_given() -> None:
    rows = [{name: value for name, value in POST_ROW.items() if not name.startswith("CENSUS")}]
    data = csv_bytes(rows)
    with pytest.raises(UnreadableFileError, match="Give the month it is for"):
        network_workforce.read(table(data))
    (row,) = network_workforce.read(table(data), date(2024, 3, 1)).rows
    assert row.month == date(2024, 3, 1)
    other = csv_bytes([{**rows[0], "YEAR": "2024", "MONTH": "03"}])
    assert network_workforce.read(table(other)).rows[0].month == date(2024, 3, 1)


def test_a_month_that_the_file_is_not_for_is_refused() -> None:
    (problem,) = read({}, month=date(2026, 5, 1)).rejected
    assert problem.reason == "The file is for June 2026, not for May 2026 as you gave."


def test_a_missing_column_is_named_and_an_unknown_one_listed() -> None:
    columns = [name for name in POST_ROW if name != "PCN_NAME"]
    with pytest.raises(UnreadableFileError, match="Columns are missing: PCN_NAME"):
        network_workforce.read(table(csv_bytes(post_rows({}), columns)))
    assert read({"SHIFT": "day"}).unknown_columns == ("shift",)


@given(writings(list(POST_ROW)))
def test_the_same_rows_however_the_file_is_written(writing: Writing) -> None:
    rows = post_rows({"PCN_NAME": 'André, "The Mill"', "STAFF_ROLE": "Director – Medical"}, {})
    (result,) = read_file(writing.of(rows))
    assert result == network_workforce.read(table(csv_bytes(rows)))
    assert len(result.rows) == 2


def test_the_real_file_is_read_whole(real_data: Path) -> None:
    (result,) = read_file(real_data / "pcn-workforce-individual-2026-06.zip")
    assert (len(result.rows), result.rejected) == (39_940, [])
    assert result.member == "1.Primary Care Networks - June 2026 Individual Level.csv"
    assert len(result.warnings) == 2
    assert {row.month for row in result.rows} == {date(2026, 6, 1)}
    assert len({row.network_code for row in result.rows}) == 1271
    assert len({(row.network_code, row.detailed_role) for row in result.rows}) == 14_358
    assert sum(row.source == "NWRS contracted services" for row in result.rows) == 6365
    assert sum(row.fte or 0 for row in result.rows) == pytest.approx(31_253.3286)
    # The dash of “Clinical Director – Medical” survives.
    assert sum("\u2013" in row.detailed_role for row in result.rows) == 1104
