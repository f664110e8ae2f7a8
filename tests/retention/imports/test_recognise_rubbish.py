"""Rubbish of the right kind: near enough to a published file to get far into its reader."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from retention.imports import practice_dates, recognise
from retention.imports.files import UnreadableFileError
from retention.imports.recognise import read_file
from tests.factories.workbooks import workbook_bytes
from tests.retention.imports.bulletins import AGES, HOURS, PLACES
from tests.retention.imports.published_files import (
    DATES_CELLS,
    DEPRIVATION_ROW,
    LEVEL_ROW,
    MAP_ROW,
    MEMBER_HEADER,
    NETWORK_HEADER,
    PAYMENTS_ROW,
    POST_ROW,
    patient_rows,
)
from tests.retention.imports.staff_files import ROLE_ROW, STAFF_ROW

# What cells of the real files hold, in places where they never stand.
WORDS = sorted({str(cell) for table in (AGES, HOURS, PLACES) for row in table for cell in row})
ODD = ("", "NA", "-1", "1e400", "nan", "\u202e", "=1+1", "9" * 30, "September 2015", "20190701")
CELLS = st.sampled_from([*WORDS, *ODD, "U90001", "Z90001", "A81001"]) | st.text(max_size=5)
ROWS = st.lists(st.lists(CELLS, max_size=9), max_size=9)
TITLES = st.sampled_from([str(table[0][0]) for table in (AGES, HOURS, PLACES)])
# A good row of each format that has a header, by column.
GOOD: list[Mapping[str, str]] = [
    MAP_ROW,
    LEVEL_ROW,
    POST_ROW,
    DEPRIVATION_ROW,
    PAYMENTS_ROW,
    ROLE_ROW,
    STAFF_ROW,
    patient_rows({"Z90001": 1})[0],
    {"postcode": "TS18", "latitude": "54.5", "longitude": "-1.3"},
    {"practice_code": "A81001", "successor_code": "A81002", "merged_on": "2025-04-01"},
]
# And one of the list that has none, by its place from 0.
DATED = [DATES_CELLS.get(place, "") for place in range(1, 28)]


def read(sheets: dict[str, list[list[str]]], month: date | None = None) -> None:
    with suppress(UnreadableFileError):
        for result in read_file(workbook_bytes(sheets), month):
            assert len(result.rows) + len(result.rejected) == result.row_count
            assert all(item.line > 0 and item.reason for item in result.rejected)


@settings(max_examples=150)
@given(title=TITLES, first=st.lists(CELLS, max_size=3), rows=ROWS)
def test_a_bulletin_of_rubbish_is_read_or_refused(
    title: str, first: list[str], rows: list[list[str]]
) -> None:
    # The title that makes it a bulletin, and one more table.
    known = str(AGES[0][0])
    read({"2b": [[known], *map(list, rows)], "other": [[title, *first], *rows]})


@settings(max_examples=100)
@given(networks=ROWS, members=ROWS)
def test_a_list_of_networks_of_rubbish_is_read_or_refused(
    networks: list[list[str]], members: list[list[str]]
) -> None:
    read({"A": [list(NETWORK_HEADER), *networks], "B": [list(MEMBER_HEADER), *members]})


@settings(max_examples=200)
@given(
    good=st.sampled_from(GOOD),
    data=st.data(),
    lines=st.integers(1, 4),
    # Payments print no month: without one nothing of them is read.
    month=st.sampled_from([None, date(2025, 3, 1)]),
)
def test_a_table_with_rubbish_in_it_is_read_or_refused(
    good: Mapping[str, str], data: st.DataObject, lines: int, month: date | None
) -> None:
    spoilt = st.dictionaries(st.sampled_from(sorted(good)), CELLS, max_size=3)
    rows = [list({**good, **data.draw(spoilt)}.values()) for _ in range(lines)]
    read({"Data": [list(good), *rows]}, month)


@settings(max_examples=100)
@given(spoilt=st.lists(st.dictionaries(st.integers(0, 26), CELLS, max_size=3), min_size=1))
def test_a_list_of_practices_with_rubbish_in_it_is_read_or_refused(
    spoilt: list[dict[int, str]],
) -> None:
    rows = [[row.get(place, cell) for place, cell in enumerate(DATED)] for row in spoilt]
    read({"Data": [DATED, *rows]})


def test_what_is_spoilt_is_known_before() -> None:
    """Else the tests above would only see how an unknown file is refused."""
    assert all(recognise.recognise(list(row)) for row in GOOD)
    assert practice_dates.knows(DATED)
