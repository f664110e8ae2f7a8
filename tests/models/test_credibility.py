import numpy as np
import pytest

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
