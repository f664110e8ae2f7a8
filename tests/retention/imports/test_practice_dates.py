"""The list of practices without a header: known by its first row, GP practices of England only."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.imports.practice_dates import PracticeDatesRow
from retention.imports.recognise import read_file
from tests.retention.imports.published_files import dates_bytes


def test_a_row_is_a_practice_with_its_days() -> None:
    closed = {11: "20010401", 12: "20230228", 13: "C", 16: "20130401", 17: "20230228"}
    (result,) = read_file(dates_bytes({}, closed))
    assert result.rows[0] == PracticeDatesRow(
        line=1,
        practice_code="Z90001",
        practice_name="WILLOW LANE SURGERY",
        postcode="ZZ1 1AA",
        opened=date(1974, 4, 1),
        closed=None,
        sub_icb_code="99Z",
        joined=date(2020, 4, 1),
        left=None,
        icb_code="QZY",
        month=date(2023, 2, 1),
    )
    assert (result.rows[1].closed, result.rows[1].left) == (date(2023, 2, 28), date(2023, 2, 28))
    assert (result.format, result.row_count, result.warnings) == ("practice_dates", 2, [])


def test_other_settings_and_wales_are_passed_over_but_date_the_list() -> None:
    prison = {1: "Y00001", 11: "20231112", 26: "10"}
    (result,) = read_file(dates_bytes({}, prison, {1: "W90001"}))
    assert [row.practice_code for row in result.rows] == ["Z90001"]
    assert result.rows[0].month == date(2023, 11, 1)
    assert result.warnings == ["2 rows of other settings or of Wales were passed over."]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({1: "Z9"}, "The practice code “Z9” is not valid"),
        ({1: "Z90001"}, "Practice Z90001 is already on line 1"),
        ({2: "=cmd|' /C calc'!A0"}, "like a formula"),
        ({10: "NOWHERE"}, "The postcode “NOWHERE” is not valid"),
        ({11: "19000101"}, "The opening date “19000101” is not a day since 1948"),
        ({12: "29990101"}, "The closing date “29990101” is not a day since 1948"),
        ({11: "20230230"}, "The opening date “20230230” is not a day"),
        ({11: "20220101", 12: "20211231"}, "It closed (31 December 2021) before it opened"),
        ({15: ""}, "The sub-ICB code is missing"),
    ],
)
def test_a_wrong_row_is_rejected(change: Mapping[int, str], reason: str) -> None:
    (result,) = read_file(dates_bytes({}, change, {}))
    assert [(item.line, reason in item.reason) for item in result.rejected] == [(2, True)]
    assert [row.line for row in result.rows] == [1, 3]


def test_the_month_given_dates_the_list_unless_it_prints_a_later_day() -> None:
    (result,) = read_file(dates_bytes({}), date(2023, 12, 1))
    assert result.rows[0].month == date(2023, 12, 1)
    (result,) = read_file(dates_bytes({}), date(2019, 12, 1))
    assert "has dates as late as April 2020" in result.rejected[0].reason


def test_a_first_row_of_another_shape_is_not_taken_for_it() -> None:
    with pytest.raises(Exception, match="not one that the service can read"):
        read_file(dates_bytes({11: "1 April 1974"}))


@given(
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
    line_end=st.sampled_from([b"\n", b"\r\n", b"\r"]),
    quoted=st.booleans(),
)
def test_the_same_rows_however_the_file_is_written(
    encoding: str, line_end: bytes, quoted: bool
) -> None:
    plain = dates_bytes({2: "ANDRÉ SURGERY"}, {})
    data = plain.decode().encode(encoding).replace(b"\r\n", line_end)
    (result,) = read_file(data if quoted else data.replace(b'"', b""))
    assert result == read_file(plain)[0]


def test_the_real_list_is_read_whole(real_data: Path) -> None:
    (result,) = read_file(real_data / "ods-epraccur-2023.csv")
    assert (len(result.rows), result.rejected) == (8226, [])
    assert result.warnings == ["7,745 rows of other settings or of Wales were passed over."]
    assert sum(row.closed is not None for row in result.rows) == 1681
    assert min(row.opened for row in result.rows) == date(1974, 4, 1)
    assert {row.month for row in result.rows} == {date(2023, 12, 1)}
