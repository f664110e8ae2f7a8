"""Profiles as an array of numbers: sums by place, and what is not known."""

import datetime as dt
import json

import numpy as np
import pytest

from retention.actions import profile_table
from retention.actions.profile_table import FIELDS, NUMBERS, ProfileTable
from retention.imports.age_profile import age_profiles
from retention.imports.cells import AGE_BANDS, Cell, cell_name

JUNE = dt.date(2025, 6, 1)
BANDS = AGE_BANDS["admin"]
NAMES = [
    *(cell_name("admin", "hc", "total", "all", band) for band in BANDS),
    "total_admin_hc",
    "total_admin_fte",
    "total_admin_manager_hc",
    "total_admin_manager_fte",
]


def people(in_first_band: int, fte: Cell, managers: Cell = 0) -> list[Cell]:
    return [in_first_band, *[0] * (len(BANDS) - 1), in_first_band, fte, managers, managers]


def table(*rows: list[Cell], first: int = 1) -> ProfileTable:
    """Return a table of practices numbered from `first`, the first with 1,000 patients."""
    profiles = age_profiles("admin", NAMES, rows)
    return profile_table.of_practices(profiles, range(first, first + len(rows)), {1: 1_000})


def as_dicts(found: ProfileTable) -> list[dict[str, object]]:
    jsons = ("headcount", "sessions", "by_sex", "by_role")
    rows = [dict(zip(FIELDS, row, strict=True)) for row in found.rows(JUNE)]
    return [row | {name: json.loads(str(row[name])) for name in jsons} for row in rows]


def test_a_row_has_every_field_as_the_database_takes_it() -> None:
    (row,) = as_dicts(table(people(4, 2.5, 1)))
    assert (row["organisation"], row["month"], row["staff_group"]) == (1, "2025-06-01", "admin")
    assert row["headcount"] == [4, *[0] * 11]
    assert row["sessions"] == [22.5, *[0] * 11]
    # The sexes are not in this file.
    assert row["by_sex"] == {}
    assert row["by_role"] == {"manager": [1, 1]}
    assert {name: row[name] for name in NUMBERS} == {
        "people": 4,
        "trainees": None,
        "patients": 1_000,
        "practices": 1,
        "practices_not_known": 0,
        "fte": 2.5,
        "trainee_fte": None,
        "all_fte": 2.5,
    }


def test_what_is_not_known_is_empty_and_counted() -> None:
    (row,) = as_dicts(table(people(4, None, None)))
    assert (row["headcount"], row["sessions"], row["by_role"]) == ({}, {}, {})
    assert (row["people"], row["practices_not_known"]) == (None, 1)


def test_places_add_up_whatever_their_order() -> None:
    practices = table(people(1, 1.0), people(2, 1.5, 2), people(9, None), people(4, 0.25))
    members = {30: [4, 2], 10: [3], 20: [1, 2, 3], 40: [99]}
    found = {row["organisation"]: row for row in as_dicts(practices.added_up(members))}
    assert list(found) == [10, 20, 30]
    assert [found[key]["people"] for key in (10, 20, 30)] == [None, 3, 6]
    assert [found[key]["practices_not_known"] for key in (10, 20, 30)] == [1, 1, 0]
    assert found[20]["headcount"] == [3, *[0] * 11]
    assert found[20]["fte"] == 2.5
    assert found[20]["by_role"] == {"manager": [2, 2]}
    assert (found[10]["headcount"], found[20]["patients"]) == ({}, 1_000)


@pytest.mark.parametrize("members", [{}, {10: [99]}])
def test_no_place_with_a_practice_is_no_row(members: dict[int, list[int]]) -> None:
    assert as_dicts(table(people(1, 1.0)).added_up(members)) == []
    assert as_dicts(table().added_up(members)) == []


def test_tables_of_two_editions_stand_below_each_other_by_role() -> None:
    other = age_profiles("admin", ["total_admin_recept_hc", "total_admin_hc"], [[3, 7]])
    both = profile_table.stacked(
        [table(people(1, 1.0, 1)), profile_table.of_practices(other, [2], {})]
    )
    assert both.roles == ("manager", "recept")
    assert [row["by_role"] for row in as_dicts(both)] == [
        {"manager": [1, 1]},
        {"recept": [3, None]},
    ]
    (england,) = as_dicts(both.added_up({5: [1, 2]}))
    assert england["by_role"] == {"manager": [1, 1], "recept": [3, None]}


def test_a_stored_profile_is_the_same_table_again() -> None:
    first = table(people(4, 2.5, 1), people(2, None, 2))
    named = []
    for row in as_dicts(first):
        for name in ("headcount", "sessions"):
            row[name] = dict(zip(BANDS, row[name] or [], strict=False))  # type: ignore[call-overload]  # a list where it is not None
        named.append(tuple(row[name] for name in profile_table.STORED))
    again = profile_table.of_stored("admin", named)
    assert again.organisations.tolist() == [1, 2]
    assert np.array_equal(again.values, first.values, equal_nan=True)
