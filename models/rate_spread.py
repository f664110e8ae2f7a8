"""How far real rates may lie from the table's: an assumption, stated here and nowhere else.

One multiplier on the rates is common to everyone in a place. Without it, chance would cancel out
among many people, and England's interval would claim a certainty that no table has.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.arrays import Floats

# Four published all-age leaver rates (6.0% 2007, 7.8% 2009, 6.5% 2021, 8.8% 2022) vary by 17%,
# four years of leaver counts (2016-20) by 11%.
RATE_SPREAD_ALL = 0.15
# Yearly losses of the cohorts from 55 on vary by 14 to 17% (2017-25, docs/decisions/0023), and
# how much of a loss is retirement rests on a rule.
RATE_SPREAD_RETIREMENT = 0.20
# From 2007-09 to 2021-22 the published all-age rate went from 6.9% to 7.65%. One such move of
# 10% in 13 years fits a random walk of 3% a year; two years that touch moved by a third, which
# fits far more. 5% lies between, and widens a ten-year interval by a quarter.
RATE_DRIFT = 0.05
# The multiplier's logarithm is integrated over this many standard deviations to each side.
_REACH = 4.0
_NEWTON_STEPS = 12
_SPACING = 1.3  # see `nodes_for`
_NODES = np.array([9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257])


@dataclass(frozen=True)
class RateSpread:
    """How uncertain the rates are: coefficients of variation, and their drift a year.

    `leaving` and `retirement` hold for every year alike: how far the table may be off. `drift` is
    the standard deviation of a yearly step of a random walk in the rates' logarithm, from the day
    of the forecast on; the multiplier over a horizon is the walk's mean over its years.
    """

    leaving: float = RATE_SPREAD_ALL
    retirement: float = RATE_SPREAD_RETIREMENT
    drift: float = RATE_DRIFT

    def over(self, years: Sequence[int]) -> Floats:
        """Coefficients of variation over horizons: shape (2, horizons), leaving and retirement."""
        horizons = np.asarray(years, dtype=np.float64)
        # The variance of the mean of a walk's first n values, in squared steps.
        # Sum of k**2 over n**2 for k from 1 to n: a step taken early is in every later year's mean.
        walk = (horizons + 1) * (2 * horizons + 1) / (6 * horizons)
        # Variances add on the logarithm, where level and walk are normal and independent.
        level = np.log1p(np.square([[self.leaving], [self.retirement]]))
        return np.sqrt(np.expm1(level + self.drift**2 * walk))


STATED_SPREAD = RateSpread()


def multiplier_sigma(spread: Floats) -> Floats:
    """The standard deviation of the multiplier's logarithm, from its coefficient of variation."""
    return np.sqrt(np.log1p(spread**2))


def nodes_for(own: Floats, common: Floats) -> NDArray[np.int64]:
    """How many values of the multiplier a sum over them needs, elementwise.

    own: deviations of the losses given the rates; common: those that the rates cause. Spaced at
    1.3 of the rates' deviation given a loss, the values blur into one another: no chance is off
    by more than 0.0001, the tails that are left out included.
    """
    # Where the rates move a loss much more than chance does, few values would show as bumps.
    ratio = np.divide(common, own, out=np.zeros_like(common), where=own > 0)
    least = 2 * np.ceil(_REACH * np.maximum(1.0, np.hypot(1.0, ratio) / _SPACING)) + 1
    return _NODES[np.minimum(np.searchsorted(_NODES, least), len(_NODES) - 1)]


def spread_chances(chances: Floats, spread: Floats, nodes: int) -> tuple[Floats, Floats]:
    """Chances under each value of the rate multiplier, and the weight of each value.

    chances: (..., cases), each below 1; spread: (cases,), the multiplier's coefficient of
    variation. Returns chances (..., cases, nodes) and weights (nodes,). A chance p under
    multiplier m is 1 - (1-p)^(c.m), with c set so that the weighted mean is p again: the spread
    widens an interval and never moves an expectation. The trapezoid rule in the logarithm
    converges faster than any power of the node spacing.
    """
    points = np.linspace(-_REACH, _REACH, nodes)
    weights = np.exp(-(points**2) / 2)
    weights /= weights.sum()
    sigma = multiplier_sigma(spread)[:, np.newaxis]
    # A lognormal multiplier with mean 1, before the correction below.
    multiplier = np.exp(sigma * points - sigma**2 / 2)
    # Rates are multiplied, not chances: twice a chance of 0.6 would be none.
    intensity = -np.log1p(-chances)[..., np.newaxis]
    centre = np.ones_like(intensity)
    # Staying, as a function of c, is convex and falling, so Newton climbs from 1 without overshoot.
    for _ in range(_NEWTON_STEPS):
        staying = np.exp(-intensity * centre * multiplier) * weights
        excess = staying.sum(axis=-1, keepdims=True) - np.exp(-intensity)
        slope = (staying * intensity * multiplier).sum(axis=-1, keepdims=True)
        centre += np.divide(excess, slope, out=np.zeros_like(excess), where=slope > 0)
    return -np.expm1(-intensity * centre * multiplier), weights
