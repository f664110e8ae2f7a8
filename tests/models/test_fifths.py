import numpy as np
import pytest

from models.fifths import fifth_edges, fifth_of


def test_edges_and_fifths_by_hand() -> None:
    edges = fifth_edges(range(11))
    assert edges == pytest.approx((2, 4, 6, 8))
    assert [fifth_of(score, edges) for score in (0, 2, 2.1, 4, 6, 8, 8.1, 10, 99)] == [
        1,
        1,
        2,
        2,
        3,
        4,
        5,
        5,
        5,
    ]


def test_fifths_hold_equal_numbers() -> None:
    scores = np.random.default_rng(4).uniform(0, 90, 1_000)
    edges = fifth_edges(scores)
    counts = np.bincount([fifth_of(score, edges) for score in scores])
    assert list(counts[1:]) == [200] * 5


def test_not_known_has_no_part() -> None:
    assert fifth_edges([np.nan, 0, 5, 10]) == fifth_edges([0, 5, 10])
    assert fifth_edges([np.nan]) == (0, 0, 0, 0)


def test_a_score_that_is_not_known_is_in_no_fifth() -> None:
    with pytest.raises(ValueError, match="in no fifth"):
        fifth_of(float("nan"), (1.0, 2.0, 3.0, 4.0))
