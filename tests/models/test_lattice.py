"""Chances on a lattice, their quantiles and tails, against plain sums."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.lattice import SHARES, LatticeLoss, losses_of, quantiles

# Weights of the points, at least one of them above nought.
WEIGHTS = st.lists(st.integers(0, 50), min_size=1, max_size=12).filter(any)


def test_quantiles_are_the_smallest_number_that_reaches_the_share() -> None:
    loss = LatticeLoss(2.0, np.array([0.5, 0.3, 0.15, 0.05]))
    assert [loss.quantile(q) for q in (0.1, 0.5, 0.51, 0.9, 1.0)] == [0, 0, 2, 4, 6]


def test_at_least_counts_the_number_itself() -> None:
    loss = LatticeLoss(2.0, np.array([0.5, 0.3, 0.15, 0.05]))
    assert [loss.at_least(n) for n in (-1, 0, 2, 2.1, 6, 6.1)] == pytest.approx(
        [1, 1, 0.5, 0.2, 0.05, 0]
    )


@given(weights=WEIGHTS, share=st.integers(1, 100))
def test_a_quantile_is_the_first_point_that_reaches_its_share(
    weights: list[int], share: int
) -> None:
    found = quantiles(np.array(weights) / sum(weights), (share / 100,))[0]
    # In whole numbers, so that no rounding decides: a share that is met exactly is reached.
    reached = [sum(weights[: at + 1]) * 100 >= share * sum(weights) for at in range(len(weights))]
    assert found == reached.index(True)


@given(weights=WEIGHTS, step=st.sampled_from([0.1, 0.5, 2.0]))
def test_a_tail_is_what_lies_at_or_beyond_each_point(weights: list[int], step: float) -> None:
    loss = LatticeLoss(step, np.array(weights) / sum(weights))
    tails = [loss.at_least(at * step) for at in range(len(weights) + 1)]
    assert tails == pytest.approx(
        [sum(weights[at:]) / sum(weights) for at in range(len(weights) + 1)]
    )
    assert tails == sorted(tails, reverse=True)


@given(first=WEIGHTS, second=WEIGHTS)
def test_the_ends_of_each_case_are_its_own(first: list[int], second: list[int]) -> None:
    chance = np.zeros((2, 12))
    for row, weights in enumerate((first, second)):
        chance[row, : len(weights)] = np.array(weights) / sum(weights)
    losses = losses_of(0.5, chance)
    for row in (0, 1):
        case = losses.case(row)
        assert (losses.low[row], losses.high[row]) == tuple(case.quantile(q) for q in SHARES)
        assert losses.low[row] <= losses.high[row]
