"""Rurality: one class for each practice, from a file that is about money."""

from datetime import date

import pytest
from hypothesis import given

from retention.imports import practice_rurality
from retention.imports.files import UnreadableFileError
from retention.imports.practice_rurality import RuralityRow
from retention.imports.recognise import read_file
from tests.retention.imports.published_files import (
    PAYMENTS_ROW,
    csv_bytes,
    payment_rows,
    table,
)
from tests.retention.imports.writings import Writing, writings

MARCH = date(2025, 3, 1)


def test_a_row_is_a_practice_with_its_class() -> None:
    (result,) = read_file(csv_bytes(payment_rows("Rural", "urban")), MARCH)
    assert list(result.rows) == [
        RuralityRow(2, "Z90001", "Willow Lane Surgery", 2025, True),
        RuralityRow(3, "Z90002", "Willow Lane Surgery", 2025, False),
    ]
    assert result.format == "practice_rurality"
    # Sixty columns of money are none that a user should read about.
    assert (result.warnings, result.unknown_columns) == ([], ())


def test_a_header_over_two_lines_is_the_same_header() -> None:
    plain = csv_bytes(payment_rows("Rural"))
    (result,) = read_file(plain.replace(b"Practice Rurality", b'"Practice\nRurality"'), MARCH)
    assert [(row.line, row.rural) for row in result.rows] == [(3, True)]


@pytest.mark.parametrize("said", ["", "-", "NA", "n/a", "Unknown", "Not known"])
def test_what_is_not_known_is_not_urban(said: str) -> None:
    (result,) = read_file(csv_bytes(payment_rows(said)), MARCH)
    assert [row.rural for row in result.rows] == [None]
    assert not result.rejected


@pytest.mark.parametrize(
    ("month", "year"),
    [(date(2024, 4, 1), 2025), (date(2024, 12, 1), 2025), (MARCH, 2025), (date(2025, 4, 1), 2026)],
)
def test_any_month_of_the_financial_year_names_it(month: date, year: int) -> None:
    (result,) = read_file(csv_bytes(payment_rows("Rural")), month)
    assert [(row.year, row.month) for row in result.rows] == [(year, date(year, 3, 1))]


def test_without_a_month_the_user_reads_which_to_give() -> None:
    with pytest.raises(UnreadableFileError, match="for 2024/25: 2025-03"):
        read_file(csv_bytes(payment_rows("Rural")))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"Practice Code": "Z9"}, "The practice code “Z9” is not valid"),
        ({"Practice Code": ""}, "The practice code is missing"),
        ({"Practice Name": "=1"}, "like a formula"),
        ({"Practice Rurality": "Suburban"}, "“Suburban” is not Rural or Urban"),
        ({"Practice Code": "Z90001", "Practice Rurality": "Urban"}, "already on line 2"),
    ],
)
def test_a_wrong_row_is_rejected(change: dict[str, str], reason: str) -> None:
    first, second, third = payment_rows("Rural", "Rural", "Rural")
    (result,) = read_file(csv_bytes([first, {**second, **change}, third]), MARCH)
    assert [(item.line, reason in item.reason) for item in result.rejected] == [(3, True)]
    assert [row.line for row in result.rows] == [2, 4]


def test_two_lines_of_a_practice_that_agree_are_no_error() -> None:
    first, second = payment_rows("Rural", "RURAL")
    (result,) = read_file(csv_bytes([first, {**second, "Practice Code": "z90001"}]), MARCH)
    assert [(row.practice_code, row.rural) for row in result.rows] == [("Z90001", True)] * 2
    assert not result.rejected


def test_an_edition_without_the_column_is_not_taken_for_it() -> None:
    old = [{"Practice Code": "Z90001", "Practice Name": "WILLOW", "Global Sum": "1"}]
    with pytest.raises(UnreadableFileError, match="not one that the service can read"):
        read_file(csv_bytes(old), MARCH)


@given(writings(list(PAYMENTS_ROW)))
def test_the_same_rows_however_the_file_is_written(writing: Writing) -> None:
    rows = payment_rows("Rural", "Urban")
    (result,) = read_file(writing.of(rows), MARCH)
    plain = practice_rurality.read(table(csv_bytes(rows)), MARCH)
    assert result == plain
    assert len(result.rows) == 2
