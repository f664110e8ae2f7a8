"""Resampling people, with all their years, for standard errors and intervals."""

from collections.abc import Iterator, Sequence
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from models.evaluation.metrics import Scores
from models.evaluation.results import Estimate


def resamples(person: NDArray[np.int64], draws: int, seed: int) -> Iterator[NDArray[np.int64]]:
    """Yield row numbers of `draws` samples in which people are drawn with replacement.

    person: (rows,), whose row each is. A person drawn twice brings every row twice: years of one
    person are not independent, so rows are never drawn alone.
    """
    rng = np.random.default_rng(seed)
    # Stable, so that a person's rows keep their order and a seed gives the same samples.
    order = np.argsort(person, kind="stable")
    _, first, count = np.unique(person[order], return_index=True, return_counts=True)
    for _ in range(draws):
        drawn = rng.integers(0, len(first), len(first))
        sizes = count[drawn]
        # Row numbers of each drawn person, laid end to end.
        within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        yield order[np.repeat(first[drawn], sizes) + within]


def estimate(value: float, samples: Sequence[float]) -> Estimate:
    """A value with the spread of its bootstrap samples; two are the fewest."""
    if len(samples) < 2:
        raise ValueError("A standard error needs at least two bootstrap draws.")
    low, high = np.quantile(samples, [0.025, 0.975])
    return Estimate(value, float(np.std(samples, ddof=1)), float(low), float(high))


def standard_errors(samples: Sequence[Scores]) -> Scores:
    """The bootstrap standard error of each measure, in the place of the measure."""
    return Scores(
        **{
            field.name: estimate(0.0, [getattr(s, field.name) for s in samples]).standard_error
            for field in fields(Scores)
        }
    )
