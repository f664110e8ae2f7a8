"""Deprivation: one score for each practice."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from retention.imports import deprivation
from retention.imports.deprivation import DeprivationRow
from retention.imports.recognise import read_file
from tests.retention.imports.published_files import (
    DEPRIVATION_ROW,
    csv_bytes,
    deprivation_rows,
    table,
)
from tests.retention.imports.writings import Writing, writings


def test_a_row_is_a_practice_with_its_score() -> None:
    (result,) = read_file(csv_bytes(deprivation_rows({"PRACTICE_CODE": "z90001"})))
    (row,) = result.rows
    assert row == DeprivationRow(2, "Z90001", "Willow Lane Surgery", 2025, 33.519)
    assert (result.format, row.month) == ("deprivation", date(2025, 1, 1))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"PRACTICE_CODE": "Z9"}, "The practice code “Z9” is not valid"),
        ({"PRACTICE_CODE": "Z90001"}, "Practice Z90001 is already on line 2"),
        ({"PRACTICE_NAME": "@SUM(A1)"}, "like a formula"),
        ({"IMD_YEAR": "1900"}, "The year “1900” is not the year of an edition"),
        ({"IMD_SCORE": "-1"}, "not a number from 0 to 100"),
        ({"IMD_SCORE": "1e400"}, "not a number from 0 to 100"),
        ({"IMD_SCORE": "NaN"}, "not a number from 0 to 100"),
        ({"IMD_SCORE": ""}, "not a number from 0 to 100"),
    ],
)
def test_a_wrong_row_is_rejected(change: Mapping[str, str], reason: str) -> None:
    (result,) = read_file(csv_bytes(deprivation_rows({}, change, {})))
    assert [(item.line, reason in item.reason) for item in result.rejected] == [(3, True)]
    assert [row.line for row in result.rows] == [2, 4]


@given(writings(list(DEPRIVATION_ROW)))
def test_the_same_rows_however_the_file_is_written(writing: Writing) -> None:
    rows = deprivation_rows({"PRACTICE_NAME": 'André, "The Mill"'}, {})
    (result,) = read_file(writing.of(rows))
    assert result == deprivation.read(table(csv_bytes(rows)))
    assert len(result.rows) == 2


def test_the_real_file_is_read_whole(real_data: Path) -> None:
    (result,) = read_file(real_data / "imd-2025-gp-practice.csv")
    assert (len(result.rows), result.rejected, result.warnings) == (6143, [], [])
    scores = [row.score for row in result.rows]
    assert (min(scores), max(scores)) == (3.922, 65.449)
