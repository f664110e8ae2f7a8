"""Chaining yearly chances into chances over several years, with two causes that compete."""

import numpy as np

from models.arrays import Floats

RETIRE, LEAVE_OTHERWISE = 0, 1


def cumulative_incidence(yearly: Floats) -> Floats:
    """Chance of each cause within 1, 2, ... years.

    yearly: (..., years, causes), the chance of each cause in a year for someone still there when
    it starts. Returns the same shape. One minus the sum over causes is the chance to stay; each
    cause counts only those whom the other has not taken first, so it is not one minus its own
    survival.
    """
    stay = 1 - yearly.sum(axis=-1)
    at_start = np.ones_like(stay)
    # Everybody is there when the first year starts.
    at_start[..., 1:] = np.cumprod(stay[..., :-1], axis=-1)
    chances: Floats = np.cumsum(at_start[..., np.newaxis] * yearly, axis=-2)
    return chances
