"""Cohorts in a published age-band series: single years of age, ageing on, ratios of net change.

Nobody can be followed from one release to the next, but a band can: who will be in it in a year is
known but for leavers and joiners. A ratio is what was published over that. See docs/decisions/0021.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from models.arrays import Floats, non_negative


def ungroup(people: ArrayLike, edges: Sequence[int]) -> Floats:
    """Heads at single years of age, from heads in bands.

    people: (..., bands); edges: the first age of each band, then the age at which the open band is
    taken to end. Returns (..., ages from the first edge to the last). A monotone cubic spline
    (PCHIP) through the cumulative counts keeps each band's total and gives no negative heads.
    Raises ValueError for edges that do not rise or do not fit.
    """
    counts = _checked(people, edges)
    # Imported here: pages show what the back-test found, and never do it.
    from scipy.interpolate import PchipInterpolator

    # Cumulative counts can be interpolated without losing anybody; heads by age could not.
    ends = np.cumsum(counts, axis=-1)
    cumulative = np.concatenate([np.zeros_like(ends[..., :1]), ends], axis=-1)
    ages = np.arange(edges[0], edges[-1] + 1)
    at_ages: Floats = PchipInterpolator(edges, cumulative, axis=-1)(ages)
    return np.diff(at_ages, axis=-1)


def spread_evenly(people: ArrayLike, edges: Sequence[int]) -> Floats:
    """The same with every band even over its ages: the plain alternative to the spline."""
    widths = np.diff(edges)
    return np.repeat(_checked(people, edges) / widths, widths, axis=-1)


def older(people: Floats) -> Floats:
    """Everybody a year older: (..., ages). The last age keeps who reaches it; nobody is new."""
    moved = np.zeros_like(people)
    moved[..., 1:] = people[..., :-1]
    # The last age is open: nobody leaves it by growing older.
    moved[..., -1] += people[..., -1]
    return moved


def regroup(people: Floats, edges: Sequence[int]) -> Floats:
    """Heads in bands again: (..., ages) gives (..., bands)."""
    starts = np.array(edges[:-1]) - edges[0]
    bands: Floats = np.add.reduceat(people, starts, axis=-1)
    return bands


def aged_on(people: ArrayLike, edges: Sequence[int], *, even: bool = False) -> Floats:
    """Heads in bands a year later if nobody left and nobody joined: (..., bands)."""
    single = spread_evenly(people, edges) if even else ungroup(people, edges)
    return regroup(older(single), edges)


def net_change_ratio(
    observed: ArrayLike, expected: ArrayLike, weights: ArrayLike | None = None
) -> Floats:
    """What was published over what ageing on alone would give, over several windows.

    observed, expected: (windows, bands); weights: (windows,), equal without. Returns (bands,): the
    weighted sum of the one over that of the other, 1 where nobody was expected. Above 1 there were
    more joiners than leavers. Raises ValueError without a window.
    """
    after, before = non_negative("Observed", observed), non_negative("Expected", expected)
    if after.shape != before.shape or after.ndim != 2 or not len(after):
        raise ValueError("Observed and expected heads must be of the same windows and bands.")
    shares = non_negative("Weights", np.ones(len(after)) if weights is None else weights)
    total = shares @ before
    # A ratio of sums, not a mean of ratios: small months have little say.
    return np.divide(shares @ after, total, out=np.ones_like(total), where=total > 0)


def project(
    people: ArrayLike, ratios: ArrayLike, years: int, edges: Sequence[int], *, even: bool = False
) -> Floats:
    """Heads in bands after each of `years` yearly steps of ageing on and net change.

    people, ratios: (bands,). Returns (years, bands).
    """
    steps = []
    now = non_negative("People", people)
    for _ in range(years):
        now = aged_on(now, edges, even=even) * np.asarray(ratios, dtype=np.float64)
        steps.append(now)
    return np.stack(steps)


def _checked(people: ArrayLike, edges: Sequence[int]) -> Floats:
    counts = non_negative("People", people)
    if counts.shape[-1] != len(edges) - 1 or np.any(np.diff(edges) <= 0):
        raise ValueError("Edges must rise, and be one more than the bands.")
    return counts
