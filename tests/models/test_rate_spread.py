import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rate_spread import spread_chances


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
