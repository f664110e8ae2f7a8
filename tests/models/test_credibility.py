from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.credibility import STATED_K, credibility, estimate_k
from models.rate_spread import RATE_SPREAD_ALL


def test_half_way_where_as_many_are_expected_as_k() -> None:
    found = credibility(60, 40, k=40)
    assert (found.z, found.own) == (0.5, 1.5)
    assert found.shrunk == pytest.approx(1.25)


def test_nobody_there_yet_is_the_table() -> None:
    assert credibility(0, 0.01, k=40).shrunk == pytest.approx(1, abs=1e-3)


def test_more_experience_counts_more() -> None:
    weights = [credibility(e, e).z for e in (1, 10, 100, 1000)]
    assert weights == sorted(weights)
    assert weights[0] < 0.05 < 0.9 < weights[-1]


def test_the_stated_k_is_that_of_the_stated_spread() -> None:
    assert pytest.approx(np.log1p(RATE_SPREAD_ALL**2)) == 1 / STATED_K


def test_k_is_found_where_places_differ() -> None:
    rng = np.random.default_rng(6)
    expected = rng.uniform(50, 400, 3_000)
    true = rng.lognormal(-0.04 / 2, 0.2, 3_000)
    found = estimate_k(rng.poisson(expected * true), expected)
    assert found.variance == pytest.approx(0.04, rel=0.1)
    assert found.k == pytest.approx(25, rel=0.1)
    assert found.places == 3_000


def test_a_common_level_is_no_difference_between_places() -> None:
    rng = np.random.default_rng(6)
    expected = np.full(2_000, 100.0)
    assert estimate_k(rng.poisson(130, 2_000), expected).k > 500


def test_places_more_alike_than_chance_leave_the_table_alone() -> None:
    found = estimate_k([50] * 10, [50] * 10)
    assert found.k == np.inf
    assert credibility(70, 50, found.k).shrunk == 1


@pytest.mark.parametrize(
    ("actual", "expected", "message"),
    [
        ([1] * 7, [1] * 7, "8 places"),
        ([1] * 8, [0] * 8, "8 places"),
        ([0] * 8, [1] * 8, "Nobody left"),
        ([-1] * 8, [1] * 8, "negative"),
    ],
)
def test_k_needs_places(actual: list[float], expected: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        estimate_k(actual, expected)


@pytest.mark.parametrize("numbers", [(1, 0, 10), (1, 1, 0), (-1, 1, 10)])
def test_what_makes_no_sense_is_refused(numbers: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match=r"expected|negative"):
        credibility(*numbers)


AMOUNTS = st.floats(0.01, 500)


@given(st.floats(0, 500), AMOUNTS, AMOUNTS)
def test_what_is_shrunk_lies_between_the_places_own_and_the_tables(
    actual: float, expected: float, k: float
) -> None:
    found = credibility(actual, expected, k)
    assert min(found.own, 1) - 1e-9 <= found.shrunk <= max(found.own, 1) + 1e-9
    # By hand, one fraction: K leavers of the table's kind are added to both sides.
    assert found.shrunk == pytest.approx((actual + k) / (expected + k))
    assert found.z < credibility(2 * actual, 2 * expected, k).z


@given(
    st.lists(st.tuples(st.integers(0, 60), st.floats(1, 60)), min_size=8, max_size=20),
    st.randoms(use_true_random=False),
)
def test_k_does_not_hang_on_the_order_of_places_nor_on_the_tables_level(
    places: list[tuple[int, float]], random: Random
) -> None:
    if not any(actual for actual, _ in places):
        return
    shuffled = random.sample(places, len(places))
    one, other = (estimate_k(*zip(*rows, strict=True)) for rows in (places, shuffled))
    assert other.variance == pytest.approx(one.variance)
    # A table that expects twice as many everywhere moves the mean, not how places differ.
    actual, expected = np.array(places).T
    assert estimate_k(actual, 2 * expected).variance == pytest.approx(one.variance)
    assert one.k == (1 / one.variance if one.variance else np.inf)
