from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.bands import GP_BANDS, NURSE_BANDS
from models.standard_table import (
    FIRST_AGE,
    LAST_AGE,
    PENSION_SPIKES,
    STAFF_GROUPS,
    StandardTable,
    read_table,
    standard_table,
    validate,
)

BAND = {band.code: band for band in GP_BANDS}
# Fully qualified GPs by age, headcount, June 2023: General Practice Workforce bulletin, table 2b
# (65 and over is one band there, and is taken as 65 to 69).
ENGLAND_JUNE_2023 = [208, 3517, 6575, 6631, 6083, 5067, 4241, 2229, 1461, 0]


@pytest.fixture
def table() -> StandardTable:
    return standard_table()


def leaving(table: StandardTable, code: str, years: int) -> tuple[float, float]:
    """Chance of (retiring, leaving for any reason) within so many years, for one band."""
    retire, otherwise = table.band_incidence([years], [BAND[code]])[0, 0]
    return retire, retire + otherwise


def test_it_says_that_it_is_constructed_and_from_what(table: StandardTable) -> None:
    assert table.constructed
    assert table.version == "GP-England-2026.2"
    assert "2022" in table.window
    assert any("Institute for Government" in source for source in table.sources)


@pytest.mark.parametrize(
    ("first", "last", "published"),
    [(25, 29, 0.216), (30, 34, 0.114), (40, 49, 0.059)],
)
def test_where_a_rate_is_published_the_table_has_it(
    table: StandardTable, first: int, last: int, published: float
) -> None:
    ages = np.arange(first, last + 1)
    assert table.hazards(ages).sum(axis=-1) == pytest.approx(np.full(len(ages), published))
    assert {table.basis[age - FIRST_AGE] for age in ages} == {"published"}


def test_from_fifty_retiring_is_fitted_and_pension_ages_are_declared(table: StandardTable) -> None:
    from_50 = table.basis[50 - FIRST_AGE :]
    assert {age for age, basis in enumerate(from_50, start=50) if basis == "spike"} == {60, 65}
    assert set(from_50) == {"fitted", "spike"}
    # The published 11.2% at 55 to 59 is met with the ages as they are, younger ones more numerous.
    assert table.hazards(np.arange(55, 60)).sum(axis=-1).mean() == pytest.approx(0.112, abs=0.004)


@pytest.mark.parametrize("staff_group", STAFF_GROUPS)
def test_every_staff_group_has_a_table_that_does_not_fall_from_50_to_65(staff_group: str) -> None:
    table = standard_table(staff_group)
    ages = np.array([age for age in range(50, 66) if age not in PENSION_SPIKES])
    leaving = table.hazards(ages).sum(axis=-1)
    assert np.all(np.diff(leaving) > -2e-4)
    assert table.hazards(65).sum() > 1.3 * leaving[0]


def test_other_staff_say_that_their_table_is_of_their_own_and_partly_assumed() -> None:
    versions = {standard_table(group).version for group in STAFF_GROUPS}
    assert len(versions) == len(STAFF_GROUPS)
    for group in ("nurses", "dpc", "admin"):
        table = standard_table(group)
        assert set(table.basis[: 50 - FIRST_AGE]) == {"assumed"}
        assert any("11.5%" in source for source in table.sources)


def test_an_unknown_staff_group_has_no_table() -> None:
    with pytest.raises(ValueError, match="no standard table for 'porters'"):
        standard_table("porters")


def test_all_ages_together_leave_about_as_often_as_published(
    table: StandardTable,
) -> None:
    chances = table.band_incidence([1]).sum(axis=-1)[:, 0]
    rate = np.average(chances, weights=ENGLAND_JUNE_2023)
    # The published rate for the year to December 2022 is 8.8%, by FTE.
    assert rate == pytest.approx(0.0846, abs=0.0005)


@pytest.mark.parametrize(
    ("code", "total", "retire"),
    [("50TO54", 0.32, 0.21), ("55TO59", 0.52, 0.46), ("60TO64", 0.56, 0.50)],
)
def test_five_years_leaving_by_band(
    table: StandardTable, code: str, total: float, retire: float
) -> None:
    retiring, leaving_at_all = leaving(table, code, 5)
    assert leaving_at_all == pytest.approx(total, abs=0.005)
    assert retiring == pytest.approx(retire, abs=0.005)


