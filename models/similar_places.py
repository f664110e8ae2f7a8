"""Which places are like one another, and how one lies among those like it.

Similar is near in list size, deprivation and rurality alone. No outcome has a part in the choice,
or a place would be compared with those that happen to do as it does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from models.arrays import Floats

# Fewer say nothing about what is usual; more are less and less like the place.
FEWEST, MOST = 10, 20
# Where all others are fewer than FEWEST they are shown as they are; of still fewer, nothing is.
FEWEST_OF_ALL = 5
# In standard deviations over all places: further away is no longer called similar, if FEWEST are
# nearer.
NEAR = 0.5
LOW, HIGH = 0.1, 0.9


@dataclass(frozen=True)
class SimilarPlaces:
    """Row numbers of the places like one, the nearest first, and how far away each is.

    Distances are in standard deviations over all places that are known.
    """

    rows: tuple[int, ...]
    distances: tuple[float, ...]


class Among(StrEnum):
    """How a value lies to the middle 80 % of similar places."""

    BELOW = "lower than most"
    USUAL = "within the usual range"
    ABOVE = "higher than most"


@dataclass(frozen=True)
class UsualRange:
    """The median and the 10th and 90th percentile of similar places; `places` have a value."""

    low: float
    median: float
    high: float
    places: int

    def among(self, value: float) -> Among:
        """Say how a value lies to the range; its ends belong to it."""
        if value < self.low:
            return Among.BELOW
        return Among.ABOVE if value > self.high else Among.USUAL


def standardised(list_sizes: ArrayLike, *others: ArrayLike) -> Floats:
    """Return each figure in standard deviations from its mean, shape (places, 1 + figures).

    list_sizes: registered patients; taken as logarithms, since 4,000 to 8,000 is as far as 8,000
    to 16,000. others: further figures of the same places, such as deprivation scores and the share
    of rural patients, taken as they are. A place with a value missing (nan) or without patients is
    nan in all and has no part in mean or deviation. What is the same everywhere is 0 everywhere.
    Raises ValueError for different shapes.
    """
    figures = [np.asarray(figure, dtype=np.float64) for figure in (list_sizes, *others)]
    sizes = figures[0]
    if sizes.ndim != 1 or any(figure.shape != sizes.shape for figure in figures):
        raise ValueError("Each place needs a list size and every other figure.")
    known = np.isfinite(figures).all(axis=0) & (np.nan_to_num(sizes) > 0)
    features = np.full((len(sizes), len(figures)), np.nan)
    if not known.any():
        return features
    columns = np.stack([np.log(sizes[known]), *(other[known] for other in figures[1:])], axis=1)
    spread = columns.std(axis=0)
    # Equal numbers may differ in the last digit of their mean: that is no spread.
    spread = np.where(
        spread > np.finfo(float).eps * np.abs(columns).max(axis=0) * 8, spread, np.inf
    )
    features[known] = (columns - columns.mean(axis=0)) / spread
    return features


def similar_places(features: Floats, place: int) -> SimilarPlaces | None:
    """Return the places nearest to row `place` of `features` (places, features).

    Of the MOST nearest those within NEAR, and never fewer than FEWEST; equally near ones in the
    order of the rows. None where the place itself or FEWEST others are not known (nan).
    """
    away = np.sqrt(((features - features[place]) ** 2).sum(axis=1))
    # A place is not among those it is compared with.
    away[place] = np.nan
    known = np.flatnonzero(np.isfinite(away))
    if len(known) < FEWEST:
        return None
    nearest = known[np.argsort(away[known], kind="stable")][:MOST]
    count = max(FEWEST, int((away[nearest] <= NEAR).sum()))
    rows = nearest[:count]
    return SimilarPlaces(
        tuple(int(row) for row in rows), tuple(float(distance) for distance in away[rows])
    )


def usual_range(values: Sequence[float | None]) -> UsualRange | None:
    """Return the range of the values that are known; None where fewer than FEWEST are."""
    known = [value for value in values if value is not None]
    if len(known) < FEWEST:
        return None
    low, median, high = np.quantile(known, [LOW, 0.5, HIGH])
    return UsualRange(float(low), float(median), float(high), len(known))


@dataclass(frozen=True)
class WholeRange:
    """The lowest, the median and the highest of some places; `places` have a value."""

    low: float
    median: float
    high: float
    places: int


def whole_range(values: Sequence[float | None]) -> WholeRange | None:
    """Return the range of all values that are known; None where fewer than FEWEST_OF_ALL are."""
    known = [value for value in values if value is not None]
    if len(known) < FEWEST_OF_ALL:
        return None
    return WholeRange(min(known), float(np.median(known)), max(known), len(known))


def weighted_mean(values: Sequence[float | None], weights: Sequence[float | None]) -> float | None:
    """Return the mean of the values by weight; None where no value has a weight above 0.

    A value or weight that is not known leaves its pair out. Raises ValueError for different
    lengths and for a weight below 0.
    """
    pairs = [
        (value, weight)
        for value, weight in zip(values, weights, strict=True)
        if value is not None and weight is not None
    ]
    if any(weight < 0 for _, weight in pairs):
        raise ValueError("A weight below 0.")
    total = sum(weight for _, weight in pairs)
    return sum(value * weight for value, weight in pairs) / total if total else None
