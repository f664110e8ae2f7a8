"""Networks and their practices with dates: two sheets that are one file."""

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.imports.files import UnreadableFileError
from retention.imports.network_history import MemberRow, NetworkRow, Period, periods
from retention.imports.recognise import read_file
from tests.factories.workbooks import workbook_bytes
from tests.retention.imports.published_files import (
    MEMBER_HEADER,
    NETWORK_HEADER,
    history_bytes,
    member_cells,
    network_cells,
)

NETWORKS = [network_cells("U90001"), network_cells("U90002", "20200401", "20220331")]
MEMBERS = [
    member_cells("Z90001", "U90001", "20190701", "20200331"),
    member_cells("Z90001", "U90002", "20200401"),
]


def test_both_sheets_make_one_result() -> None:
    (result,) = read_file(history_bytes(NETWORKS, MEMBERS))
    network, closed, member, _ = result.rows
    place = {"sub_icb_code": "99Z", "sub_icb_name": "NHS Willowshire ICB - 99Z"}
    edition = date(2020, 4, 1)
    assert network == NetworkRow(
        line=2,
        network_code="U90001",
        network_name="PCN U90001",
        starts=date(2019, 7, 1),
        ends=None,
        month=edition,
        **place,
    )
    assert closed.ends == date(2022, 3, 31)
    assert member == MemberRow(
        line=2,
        practice_code="Z90001",
        practice_name="SURGERY Z90001",
        network_code="U90001",
        network_name="PCN U90001",
        starts=date(2019, 7, 1),
        ends=date(2020, 3, 31),
        month=edition,
        **place,
    )
    assert (result.format, result.row_count, result.warnings) == ("network_history", 4, [])


def test_the_month_given_dates_the_edition() -> None:
    (result,) = read_file(history_bytes(NETWORKS, MEMBERS), date(2024, 9, 1))
    assert {row.month for row in result.rows} == {date(2024, 9, 1)}
    (result,) = read_file(history_bytes(NETWORKS, MEMBERS), date(2019, 9, 1))
    assert "has dates as late as April 2020" in result.rejected[0].reason


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (member_cells("Z9", "U90001", "20190701"), "The practice code “Z9” is not valid"),
        (member_cells("Z90002", "U", "20190701"), "The network (PCN) code is missing"),
        (member_cells("Z90002", "U90001", "19000101"), "The start “19000101” is not a day since"),
        (member_cells("Z90002", "U90001", "20190701", "29990101"), "The end “29990101” is not a"),
        (member_cells("Z90002", "U90001", "20200101", "20191231"), "before it starts"),
        (member_cells("Z90001", "U90001", "20200101"), "is in network U90001 at the same time"),
    ],
)
def test_a_wrong_row_is_rejected_with_its_sheet(row: Sequence[str], reason: str) -> None:
    (result,) = read_file(history_bytes(NETWORKS, [*MEMBERS, row]))
    (problem,) = result.rejected
    assert problem.line == 4
    assert problem.reason.startswith("Sheet “PCN Core Partner Details”: ")
    assert reason in problem.reason


def test_a_network_twice_is_rejected() -> None:
    (result,) = read_file(history_bytes([*NETWORKS, NETWORKS[0]], MEMBERS))
    assert "Network U90001 is already on line 2" in result.rejected[0].reason


@pytest.mark.parametrize("header", [NETWORK_HEADER, MEMBER_HEADER])
def test_one_sheet_alone_is_refused(header: Sequence[str]) -> None:
    with pytest.raises(UnreadableFileError, match="one of its two sheets"):
        read_file(workbook_bytes({"One": [header, ["x"]], "Notes": [], "More": [["a", "a"]]}))


def test_a_day_or_two_beside_the_right_period_are_corrected() -> None:
    rows = [
        member_cells("Z90001", "U90001", "20190701", "20200401"),
        member_cells("Z90001", "U90002", "20200401"),
        member_cells("Z90001", "U90003", "20200401", "20200402"),
    ]
    (result,) = read_file(history_bytes(NETWORKS, rows))
    assert result.rejected == []
    assert periods(row for row in result.rows if isinstance(row, MemberRow)) == [
        Period("U90001", date(2019, 7, 1), date(2020, 4, 1)),
        Period("U90002", date(2020, 4, 1), None),
    ]


@given(seed=st.integers(), upper=st.booleans(), one_line=st.booleans(), swapped=st.booleans())
def test_the_same_rows_however_the_workbook_is_written(
    seed: int, upper: bool, one_line: bool, swapped: bool
) -> None:
    order = random.Random(seed)

    def shuffled(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[list[str]]:
        places = list(range(len(header)))
        order.shuffle(places)
        names = [name.upper() if upper else name for name in header]
        names = [name.replace("\n", " ") if one_line else name for name in names]
        return [[cells[place] for place in places] for cells in (names, *rows)]

    sheets = {"A": shuffled(NETWORK_HEADER, NETWORKS), "B": shuffled(MEMBER_HEADER, MEMBERS)}
    if swapped:
        sheets = dict(reversed(sheets.items()))
    (result,) = read_file(workbook_bytes(sheets))
    assert list(result.rows) == list(read_file(history_bytes(NETWORKS, MEMBERS))[0].rows)


def test_the_real_workbook_is_read_whole(real_data: Path) -> None:
    (result,) = read_file(real_data / "ods-epcn-2024.xlsx")
    networks = [row for row in result.rows if isinstance(row, NetworkRow)]
    members = [row for row in result.rows if isinstance(row, MemberRow)]
    assert (len(networks), len(members), result.rejected) == (1366, 7705, [])
    assert sum(row.ends is not None for row in networks) == 81
    assert len({row.practice_code for row in members}) == 6813
    assert {row.month for row in result.rows} == {date(2024, 10, 1)}
    by_practice: dict[str, list[MemberRow]] = {}
    for row in members:
        by_practice.setdefault(row.practice_code, []).append(row)
    found = {code: periods(rows) for code, rows in by_practice.items()}
    assert sum(len(rows) for rows in by_practice.values()) - sum(map(len, found.values())) == 9
    assert [p.network_code for p in found["P85612"]] == ["U14327", "U17156", "U17156"]
