"""How the level of leaving drifts from year to year, and how far it may have drifted by then.

A local level: the log-odds of everyone concerned share a shift that walks at random, one step a
year; each year's leavers show it with the noise of their number (Harvey, Forecasting, structural
time series models and the Kalman filter, 1989). A chance for a coming year is the mean over where
the level may be by then: less extreme the further ahead, never wider than the record justifies.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from models.arrays import Floats

# Steps of the level with a variance outside these are no drift, or no model.
_LEAST, _MOST = 1e-6, 1.0
_GRID, _REFINEMENTS = 41, 3
_NODES = 9
# Before the first year nothing is known of the level.
_UNKNOWN = 10.0


@dataclass(frozen=True)
class LevelDrift:
    """Where the shift of log-odds stood in `last_year`, how surely, and its variance a year."""

    last_year: int
    level: float
    variance: float
    yearly_variance: float

    def spread(self, year: ArrayLike) -> Floats:
        """Standard deviation of the shift in each year after the last: shape of `year`."""
        ahead = np.maximum(np.asarray(year, dtype=np.float64) - self.last_year, 0.0)
        deviation: Floats = np.sqrt(self.variance + self.yearly_variance * ahead)
        return deviation

    def average(self, chance: Callable[[float], Floats]) -> Floats:
        """Mean of a chance over the shift, by Gauss-Hermite quadrature.

        chance: what is expected if the shift lies so many standard deviations from its level.
        A path is taken to keep its distance in standard deviations, so that a level that is high
        one year stays high: the years of a horizon are not independent.
        """
        # Nine points are plenty for a chance, which bends but little over the shift.
        points, weights = np.polynomial.hermite_e.hermegauss(_NODES)
        values = [chance(float(point)) for point in points]
        mean: Floats = np.tensordot(weights / weights.sum(), np.stack(values), axes=1)
        return mean


def estimate_drift(
    years: ArrayLike, actual: ArrayLike, expected: ArrayLike, information: ArrayLike
) -> LevelDrift:
    """Estimate the drift from yearly totals, by maximum likelihood.

    years: (years,) in order, without gaps; actual and expected leavers of each; information:
    the sum of h(1-h), by which one leaver more moves the log-odds. A year with no information
    only passes time. Raises ValueError for fewer than three years, or a gap.
    """
    when = np.asarray(years)
    if len(when) < 3 or np.any(np.diff(when) != 1):
        raise ValueError("Drift needs three years or more in a row.")
    known = np.asarray(information, dtype=np.float64)
    # By Fisher: the variance of a year's shift is one over its information.
    noise = np.divide(1.0, known, out=np.full(len(known), np.inf), where=known > 0)
    seen = np.asarray(actual, dtype=np.float64) - np.asarray(expected, dtype=np.float64)
    shift = np.where(known > 0, seen * np.where(known > 0, noise, 0.0), 0.0)
    # A grid on the logarithm, refined round its best point: the likelihood may have two tops, and a
    # climber would stay on the nearer one.
    low, high = np.log(_LEAST), np.log(_MOST)
    for _ in range(_REFINEMENTS):
        grid = np.linspace(low, high, _GRID)
        fits = [_filter(shift, noise, float(np.exp(point)))[2] for point in grid]
        best = int(np.argmax(fits))
        low, high = grid[max(best - 1, 0)], grid[min(best + 1, _GRID - 1)]
    step = float(np.exp(grid[best]))
    level, variance, _ = _filter(shift, noise, step)
    return LevelDrift(int(when[-1]), level, variance, step)


def _filter(shift: Floats, noise: Floats, step: float) -> tuple[float, float, float]:
    """Kalman filter of a local level: its last mean and variance, and the log-likelihood."""
    level, variance, likelihood = 0.0, _UNKNOWN, 0.0
    for seen, error in zip(shift, noise, strict=True):
        # Time passes before a year is seen, seen or not.
        variance += step
        if np.isinf(error):
            continue
        total = variance + error
        surprise = seen - level
        # But for a constant, which no step changes.
        likelihood -= (np.log(total) + surprise**2 / total) / 2
        gain = variance / total
        level, variance = level + gain * surprise, variance * (1 - gain)
    return float(level), float(variance), float(likelihood)