def test_retirement_age_of_those_who_retire_from_fifty_is_near_sixty_one(
    table: StandardTable,
) -> None:
    years = np.arange(1, 60)
    retired = table.incidence(50, years)[:, 0]
    in_year = np.diff(retired, prepend=0.0)
    # Published mean ages at first claim lie between 58.5 and 60.6; many work on after it.
    assert np.average(49.5 + years, weights=in_year) == pytest.approx(61.2, abs=0.1)


def test_one_year_at_sixty_to_sixty_four_is_the_mean_of_its_ages(table: StandardTable) -> None:
    retire, total = leaving(table, "60TO64", 1)
    assert retire == pytest.approx((0.1678 + 0.1212 + 0.1226 + 0.1250 + 0.1275) / 5)
    assert total == pytest.approx(retire + 0.0158)


def test_three_years_follow_each_age_through_the_spike(table: StandardTable) -> None:
    from_59 = table.incidence(59, [3])[0].sum()
    assert from_59 == pytest.approx(1 - (1 - 0.1343) * (1 - 0.1836) * (1 - 0.1370))


def test_ages_beyond_the_table_take_its_ends(table: StandardTable) -> None:
    assert table.hazards([18, 90]).tolist() == [
        table.hazards(FIRST_AGE).tolist(),
        table.hazards(LAST_AGE).tolist(),
    ]


def test_closed_bands_are_even_over_their_ages(table: StandardTable) -> None:
    ages, weights = table.band_weights(BAND["30TO34"])
    assert ages.tolist() == [30, 31, 32, 33, 34]
    assert weights == pytest.approx(np.full(5, 0.2))


def test_nobody_qualifies_as_a_gp_before_twenty_eight(table: StandardTable) -> None:
    ages, _ = table.band_weights(BAND["UNDER30"])
    assert ages.tolist() == [28, 29]


def test_the_open_band_thins_out_as_people_leave(table: StandardTable) -> None:
    ages, weights = table.band_weights(BAND["70PLUS"])
    assert ages.tolist() == [70, 71, 72, 73, 74, 75]
    assert weights.sum() == pytest.approx(1)
    assert weights[1:] / weights[:-1] == pytest.approx(np.full(5, 1 - 0.1538))


def test_nurses_younger_than_the_table_are_taken_at_its_first_age(table: StandardTable) -> None:
    assert table.band_incidence([1], NURSE_BANDS)[0, 0] == pytest.approx(table.hazards(FIRST_AGE))


def test_longer_horizons_only_add(table: StandardTable) -> None:
    chances = table.band_incidence(range(1, 11))
    assert np.all(np.diff(chances, axis=1) > 0)
    assert np.all(chances.sum(axis=-1) < 1)


def changed(column: str, age: int, value: float) -> StandardTable:
    table = standard_table()
    values = getattr(table, column).copy()
    values[age - FIRST_AGE] = value
    return replace(table, **{column: values})


@pytest.mark.parametrize(
    ("column", "age", "value", "message"),
    [
        ("retire", 40, 0.0, "leave some chance to stay"),
        ("leave_otherwise", 40, -0.1, "leave some chance to stay"),
        ("retire", 60, 0.99, "leave some chance to stay"),
        ("retire", 53, 0.001, "Retiring must not grow rarer"),
        ("leave_otherwise", 70, 0.05, "must not grow more common"),
        ("leave_otherwise", 51, 0.0377, "Leaving must not grow rarer"),
    ],
)
def test_a_table_that_breaks_its_word_is_refused(
    column: str, age: int, value: float, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        validate(changed(column, age, value))


@pytest.mark.parametrize("age", PENSION_SPIKES)
def test_spikes_may_stand_out_at_declared_pension_ages_only(age: int) -> None:
    validate(changed("retire", age, 0.3))
    with pytest.raises(ValueError, match="Retiring must not grow rarer"):
        validate(changed("retire", 58, 0.3))


def test_an_unknown_basis_is_refused(table: StandardTable) -> None:
    with pytest.raises(ValueError, match="Unknown basis: guess"):
        validate(replace(table, basis=("guess", *table.basis[1:])))


def test_a_short_table_is_refused(table: StandardTable) -> None:
    with pytest.raises(ValueError, match="every age"):
        validate(replace(table, retire=table.retire[1:]))


def test_a_file_with_an_age_missing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("staff_group,age,retire,leave_otherwise,basis\ngp,25,0.002,0.21,published\n")
    with pytest.raises(ValueError, match="every age"):
        read_table(path, version="x", window="y")
