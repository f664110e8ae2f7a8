import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr

from models.rate_spread import STATED_SPREAD, RateSpread, nodes_for, spread_chances


@given(st.floats(0, 0.999), st.floats(0.01, 0.4))
def test_the_mean_stays_where_the_table_put_it(chance: float, spread: float) -> None:
    chances, weights = spread_chances(np.array([chance]), np.array([spread]), 11)
    assert chances[0] @ weights == pytest.approx(chance, abs=1e-9)
    assert np.all((chances >= 0) & (chances <= 1))


def test_small_chances_vary_as_the_multiplier_does() -> None:
    chances, weights = spread_chances(np.array([0.001]), np.array([0.15]), 41)
    deviation = np.sqrt((chances[0] ** 2) @ weights - 0.001**2)
    assert deviation / 0.001 == pytest.approx(0.15, rel=0.01)


def test_no_spread_gives_the_table_at_every_node() -> None:
    chances, _ = spread_chances(np.array([0.1, 0.7]), np.zeros(2), 5)
    assert chances == pytest.approx(np.array([[0.1] * 5, [0.7] * 5]))


def test_more_nodes_change_nothing_that_can_be_seen() -> None:
    def deviation(nodes: int) -> float:
        chances, weights = spread_chances(np.array([0.3]), np.array([0.2]), nodes)
        return float(np.sqrt((chances[0] ** 2) @ weights - 0.3**2))

    assert deviation(11) == pytest.approx(deviation(201), rel=1e-3)


def test_each_case_has_its_own_spread() -> None:
    chances, weights = spread_chances(np.array([[0.1, 0.1]]), np.array([0.1, 0.3]), 21)
    spreads = np.sqrt((chances[0] ** 2) @ weights - 0.1**2)
    assert spreads[1] > 2.5 * spreads[0]


def test_drift_widens_longer_horizons_and_nothing_else_does() -> None:
    still = RateSpread(leaving=0.15, retirement=0.2, drift=0.0).over([1, 5, 10])
    assert still == pytest.approx(np.array([[0.15] * 3, [0.2] * 3]))
    drifting = STATED_SPREAD.over([1, 3, 5, 10])
    assert np.all(np.diff(drifting, axis=1) > 0)
    assert np.all(drifting[1] > drifting[0])


@pytest.mark.parametrize("years", [1, 2, 7])
def test_drift_is_the_mean_of_a_random_walk(years: int) -> None:
    """Walks drawn one step a year, averaged over the horizon."""
    rng = np.random.default_rng(11)
    walks = np.cumsum(rng.normal(0, 0.05, (100_000, years)), axis=1).mean(axis=1)
    spread = RateSpread(leaving=0.0, retirement=0.0, drift=0.05).over([years])
    assert np.log1p(spread[0, 0] ** 2) == pytest.approx(walks.var(), rel=0.03)


@given(st.floats(0.05, 3), st.floats(0.5, 3))
def test_enough_nodes_are_taken_for_what_is_summed(common: float, own: float) -> None:
    """A normal loss whose mean moves with the multiplier: the mixture is a wider normal."""
    nodes = int(nodes_for(np.array([own]), np.array([common]))[0])
    points = np.linspace(-4, 4, nodes)
    weights = np.exp(-(points**2) / 2)
    losses = np.linspace(-4, 4, 81) * np.hypot(own, common)
    mixed = ndtr((losses[:, np.newaxis] - common * points) / own) @ weights / weights.sum()
    assert mixed == pytest.approx(ndtr(losses / np.hypot(own, common)), abs=1e-4)


def test_nobody_to_lose_needs_no_more_nodes_than_the_fewest() -> None:
    assert nodes_for(np.zeros(2), np.zeros(2)).tolist() == [9, 9]
    assert nodes_for(np.array([1e-9]), np.array([1.0]))[0] == 257
