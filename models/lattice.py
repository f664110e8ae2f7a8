"""Chances on a lattice: of losing none, one, two ... steps of so many sessions, and their ends."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.arrays import Floats

# How far a number may lie from the step that it stands for.
TOLERANCE = 1e-9
# A lattice ends where less than e**-30 = 1e-13 lies beyond; slopes of the bound that says where,
# in standard deviations: the best of them is close to the best there is.
BEYOND = 30.0
SLOPES = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0, 12.0])
STEEPEST = 600.0  # e to more than this is no number
# The ends of the 80 % interval that every door shows.
SHARES = (0.1, 0.9)
# Further digits are only traces of the order in which numbers were added up.
DIGITS = 9
# The last bits of a matrix product depend on what else is worked out with it; figures must not.
_CHANCE_DIGITS = 12


@dataclass(frozen=True)
class LatticeLoss:
    """Chances of losing 0, 1, 2, ... steps of `step` sessions (or people)."""

    step: float
    chance: Floats

    def quantile(self, share: float) -> float:
        """The smallest number of sessions with at least this chance of losing no more."""
        return round(float(quantiles(self.chance, (share,))[0]) * self.step, DIGITS)

    def at_least(self, sessions: float) -> float:
        """The chance of losing at least so many sessions."""
        # A loss that is a whole number of steps counts as reached, whatever its last bit says.
        first = max(0, math.ceil(sessions / self.step - TOLERANCE))
        return min(1.0, round(float(self.chance[first:].sum()), _CHANCE_DIGITS))


@dataclass(frozen=True)
class Losses:
    """What a sum of people may lose in each case: chances (cases, points) on one lattice."""

    step: float
    chance: Floats
    low: Floats  # (cases,), the ends of the 80 % interval
    high: Floats

    def case(self, number: int) -> LatticeLoss:
        """The distribution of one case."""
        return LatticeLoss(self.step, self.chance[number])


def losses_of(step: float, chance: Floats) -> Losses:
    """Chances (cases, points) on a lattice of `step`, with the ends of their 80 % intervals."""
    low, high = np.round(quantiles(chance, SHARES) * step, DIGITS)
    return Losses(step, chance, low, high)


def quantiles(chance: Floats, shares: Sequence[float]) -> Floats:
    """Points of the lattice at which chances (..., points) reach each share: (shares, ...)."""
    reached = np.cumsum(chance, axis=-1)
    # argmax finds the first point that is true; without the tolerance a share that is met exactly
    # could be passed over for a last bit.
    found = [np.argmax(reached >= share - TOLERANCE, axis=-1) for share in shares]
    return np.stack(found).astype(np.float64)
