"""How far real rates may lie from the table's: an assumption, stated here and nowhere else.

One multiplier on the yearly rates is common to everyone in a place and to every year of a
horizon. It is lognormal. Without it, chance would cancel out among many people, and England's
interval would claim a certainty that no table has.
"""

import numpy as np

from models.arrays import Floats

# Four published all-age leaver rates (6.0% 2007, 7.8% 2009, 6.5% 2021, 8.8% 2022) vary by 17%,
# four years of leaver counts (2016-20) by 11%.
RATE_SPREAD_ALL = 0.15
# The table's rates from 60 rest on stock shares, which give 15-20% where the table has 19-25%.
RATE_SPREAD_RETIREMENT = 0.20
# The multiplier's logarithm is integrated over this many standard deviations to each side.
_REACH = 4.0
_NEWTON_STEPS = 12


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
    sigma = np.sqrt(np.log1p(spread**2))[:, np.newaxis]
    multiplier = np.exp(sigma * points - sigma**2 / 2)
    intensity = -np.log1p(-chances)[..., np.newaxis]
    centre = np.ones_like(intensity)
    # Staying, as a function of c, is convex and falling, so Newton climbs from 1 without overshoot.
    for _ in range(_NEWTON_STEPS):
        staying = np.exp(-intensity * centre * multiplier) * weights
        excess = staying.sum(axis=-1, keepdims=True) - np.exp(-intensity)
        slope = (staying * intensity * multiplier).sum(axis=-1, keepdims=True)
        centre += np.divide(excess, slope, out=np.zeros_like(excess), where=slope > 0)
    return -np.expm1(-intensity * centre * multiplier), weights
