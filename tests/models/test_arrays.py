from typing import Any

import numpy as np
import pytest

from models.arrays import held_ages, horizon_years, non_negative


@pytest.mark.parametrize("values", [[1, -0.5], [float("nan")], [float("inf")]])
def test_what_is_not_an_amount_is_refused_by_name(values: Any) -> None:
    with pytest.raises(ValueError, match="Sessions must be known and not negative"):
        non_negative("Sessions", values)


def test_amounts_become_floats() -> None:
    assert non_negative("Sessions", [0, 2]).tolist() == [0.0, 2.0]


@pytest.mark.parametrize("years", [(), (0,), (1, -3), (1.5,)])
def test_horizons_are_whole_years_from_one(years: Any) -> None:
    with pytest.raises(ValueError, match="whole numbers from 1"):
        horizon_years(years)


def test_horizons_keep_their_order() -> None:
    assert horizon_years([5, 1, 10]) == (5, 1, 10)


@pytest.mark.parametrize("years", [(float("inf"),), (1, float("nan"))])
def test_horizons_without_an_end_are_refused(years: Any) -> None:
    with pytest.raises(ValueError, match="whole numbers from 1"):
        horizon_years(years)


def test_whole_horizons_become_integers_so_that_they_can_count_rows() -> None:
    found = horizon_years([1.0, np.int64(3)])  # type: ignore[list-item]  # as callers may give
    assert found == (1, 3)
    assert {type(year) for year in found} == {int}


def test_ages_are_held_within_a_table() -> None:
    assert held_ages([[20, 25], [60, 99]], 25, 75).tolist() == [[25, 25], [60, 75]]
    assert held_ages([59.0], 25, 75).dtype == np.int64


@pytest.mark.parametrize("age", [np.nan, np.inf, -np.inf])
def test_an_unknown_age_is_refused(age: float) -> None:
    with pytest.raises(ValueError, match="Ages must be known"):
        held_ages([50, age], 25, 75)
