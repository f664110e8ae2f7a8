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
    if not horizons or any(year != int(year) or year < 1 for year in horizons):
        raise ValueError("Years must be whole numbers from 1.")
    return horizons
