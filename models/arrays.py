"""The array type of the mathematics, and the check every count of people or sessions passes."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def non_negative(name: str, values: ArrayLike) -> Floats:
    """Return `values` as floats, or raise ValueError naming them if any is negative or missing."""
    array = np.asarray(values, dtype=np.float64)
    if not np.all(np.isfinite(array)) or np.any(array < 0):
        raise ValueError(f"{name} must be known and not negative.")
    return array


def horizon_years(years: Iterable[int]) -> tuple[int, ...]:
    """Return the horizons as a tuple, or raise ValueError unless all are whole years from 1."""
    horizons = tuple(years)
    # A remainder, for int() of what has no end is an error of another kind.
    if not horizons or not all(year % 1 == 0 and year >= 1 for year in horizons):
        raise ValueError("Years must be whole numbers from 1.")
    # They count rows, and a row number may not be a float.
    return tuple(map(int, horizons))


def held_ages(ages: ArrayLike, first: int, last: int) -> NDArray[np.int64]:
    """Return whole ages, those outside a table moved to its first or last: shape of `ages`.

    Raises ValueError for one that is not known, which would else become some row or other.
    """
    array = np.asarray(ages)
    if not np.all(np.isfinite(array)):
        raise ValueError("Ages must be known.")
    held: NDArray[np.int64] = np.clip(array, first, last).astype(np.int64)
    return held
