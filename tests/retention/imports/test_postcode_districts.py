"""Postcode districts: where each is, and a reason for each row that cannot be used."""

from pathlib import Path

import pytest
from hypothesis import given

from retention.imports.postcode_districts import DistrictRow
from retention.imports.recognise import read_file
from retention.imports.results import Rejection
from tests.retention.imports.published_files import csv_bytes
from tests.retention.imports.writings import Writing, writings


def rows(*values: tuple[str, str, str]) -> bytes:
    names = ("postcode", "latitude", "longitude")
    return csv_bytes([dict(zip(names, value, strict=True)) for value in values])


def test_a_row_is_a_code_and_its_coordinates() -> None:
    (result,) = read_file(rows(("ts18", "54.56", "-1.31"), ("TS19", "54.57", "-1.35")))
    assert result.format == "postcode_districts"
    assert list(result.rows) == [
        DistrictRow(2, "TS18", 54.56, -1.31),
        DistrictRow(3, "TS19", 54.57, -1.35),
    ]
    assert (result.row_count, result.rejected) == (2, [])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("18TS", "54.5", "-1.3"), "The postcode district “18TS” is not valid"),
        (("", "54.5", "-1.3"), "The postcode district is missing"),
        (("TS18", "north", "-1.3"), "The coordinates of TS18 are not in the United Kingdom"),
        (("TS18", "nan", "-1.3"), "The coordinates of TS18 are not in the United Kingdom"),
        (("TS18", "-1.3", "54.5"), "The coordinates of TS18 are not in the United Kingdom"),
        (("TS1", "54.5", "-1.3"), "District TS1 is already on line 2"),
    ],
)
def test_a_wrong_row_is_rejected_with_its_line(row: tuple[str, str, str], reason: str) -> None:
    (result,) = read_file(rows(("TS1", "54.5", "-1.3"), row))
    (rejection,) = result.rejected
    assert rejection.line == 3
    assert rejection.reason.startswith(reason)
    assert result.row_count == 2


@given(writings(["postcode", "latitude", "longitude", "town"]))
def test_the_same_rows_however_the_file_is_written(writing: Writing) -> None:
    (result,) = read_file(
        writing.of(
            [
                {"postcode": "TS18", "latitude": "54.56", "longitude": "-1.31", "town": "Café, 1"},
                {"postcode": " ts19 ", "latitude": "54.57", "longitude": "-1.35", "town": ""},
            ]
        )
    )
    assert [(row.code, row.latitude, row.longitude) for row in result.rows] == [
        ("TS18", 54.56, -1.31),
        ("TS19", 54.57, -1.35),
    ]
    assert (result.rejected, result.unknown_columns) == ([], ())


def test_a_row_of_another_width_is_rejected() -> None:
    (result,) = read_file(rows(("TS1", "54.5", "-1.3")) + b"TS2,54.5\r\n")
    assert [item.line for item in result.rejected] == [3]
    assert isinstance(result.rejected[0], Rejection)


def test_every_published_district_is_read(real_data: Path) -> None:
    (result,) = read_file(real_data / "uk-outcodes.csv")
    assert (len(result.rows), result.rejected) == (2856, [])
