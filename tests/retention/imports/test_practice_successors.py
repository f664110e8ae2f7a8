"""Mergers of practices: who took over from whom, and on which day."""

import datetime as dt
from collections.abc import Mapping

import pytest
from hypothesis import given

from retention.imports import practice_successors
from retention.imports.practice_successors import SuccessorRow
from retention.imports.recognise import read_file
from tests.retention.imports.published_files import csv_bytes, table
from tests.retention.imports.writings import Writing, writings

ROW = {"PRACTICE_CODE": "Z90001", "SUCCESSOR_CODE": "Z90002", "MERGED_ON": "2025-04-01"}


def test_a_row_is_a_merger() -> None:
    (result,) = read_file(csv_bytes([{**ROW, "PRACTICE_CODE": "z90001"}]))
    (row,) = result.rows
    assert row == SuccessorRow(2, "Z90001", "Z90002", dt.date(2025, 4, 1))
    assert (result.format, row.month) == ("practice_successors", dt.date(2025, 4, 1))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"PRACTICE_CODE": "Z9"}, "The practice code “Z9” is not valid"),
        ({"PRACTICE_CODE": "Z90001"}, "Practice Z90001 is already on line 2"),
        ({"SUCCESSOR_CODE": ""}, "The successor's code is missing"),
        ({"SUCCESSOR_CODE": "Z90003"}, "A practice cannot succeed itself"),
        ({"MERGED_ON": "soon"}, "The day of the merger is missing or no day"),
        ({"MERGED_ON": "29990101"}, "The day of the merger is missing or no day"),
    ],
)
def test_a_wrong_row_is_rejected(change: Mapping[str, str], reason: str) -> None:
    rows = [ROW, {**ROW, "PRACTICE_CODE": "Z90003", **change}]
    result = practice_successors.read(table(csv_bytes(rows)))
    assert [(item.line, reason in item.reason) for item in result.rejected] == [(3, True)]


@given(writings(list(ROW)))
def test_the_same_rows_however_the_file_is_written(writing: Writing) -> None:
    rows = [ROW, {**ROW, "PRACTICE_CODE": "Z90003"}]
    (result,) = read_file(writing.of(rows))
    assert result == practice_successors.read(table(csv_bytes(rows)))
    assert len(result.rows) == 2
