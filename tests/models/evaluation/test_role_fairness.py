"""A forecast blind to role, laid on each role: ratios worked by hand on made-up series."""

from datetime import date

import numpy as np
import pytest

from models.cohort_forecast import HeadSeries
from models.cohorts import aged_on
from models.evaluation.role_fairness import ALL_BANDS, NetLoss, RoleFairness, role_fairness
from tests.factories.head_series import EDGES, scrambled_after, steady_series


def part(series: HeadSeries, group: int) -> HeadSeries:
    """One group of a series as a series of its own."""
    people = series.people[group : group + 1]
    return HeadSeries(series.months, series.edges, people, people[0])


def found(result: RoleFairness, role: str, band: str = ALL_BANDS) -> NetLoss:
    return next(one for one in result.losses if (one.role, one.band) == (role, band))


def test_the_whole_loses_what_it_is_expected_to() -> None:
    # One group alone: its rates never change.
    series = part(steady_series(), 0)
    result = role_fairness(series, {"all": series})
    for loss in result.losses:
        assert loss.ratio == pytest.approx(1.0)
        assert loss.low95 == pytest.approx(1.0)
        assert loss.within_limit


def test_roles_that_lose_more_and_less_are_found() -> None:
    series = steady_series()
    roles = {"first": part(series, 0), "second": part(series, 1)}
    result = role_fairness(series.together(), roles)
    assert found(result, "first", "60-64").ratio > 1.2
    assert not found(result, "first", "60-64").within_limit
    assert found(result, "second", "60-64").ratio < 0.9
    # What one loses too much, the other loses too little.
    for band in ("55-59", "60-64", "65+"):
        assert (found(result, "first", band).ratio - 1) * (
            found(result, "second", band).ratio - 1
        ) < 0


def test_a_loss_is_the_aged_stock_less_what_was_published() -> None:
    series = steady_series()
    one = part(series, 0)
    result = role_fairness(series.together(), {"first": one})
    place = EDGES.index(60)
    origins = [
        n for n, month in enumerate(one.months) if date(2018, 3, 1) <= month <= date(2024, 12, 1)
    ]
    lost = sum(aged_on(one.whole[n], EDGES)[place] - one.whole[n + 4][place] for n in origins)
    assert result.origins == len(origins)
    assert found(result, "first", "60-64").actual == pytest.approx(lost / 4)
    total = sum(found(result, "first", band).actual for band in ("55-59", "60-64", "65+"))
    assert found(result, "first").actual == pytest.approx(total)


def test_later_months_change_no_expectation() -> None:
    series = steady_series()
    known, scrambled = part(series, 0), scrambled_after(series, date(2024, 12, 1))
    before = role_fairness(series.together(), {"first": known})
    after = role_fairness(scrambled.together(), {"first": known})
    assert [one.expected for one in before.losses] == [one.expected for one in after.losses]


def test_other_months_are_refused() -> None:
    series = steady_series()
    with pytest.raises(ValueError, match="second: its months"):
        role_fairness(series, {"second": steady_series(last=2024)})
    with pytest.raises(ValueError, match="too short"):
        role_fairness(steady_series(last=2018), {})
    growing = part(steady_series(ratios=[(1.5, 1.2, 1.2, 1.2, 1.2)] * 2), 0)
    with pytest.raises(ValueError, match="more to join"):
        role_fairness(growing, {"all": growing})


def test_a_role_that_more_join_than_leave_has_a_loss_below_nothing() -> None:
    series = steady_series(ratios=[(1.2, 1.0, 0.6, 0.5, 0.5), (1.2, 1.05, 1.02, 1.01, 1.0)])
    result = role_fairness(series.together(), {"second": part(series, 1)})
    loss = found(result, "second")
    assert loss.actual < 0 < loss.expected
    assert not loss.within_limit
    assert loss.as_json()["within_limit"] is False
    assert np.isfinite([loss.low95, loss.high95]).all()
