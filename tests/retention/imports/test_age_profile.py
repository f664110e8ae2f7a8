"""Age profiles come out of printed cells, with nothing invented."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.imports.age_profile import PrintedAgeProfile, age_profile, age_profiles
from retention.imports.cells import AGE_BANDS, ROLES, Cell, StaffGroup, cell_name
from retention.imports.recognise import read_file

BANDS = AGE_BANDS["gp"]
SAMPLE = "gpw-practice-level-detailed-2025-06-sample.csv"


def qualified_permanent_gps(cells: dict[str, Cell]) -> PrintedAgeProfile:
    return age_profile("gp", cells)


def nurses(cells: dict[str, Cell]) -> PrintedAgeProfile:
    return age_profile("nurses", cells)


def gp_cells(heads: dict[str, int], fte: float | None) -> dict[str, Cell]:
    """Return the cells of qualified permanent GPs: heads by band (others 0) and FTE."""
    cells: dict[str, Cell] = {
        cell_name("gp", "hc", population="extgl", age_band=band): heads.get(band, 0)
        for band in BANDS
    }
    cells[cell_name("gp", "hc", population="extgl")] = sum(heads.values())
    cells[cell_name("gp", "fte", population="extgl")] = fte
    return cells


def test_the_fte_of_a_band_is_its_share_of_heads() -> None:
    profile = qualified_permanent_gps(gp_cells({"40to44": 3, "60to64": 1}, 3.0))
    shared = profile.fte_by_band
    assert (shared["40to44"], shared["60to64"], shared["under30"]) == (2.25, 0.75, 0.0)
    assert profile.sessions_by_band["60to64"] == 6.75
    assert profile.is_known


@given(
    st.dictionaries(st.sampled_from(BANDS), st.integers(0, 20), min_size=1),
    st.floats(0, 50),
)
def test_the_bands_fte_adds_up_to_the_printed_fte(heads: dict[str, int], fte: float) -> None:
    shared = qualified_permanent_gps(gp_cells(heads, fte)).fte_by_band
    known = [value for value in shared.values() if value is not None]
    if sum(heads.values()) or not fte:
        assert sum(known) == pytest.approx(fte)
    else:
        assert known == []


def test_what_is_not_known_stays_unknown() -> None:
    cells = gp_cells({"40to44": 2}, 1.5)
    cells["total_gp_extgl_hc_60to64"] = None
    profile = qualified_permanent_gps(cells)
    assert not profile.is_known
    assert set(profile.fte_by_band.values()) == {None}
    assert set(profile.sessions_by_band.values()) == {None}
    without_fte = qualified_permanent_gps(gp_cells({"40to44": 2}, None))
    assert set(without_fte.fte_by_band.values()) == {None}


def test_an_edition_without_these_cells_gives_an_unknown_profile() -> None:
    profile = qualified_permanent_gps({})
    assert (profile.headcount, profile.fte, profile.trainee_headcount) == (None, None, None)
    assert profile.trainee_fte is None
    assert not profile.is_known


def test_nobody_and_no_fte_is_known_to_be_nothing() -> None:
    profile = qualified_permanent_gps(gp_cells({}, 0.0))
    assert profile.is_known
    assert set(profile.fte_by_band.values()) == {0.0}


def test_heads_that_came_back_as_decimals_are_whole_again() -> None:
    profile = qualified_permanent_gps({"total_gp_extgl_hc": 3.0})
    assert type(profile.headcount) is int


def test_the_real_gps_of_a81001(real_data: Path) -> None:
    (result,) = read_file(real_data / "gpw-practice-level-detailed-2025-06-sample.csv")
    profile = qualified_permanent_gps(result.rows[0].cells("gp"))
    assert (profile.headcount, profile.fte) == (1, 1.0)
    assert profile.headcount_by_band["total"]["60to64"] == 1
    assert profile.headcount_by_band["female"]["60to64"] == 1
    assert sum(heads or 0 for heads in profile.headcount_by_band["total"].values()) == 1
    assert profile.sessions_by_band["60to64"] == 9.0
    assert (profile.headcount_in_all, profile.fte_in_all) == (5, 4.84)
    assert (profile.trainee_headcount, profile.trainee_fte) == (4, 3.84)


def test_the_real_nurses(real_data: Path) -> None:
    (result,) = read_file(real_data / "gpw-practice-level-detailed-2025-06-sample.csv")
    densham, queens_park, _ = (nurses(row.cells("nurses")) for row in result.rows)
    assert (densham.headcount, densham.fte, densham.is_known) == (None, None, False)
    assert (queens_park.headcount, queens_park.fte) == (9, 7.48)
    assert queens_park.headcount_by_band["total"]["60to64"] == 2
    assert (queens_park.trainee_headcount, queens_park.trainee_fte) == (0, 0.0)
    assert queens_park.headcount_by_band["female"]["under25"] == 1


def test_the_real_nurses_fte_by_age_is_the_printed_one(real_data: Path) -> None:
    (result,) = read_file(real_data / "gpw-practice-level-detailed-2025-06-sample.csv")
    densham, queens_park, _ = (nurses(row.cells("nurses")).fte_by_band for row in result.rows)
    assert queens_park["60to64"] == 1.306666667
    assert sum(fte or 0 for fte in queens_park.values()) == pytest.approx(7.48)
    assert set(densham.values()) == {None}


def test_an_edition_without_fte_by_age_shares_the_nurses_fte_by_heads() -> None:
    cells: dict[str, Cell] = {cell_name("nurses", "hc", age_band=b): 0 for b in AGE_BANDS["nurses"]}
    cells |= {"total_nurses_hc_30to34": 1, "total_nurses_hc_55to59": 3, "total_nurses_fte": 2.0}
    assert nurses(cells).fte_by_band["55to59"] == 1.5


def test_the_real_pharmacists_and_managers(real_data: Path) -> None:
    (result,) = read_file(real_data / SAMPLE)
    expected: dict[StaffGroup, dict[str, int]] = {"dpc": {"hca": 3}, "admin": {}}
    for group, roles in expected.items():
        for row in result.rows:
            profile = age_profile(group, row.cells(group))
            assert list(profile.headcount_by_band["total"])[:2] == ["under25", "25to29"]
            heads = sum(n or 0 for n in profile.headcount_by_band["total"].values())
            assert (profile.headcount or 0) == heads
            assert profile.trainee_headcount is None
        queens_park = age_profile(group, result.rows[1].cells(group))
        assert {role: queens_park.by_role[role][0] for role in roles} == roles
        assert set(queens_park.by_role) == set(ROLES[group])


def test_everyone_is_counted_in_a_role_trainees_too(real_data: Path) -> None:
    (result,) = read_file(real_data / SAMPLE)
    densham = age_profile("gp", result.rows[0].cells("gp"))
    in_training = [
        people or 0 for role, (people, _) in densham.by_role.items() if role.startswith("trn_gr")
    ]
    assert sum(in_training) == densham.trainee_headcount == 4
    others = {role: found for role, found in densham.by_role.items() if any(found)}
    assert {role: people for role, (people, _) in others.items() if "trn" not in role} == {
        "sen_ptnr": 1
    }


def test_many_practices_are_read_as_each_alone(real_data: Path) -> None:
    (result,) = read_file(real_data / SAMPLE)
    for group in ROLES:
        names = list(result.rows[0].cells(group))
        together = age_profiles(group, names, [[*row.cells(group).values()] for row in result.rows])
        alone = [age_profile(group, row.cells(group)) for row in result.rows]
        assert together.known.tolist() == [profile.is_known for profile in alone]
        fte = [[*profile.fte_by_band.values()] for profile in alone]
        assert np.array_equal(together.fte_by_band, np.array(fte, dtype=float), equal_nan=True)
