"""The back-test: origins, rivals and scores worked by hand; the future is never looked at."""

from datetime import date

import numpy as np
import pytest

from models.cohort_forecast import HeadSeries
from models.evaluation.backtest import (
    MODEL,
    MODEL_GROWTH,
    RIVALS,
    Z80,
    Method,
    Scored,
    origins,
    score,
    spread,
    yearly_errors,
)
from tests.factories.head_series import EDGES, scrambled_after, steady_series

METHODS = {"model": MODEL, **RIVALS}


def growing(step: float = 10.0) -> HeadSeries:
    """One group whose bands grow by `step` heads every year."""
    months = tuple(date(year, month, 1) for year in range(2015, 2026) for month in (3, 6, 9, 12))
    years = np.repeat(np.arange(11), 4)[:, np.newaxis]
    whole = 100.0 + step * years * np.ones((1, len(EDGES) - 1))
    return HeadSeries(months, EDGES, whole[np.newaxis], whole)


def test_origins_are_quarter_ends_whose_outcome_was_published() -> None:
    series = steady_series(last=2025).up_to(date(2025, 9, 1))
    one, five = origins(series, 1), origins(series, 5)
    assert (one[0], one[-1], len(one)) == (date(2018, 3, 1), date(2024, 9, 1), 27)
    assert (five[0], five[-1], len(five)) == (date(2018, 3, 1), date(2020, 9, 1), 11)
    monthly = steady_series(months=range(1, 13))
    assert {month.month for month in origins(monthly, 1)} == {3, 6, 9, 12}


def test_no_change_repeats_the_count() -> None:
    known = growing().up_to(date(2020, 3, 1))
    assert RIVALS["no_change"](known, 5).tolist() == [[150.0] * 5] * 5


def test_last_change_repeats_the_step() -> None:
    known = growing().up_to(date(2020, 3, 1))
    assert RIVALS["last_change"](known, 3)[:, 0].tolist() == [160.0, 170.0, 180.0]
    assert score(growing(), RIVALS["last_change"], 5).errors.max() == pytest.approx(0)


def test_last_change_never_falls_below_one_head() -> None:
    known = growing(-9.5).up_to(date(2020, 3, 1))
    assert RIVALS["last_change"](known, 10)[-1, 0] == 1.0


@pytest.mark.parametrize("name", ["last_ratio", "mean_ratio"])
def test_ratio_rivals_find_a_steady_world_of_one_group(name: str) -> None:
    series = steady_series()
    partners = HeadSeries(series.months, EDGES, series.people[:1], series.people[0])
    for years in (1, 5):
        assert score(partners, RIVALS[name], years).errors.max() == pytest.approx(0, abs=1e-9)


def test_the_model_finds_a_steady_world_of_two_groups() -> None:
    for years in (1, 5):
        assert score(steady_series(), MODEL, years).errors.max() == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS.keys())
@pytest.mark.parametrize("origin", [date(2018, 3, 1), date(2019, 9, 1), date(2020, 12, 1)])
def test_nothing_later_than_the_origin_is_used(method: Method, origin: date) -> None:
    series, nonsense = steady_series(), scrambled_after(steady_series(), origin)
    place = origins(series, 5).index(origin)
    before, after = score(series, method, 5), score(nonsense, method, 5)
    assert before.forecast[place].tolist() == after.forecast[place].tolist()
    assert before.spread[place].tolist() == after.spread[place].tolist()
    assert before.published[place].tolist() != after.published[place].tolist()


def scored(forecast: float, published: float, sd: float) -> Scored:
    return Scored(
        (date(2018, 3, 1),),
        np.array([[forecast]]),
        np.array([[published]]),
        np.array([[sd]]),
    )


def test_errors_are_percent_of_what_was_published() -> None:
    assert scored(90, 100, 0.1).errors.item() == pytest.approx(10)
    assert scored(110, 100, 0.1).errors.item() == pytest.approx(10)


def test_an_interval_is_even_on_the_logarithm_and_grows() -> None:
    low, high = scored(100, 100, 0.1).interval(2.0)
    assert np.log(high.item() / 100) == pytest.approx(Z80 * 0.2)
    assert low.item() * high.item() == pytest.approx(100**2)
    assert scored(100, 113, 0.1).covered(1.0).item() == 1
    assert scored(100, 114, 0.1).covered(1.0).item() == 0


def test_the_interval_score_is_the_width_and_ten_times_the_miss() -> None:
    low, high = (end.item() for end in scored(100, 100, 0.1).interval(1.0))
    assert scored(100, 100, 0.1).interval_scores(1.0).item() == pytest.approx(high - low)
    above = scored(100, 120, 0.1).interval_scores(1.0).item()
    assert above == pytest.approx(100 * (high - low + 10 * (120 - high)) / 120)
    below = scored(100, 80, 0.1).interval_scores(1.0).item()
    assert below == pytest.approx(100 * (high - low + 10 * (low - 80)) / 80)


def test_the_variance_of_five_years_is_fifteen_times_that_of_one() -> None:
    assert MODEL_GROWTH[1] == 1
    assert MODEL_GROWTH[5] ** 2 == pytest.approx(15)


def test_yearly_errors_are_those_of_every_quarter_end_with_an_outcome() -> None:
    known = growing().up_to(date(2018, 3, 1))
    outcomes, errors = yearly_errors(known, RIVALS["no_change"])
    # From March 2015 to March 2017; each band grew by ten heads in the year after.
    assert (outcomes[0], outcomes[-1]) == (date(2016, 3, 1), date(2018, 3, 1))
    assert errors[:, 0] == pytest.approx(np.log([1.1] * 4 + [120 / 110] * 4 + [130 / 120]))
    assert yearly_errors(known.up_to(date(2015, 6, 1)), MODEL)[1].shape == (0, 5)


def test_a_monthly_series_gives_errors_of_quarter_ends_only() -> None:
    monthly = steady_series(2015, 2017, months=range(1, 13))
    outcomes, _ = yearly_errors(monthly, RIVALS["no_change"])
    assert {month.month for month in outcomes} == {3, 6, 9, 12}


def test_the_spread_goes_from_the_stated_one_to_that_of_the_errors() -> None:
    known = steady_series().up_to(date(2018, 3, 1))
    stated = spread(known, np.empty((0, 5)))
    # Of those aged on into 60 to 64 between 10 and 25% leave in a year, with a spread of 15%.
    assert 0.15 * 0.10 < stated[3] < 0.15 * 0.25
    assert stated[2] == 0.01
    few, many = spread(known, np.full((4, 5), 0.1)), spread(known, np.full((4000, 5), 0.1))
    assert few == pytest.approx(np.sqrt((stated**2 + 0.1**2) / 2))
    assert many == pytest.approx(np.full(5, 0.1), rel=1e-2)
