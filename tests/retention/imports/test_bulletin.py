"""The bulletin tables: what each printed row counts, with the traps handled."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from retention.imports.bulletin import BulletinSeries, number_of
from retention.imports.files import UnreadableFileError
from retention.imports.recognise import read_file
from retention.imports.results import ReadResult
from tests.retention.imports.bulletins import AGES, PLACES, bulletin_bytes

SEPTEMBER, MARCH = date(2015, 9, 1), date(2016, 3, 1)


def read(sheet: str = "2b", rows: Sequence[Sequence[object]] = AGES) -> ReadResult[BulletinSeries]:
    (result,) = read_file(bulletin_bytes({sheet: rows}))
    return result


def replaced(row: int, column: int, value: object) -> list[list[object]]:
    rows = [list(cells) for cells in AGES]
    rows[row][column] = value
    return rows


def test_every_printed_row_is_a_series_with_its_labels() -> None:
    result = read()
    assert (result.format, result.rejected, result.unknown_columns) == ("bulletin", [], ())
    printed = [(s.line, s.group, s.part, s.measure) for s in result.rows if s.sheet == "2b"]
    assert printed == [
        (4, "GPs", "", "headcount"),
        (5, "GPs", "", "estimated"),
        (6, "GPs", "Under 30", "headcount"),
        (7, "GPs", "65 and over", "headcount"),
        (8, "GPs", "Unknown", "headcount"),
        (9, "Nurses", "", "headcount"),
        (10, "Nurses", "Under 25", "headcount"),
    ]
    assert result.row_count == len(result.rows) == 7 + 2 + 8


def test_signs_are_read_as_the_publisher_means_them() -> None:
    values = {(s.group, s.part, s.measure): s.values for s in read().rows if s.sheet == "2b"}
    assert values["GPs", "Under 30", "headcount"] == {SEPTEMBER: 0.0, MARCH: 2.0}
    assert values["GPs", "", "estimated"] == {SEPTEMBER: 0.05, MARCH: None}
    assert values["Nurses", "", "headcount"] == {SEPTEMBER: 7.0, MARCH: None}
    assert values["Nurses", "Under 25", "headcount"] == {SEPTEMBER: 0.0, MARCH: None}


def test_a_month_above_two_columns_holds_for_both() -> None:
    heads, percent = (s for s in read().rows if s.sheet == "3")
    assert (heads.group, heads.part) == ("GP Partners", "15 hours or less")
    assert (heads.measure, dict(heads.values)) == ("headcount", {SEPTEMBER: 4.0, MARCH: 5.0})
    assert (percent.measure, dict(percent.values)) == ("percent", {SEPTEMBER: 40.0, MARCH: 50.0})


def test_a_role_of_two_staff_groups_is_told_apart_by_place_in_the_table() -> None:
    found = [
        (s.place, s.place_name, s.staff_group, s.group, s.values[MARCH])
        for s in read().rows
        if s.sheet == "6b"
    ]
    assert found[:4] == [
        ("England", "England", "gp", "GPs", 12.0),
        ("England", "England", "gp", "Apprentices", 3.0),
        ("England", "England", "admin", "Admin/Non-Clinical", 90.0),
        ("England", "England", "admin", "Apprentices", 4.0),
    ]
    assert found[5:] == [
        ("QZZ", "NHS Willowshire ICB", "gp", "Apprentices", 0.0),
        ("QZZ", "NHS Willowshire ICB", "admin", "Admin/Non-Clinical", 90.0),
        ("QZZ", "NHS Willowshire ICB", "admin", "Apprentices", None),
    ]


def test_tables_that_an_edition_lacks_are_named() -> None:
    result = read()
    assert result.missing_columns == ("table 1a", "table 1b", "table 2a", "table 6a")
    assert result.warnings == ["Not in this edition: table 1a, table 1b, table 2a, table 6a."]


def test_a_column_that_is_no_month_is_named_and_not_read() -> None:
    result = read(rows=replaced(2, 3, "Trend"))
    assert result.unknown_columns == ("table 2b: Trend",)
    assert "Columns not read: table 2b: Trend." in result.warnings
    assert {month for s in result.rows for month in s.values} == {SEPTEMBER, MARCH}


@pytest.mark.parametrize("cell", ["n/a", -3, "1e999", "=1+1"])
def test_a_cell_that_is_no_figure_rejects_its_row(cell: object) -> None:
    result = read(rows=replaced(6, 1, cell))
    (problem,) = result.rejected
    assert problem.line == 7
    assert "Table 2b, row 7" in problem.reason
    assert result.row_count == len(result.rows) + 1


@pytest.mark.parametrize(
    ("cell", "value"),
    [("-", 0.0), ("  - ", 0.0), ("..", None), ("", None), ("1,204", 1204.0), ("0.5", 0.5)],
)
def test_numbers(cell: str, value: float | None) -> None:
    assert number_of(cell) == value


@pytest.mark.parametrize(
    ("sheet", "rows", "message"),
    [
        ("2b", [AGES[0], ["England"], ["", "2015", "2016"]], "no row that names months"),
        ("6b", [["Table 6b: General Medical Practice staff: by role"], *PLACES[1:]], "no month"),
        ("6b", [PLACES[0], *PLACES[2:]], "no column “All GPs”"),
    ],
)
def test_a_table_without_its_header_is_refused(
    sheet: str, rows: Sequence[Sequence[object]], message: str
) -> None:
    with pytest.raises(UnreadableFileError, match=re.escape(message)):
        read(sheet, rows)


def test_a_table_of_places_of_one_column_holds_nothing() -> None:
    one_column: Sequence[Sequence[object]] = [[PLACES[0][0]], ["All GPs"], ["QZZ"]]
    assert {row.sheet for row in read_file(bulletin_bytes({"6b": one_column}))[0].rows} == {
        "2b",
        "3",
    }


def test_sheets_are_known_by_their_titles_whatever_their_names_and_order() -> None:
    (renamed,) = read_file(bulletin_bytes(tables={"Sheet9": PLACES, "Sheet1": AGES}))
    assert {s.sheet for s in renamed.rows} == {"2b", "6b"}
    assert renamed.rejected == []


@pytest.fixture(scope="module")
def bulletin(real_data: Path) -> ReadResult[BulletinSeries]:
    (result,) = read_file(real_data / "gpw-bulletin-2025-10.xlsx")
    return result


@pytest.mark.real_data
def test_the_real_bulletin_has_every_row_of_74_months(
    bulletin: ReadResult[BulletinSeries],
) -> None:
    assert (bulletin.rejected, bulletin.warnings, bulletin.unknown_columns) == ([], [], ())
    assert Counter(s.sheet for s in bulletin.rows) == {
        "1a": 243,
        "1b": 243,
        "2a": 139,
        "2b": 139,
        "3": 72,
        "6a": 157 * 55,
        "6b": 157 * 55,
    }
    national = [s for s in bulletin.rows if s.sheet not in ("6a", "6b")]
    assert {len(s.values) for s in national} == {74}
    assert {min(s.values) for s in national} == {SEPTEMBER}
    assert {s.month for s in bulletin.rows} == {date(2025, 10, 1)}


@pytest.mark.real_data
def test_the_real_bands_of_a_group_add_up_to_it(bulletin: ReadResult[BulletinSeries]) -> None:
    """FTE agree to 5; heads may come to more, as someone with two records is in two bands."""
    groups: dict[tuple[str, str], dict[str, BulletinSeries]] = {}
    for row in bulletin.rows:
        if row.sheet in ("2a", "2b") and row.measure != "estimated":
            groups.setdefault((row.sheet, row.group), {})[row.part] = row
    assert len(groups) == 24
    for (sheet, group), parts in groups.items():
        for month, total in parts[""].values.items():
            bands = [row.values[month] for part, row in parts.items() if part]
            if total is None:
                assert set(bands) <= {None}, (sheet, group, month)
                continue
            surplus = sum(value or 0.0 for value in bands) - total
            least, most = (-5, 5) if sheet == "2a" else (0, max(3.0, 0.01 * total))
            assert least <= surplus <= most, (sheet, group, month)


@pytest.mark.real_data
def test_the_real_traps(bulletin: ReadResult[BulletinSeries]) -> None:
    found = {
        (s.sheet, s.sex, s.group, s.part, s.measure): s.values
        for s in bulletin.rows
        if s.place == "England"
    }
    december = date(2016, 12, 1)
    assert found["2b", "", "Nurses", "", "headcount"][december] is None
    assert found["2b", "", "Nurses", "", "headcount"][date(2025, 10, 1)] == 22776
    unknown = found["2b", "", "Qualified Permanent GPs", "Unknown", "headcount"]
    assert (unknown[SEPTEMBER], unknown[date(2025, 9, 1)]) == (1769, 340)
    assert found["2b", "", "GPs", "", "estimated"][SEPTEMBER] == 0.0485
    assert found["1b", "unknown", "Nurses", "", "headcount"][date(2025, 10, 1)] is not None
    partners = found["3", "male", "GP Partners", "37.5 hours or more", "headcount"]
    assert partners[SEPTEMBER] is not None
    assert sum(value == 0 for s in found.values() for value in s.values()) > 500
