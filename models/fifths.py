"""Fifths of equal number, as deprivation is told: 1 the lowest scores, 5 the highest."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from models.arrays import Floats

_PARTS = (0.2, 0.4, 0.6, 0.8)


def fifth_edges(scores: ArrayLike) -> tuple[float, ...]:
    """Return the four edges between the fifths of some scores; all 0 where none is known (nan)."""
    values: Floats = np.asarray(scores, dtype=np.float64)
    # A score that is not known would make every edge unknown.
    known = values[np.isfinite(values)]
    return tuple(float(edge) for edge in np.quantile(known, _PARTS)) if known.size else (0.0,) * 4


def fifth_of(score: float, edges: Sequence[float]) -> int:
    """Return the fifth of a score, 1 to 5; one on an edge belongs to the lower fifth.

    Raises ValueError for a score that is not known.
    """
    # It would sort behind all others, and so count as the most deprived.
    if np.isnan(score):
        raise ValueError("A score that is not known is in no fifth.")
    return 1 + int(np.searchsorted(edges, score, side="left"))
