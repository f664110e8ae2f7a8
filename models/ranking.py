"""Order without false precision: which places clearly differ, and where each may stand in a list.

A list sorted by an estimate looks like a league table. Here only intervals that do not touch
decide, so that neighbours who may stand where they are by chance are not told apart.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from models.arrays import non_negative


class Against(StrEnum):
    """How a place's interval lies to a yardstick."""

    ABOVE = "clearly above"
    ABOUT = "about the same"
    BELOW = "clearly below"


@dataclass(frozen=True)
class RankRange:
    """The places of a list, 1 the highest, that an item may hold; `among` items in all."""

    first: int
    last: int
    among: int


def against(low: float, high: float, yardstick: float) -> Against:
    """Say whether an interval lies wholly above or below a yardstick, or holds it."""
    if low > yardstick:
        return Against.ABOVE
    return Against.BELOW if high < yardstick else Against.ABOUT


def rank_ranges(low: ArrayLike, high: ArrayLike) -> list[RankRange]:
    """The ranks that each of some intervals leaves open; low and high: (items,), not below 0.

    An item stands under those alone whose whole interval lies above its own. Two 80 % intervals
    of one width that just touch are in the wrong order with a chance of 3.5 % (normal errors), so
    the ranges are wide rather than narrow. Raises ValueError for missing or negative ends, ends
    of different shapes, and an end below its beginning.
    """
    lows, highs = non_negative("Low ends", low), non_negative("High ends", high)
    if lows.shape != highs.shape or lows.ndim != 1 or np.any(highs < lows):
        raise ValueError("Each interval must have a low end and a high end that is no lower.")
    count = len(lows)
    # Counting by two sorted lists: pairs would be a million for England's networks.
    above = count - np.searchsorted(np.sort(lows), highs, side="right")
    below = np.searchsorted(np.sort(highs), lows, side="left")
    return [
        RankRange(1 + int(over), count - int(under), count)
        for over, under in zip(above, below, strict=True)
    ]
