from typing import Any

import pytest

from models.arrays import horizon_years, non_negative


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
