"""How far a place's own experience counts against the standard table: Z = E/(E+K).

E is the number of leavers that the table expects of the place. K is 1 / variance of
log(actual/expected) between places: the fewer the true differences between places, the more
leavers it takes to believe one. Source: Buhlmann and Straub (1970), with Poisson counts.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from models.arrays import non_negative
from models.rate_spread import RATE_SPREAD_ALL

# Stated until it can be estimated: places differ from the table as much as the rates are held to.
STATED_K = float(1 / np.log1p(RATE_SPREAD_ALL**2))
# Fewer places than this tell too little of how places differ.
PLACES_FROM = 8


@dataclass(frozen=True)
class Credibility:
    """A place's ratio of actual to expected leavers, shrunk to 1, the table's.

    z: from 0 (the table alone) to 1 (the place alone); shrunk = z.own + 1 - z.
    """

    actual: float
    expected: float
    k: float
    z: float
    own: float
    shrunk: float


@dataclass(frozen=True)
class BetweenPlaces:
    """How places differ: K, the variance of log(actual/expected), and how many places told.

    k is infinite where they differ no more than chance alone would make them.
    """

    k: float
    variance: float
    places: int


def credibility(actual: float, expected: float, k: float = STATED_K) -> Credibility:
    """Shrink a place's own ratio to the table.

    Raises ValueError for negative numbers, nothing expected, or a K that is not above 0.
    """
    non_negative("Leavers", [actual, expected])
    if not expected > 0 or not k > 0:
        raise ValueError("Credibility needs leavers expected, and a K above 0.")
    z = 0.0 if np.isinf(k) else expected / (expected + k)
    own = actual / expected
    return Credibility(actual, expected, k, z, own, z * own + 1 - z)


def estimate_k(actual: ArrayLike, expected: ArrayLike) -> BetweenPlaces:
    """Estimate K from places: the variance between ratios beyond that of Poisson counts.

    actual, expected: (places,), all expected above 0. By moments: the spread of the ratios,
    weighted by what was expected, less the spread that chance alone gives. Raises ValueError
    for fewer than PLACES_FROM places or none who left.
    """
    left, due = non_negative("Leavers", actual), non_negative("Leavers expected", expected)
    if left.shape != due.shape or len(due) < PLACES_FROM or not np.all(due > 0):
        raise ValueError(f"K needs {PLACES_FROM} places or more, each with leavers expected.")
    total = due.sum()
    mean = left.sum() / total
    if not mean > 0:
        raise ValueError("Nobody left anywhere: nothing shows how places differ.")
    spread = np.sum(due * (left / due - mean) ** 2)
    # A Poisson count varies as much as its mean.
    by_chance = (len(due) - 1) * mean
    between = (spread - by_chance) / (total - np.sum(due**2) / total)
    # The ratio's relative variance is that of its logarithm, near enough while it is small.
    variance = float(np.log1p(max(0.0, between) / mean**2))
    return BetweenPlaces(1 / variance if variance else float("inf"), variance, len(due))
