import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import drift
from models.drift import LevelDrift, estimate_drift


def record(step: float, years: int = 400) -> tuple[np.ndarray, ...]:
    """Years with 400 at risk at even odds, whose log-odds walk with this variance a year."""
    rng = np.random.default_rng(2)
    level = np.cumsum(rng.normal(0, np.sqrt(step), years))
    level -= level.mean()
    information = np.full(years, 100.0)
    seen = level + rng.normal(0, 0.1, years)
    expected = np.full(years, 200.0)
    return np.arange(years), expected + seen * information, expected, information


@pytest.mark.parametrize("step", [0.002, 0.02])
def test_it_recovers_the_variance_of_a_walk(step: float) -> None:
    drift = estimate_drift(*record(step))
    assert drift.yearly_variance == pytest.approx(step, rel=0.4)


def test_a_still_level_hardly_walks() -> None:
    drift = estimate_drift(*record(0.0, 100))
    assert drift.yearly_variance < 1e-3
    assert abs(drift.level) < 0.1


def test_the_level_follows_the_last_years() -> None:
    information = np.full(20, 1e4)
    shift = np.where(np.arange(20) < 10, 0.0, 0.5)
    drift = estimate_drift(np.arange(20), shift * information, np.zeros(20), information)
    assert drift.level == pytest.approx(0.5, abs=0.02)
    assert drift.last_year == 19


def test_the_spread_grows_with_the_years_ahead() -> None:
    drift = LevelDrift(2009, 0.0, 0.04, 0.01)
    assert drift.spread([2005, 2009, 2010, 2014]) == pytest.approx([0.2, 0.2, 0.05**0.5, 0.3])


def test_averages_are_those_of_a_normal_level() -> None:
    drift = LevelDrift(2009, 0.0, 0.04, 0.01)
    mean = drift.average(lambda z: np.array([1.0, z, z**2, np.exp(0.5 * z)]))
    assert mean == pytest.approx([1, 0, 1, np.exp(0.125)])


def test_a_year_without_anyone_only_passes_time() -> None:
    information = np.array([100.0, 0.0, 100.0, 100.0])
    drift = estimate_drift(range(4), [10, 0, 10, 10], [0, 0, 0, 0], information)
    assert drift.level == pytest.approx(0.1, abs=0.01)


@pytest.mark.parametrize("years", [[1, 2], [1, 2, 4]])
def test_too_short_or_broken_records_are_refused(years: list[int]) -> None:
    ones = np.ones(len(years))
    with pytest.raises(ValueError, match="in a row"):
        estimate_drift(years, ones, ones, ones)


@given(
    st.lists(
        st.tuples(st.floats(-2, 2), st.sampled_from([0.0, 0.5, 4.0, 100.0])), min_size=3, max_size=7
    ),
    st.floats(1e-4, 0.5),
)
def test_the_filter_is_the_regression_on_all_years_at_once(
    years: list[tuple[float, float]], step: float
) -> None:
    """A walk with noise is one normal vector: level, variance and likelihood by plain algebra."""
    shift, known = np.array(years).T
    noise = np.divide(1.0, known, out=np.full(len(known), np.inf), where=known > 0)
    time = np.arange(1, len(years) + 1)
    # Nothing is known before the first year (variance 10); each year adds a step.
    walk = 10.0 + step * np.minimum.outer(time, time)
    seen = np.flatnonzero(known > 0)
    covariance = walk[np.ix_(seen, seen)] + np.diag(noise[seen])
    to_last = walk[-1, seen]
    found = drift._filter(shift, noise, step)
    if len(seen) == 0:
        assert found == pytest.approx((0.0, walk[-1, -1], 0.0))
        return
    weights = np.linalg.solve(covariance, to_last)
    _, logarithm = np.linalg.slogdet(covariance)
    likelihood = -(logarithm + shift[seen] @ np.linalg.solve(covariance, shift[seen])) / 2
    expected = (weights @ shift[seen], walk[-1, -1] - weights @ to_last, likelihood)
    assert found == pytest.approx(expected, rel=1e-6, abs=1e-8)
