"""The block bootstrap: uncertainty of a mean over origins whose windows overlap."""

import numpy as np
from numpy.typing import ArrayLike

from models.arrays import Floats

DRAWS = 2_000
SEED = 20_250_101


def block_means(values: ArrayLike, block: int, draws: int = DRAWS, seed: int = SEED) -> Floats:
    """Means of resampled series, (draws,): blocks of neighbours drawn with replacement.

    values: (origins,) in order of time. Blocks wrap round the end, so that each origin is drawn
    equally often. Raises ValueError for an empty series or a block that is longer than it.
    """
    series = np.asarray(values, dtype=np.float64)
    if not 1 <= block <= len(series):
        raise ValueError("A block must have at least one value, and no more than there are.")
    # The same draws for every series of a length: a ratio of two means needs them alike.
    random = np.random.default_rng(seed)
    # Rounded up, and cut below, so that every draw is as long as the series.
    blocks = -(-len(series) // block)
    starts = random.integers(len(series), size=(draws, blocks, 1))
    # Without the wrap the first and the last origins would be drawn less often.
    places = (starts + np.arange(block)) % len(series)
    drawn = series[places.reshape(draws, -1)[:, : len(series)]]
    return np.asarray(drawn.mean(axis=1))


def standard_error(values: ArrayLike, block: int) -> float:
    """Standard error of the mean of `values`, by the block bootstrap."""
    return float(block_means(values, block).std())


def interval(values: ArrayLike, block: int, level: float = 0.95) -> tuple[float, float]:
    """Percentile interval of the mean of `values`, by the block bootstrap."""
    tail = (1 - level) / 2
    low, high = np.quantile(block_means(values, block), [tail, 1 - tail])
    return float(low), float(high)
