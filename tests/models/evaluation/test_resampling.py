"""The block bootstrap against what is known without it."""

import numpy as np
import pytest

from models.evaluation.resampling import block_means, interval, standard_error


def test_blocks_of_one_are_the_plain_bootstrap() -> None:
    values = np.random.default_rng(3).normal(size=200)
    assert standard_error(values, 1) == pytest.approx(values.std() / np.sqrt(200), rel=0.05)


def test_neighbours_that_agree_make_the_mean_less_certain() -> None:
    values = np.repeat(np.random.default_rng(4).normal(size=50), 4)
    assert standard_error(values, 4) > 1.5 * standard_error(values, 1)


def test_one_block_of_everything_is_the_mean_itself() -> None:
    assert block_means([1.0, 2.0, 6.0], 3) == pytest.approx(np.full(2000, 3.0))


def test_the_interval_holds_the_mean_and_is_the_same_each_time() -> None:
    values = np.arange(20.0)
    low, high = interval(values, 4)
    assert low < values.mean() < high
    assert interval(values, 4) == (low, high)


@pytest.mark.parametrize("block", [0, 4])
def test_a_block_that_does_not_fit_is_refused(block: int) -> None:
    with pytest.raises(ValueError, match="A block must have"):
        block_means([1.0, 2.0, 3.0], block)
