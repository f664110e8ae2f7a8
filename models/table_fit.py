"""Fits yearly chances of retiring to a published age-band series, for the standard table.

Net change is all that a series of bands shows. It is taken apart by two stated rules: joining in
excess of leaving for other reasons is that seen at 45 to 49 and fades to nothing at FADED_OUT; the
rest of what a cohort loses from 50 on is retirement. See docs/decisions/0023.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares

from models.arrays import Floats
from models.cohort_forecast import CohortMethod, HeadSeries
from models.cohorts import older, regroup, ungroup

# Retiring before 50 is rare, and no series shows it.
BEFORE, BEFORE_AGE = 0.002, 49
# The logarithm of the chance is linear between these ages, one for each band from 50, then level.
KNOTS = (52, 57, 62, 68)
# Pension ages stand out by this factor over their neighbours: stated, as bands cannot show them.
SPIKES: Mapping[int, float] = {60: 1.4, 65: 1.2}
JOINING_SEEN, FADED_OUT = (45, 49), 67
LEAST_RISE = 1e-6


@dataclass(frozen=True)
class Fit:
    """A fitted course of retiring, and what it rests on; arrays by single age or by band.

    expected, observed: heads at the ends of all windows, weighted, by band, if nobody had left and
    as published. fitted: the same with the fitted chances. excess: joiners over other leavers a
    year at 45 to 49.
    """

    ages: Floats
    retire: Floats
    excess: float
    edges: tuple[int, ...]
    expected: Floats
    observed: Floats
    fitted: Floats


def retirement_course(levels: Floats, ages: Floats) -> Floats:
    """Yearly chances at `ages` from the chances at KNOTS: log-linear, level at the end, spiked."""
    knots = (BEFORE_AGE, *KNOTS)
    course = np.exp(np.interp(ages, knots, np.log([BEFORE, *levels])))
    for age, factor in SPIKES.items():
        course = np.where(ages == age, course * factor, course)
    return np.asarray(course)


def fade(ages: Floats) -> Floats:
    """The share of the excess of joiners left at each age: 1 to 47, 0 from FADED_OUT."""
    middle = sum(JOINING_SEEN) / 2
    return np.asarray(np.clip((FADED_OUT - ages) / (FADED_OUT - middle), 0.0, 1.0))


def fit_retirement(series: HeadSeries, method: CohortMethod | None = None) -> Fit:
    """Fit the chances of retiring of all groups together to the method's windows.

    Chances never fall with age but after a spike. Raises ValueError without a window.
    """
    chosen = method or CohortMethod()
    windows = chosen.windows(series)
    if not windows:
        raise ValueError("No twelve-month window was published up to this date.")
    starts, ends = (list(places) for places in zip(*windows, strict=True))
    weights = chosen.weights([series.months[end] for end in ends], series.origin)
    # Weighted sums of all windows, not a fit of each: the noise of single windows cancels first.
    stock = weights @ ungroup(series.whole[starts], series.edges)
    observed = weights @ series.whole[ends]
    expected = regroup(older(stock), series.edges)
    # Single ages: people of a band do not all reach a pension age in one year.
    ages = np.arange(series.edges[0], series.edges[-1], dtype=np.float64)
    seen = series.edges.index(JOINING_SEEN[0])
    # At these ages hardly anyone retires: what the band gained is joiners over other leavers.
    excess = float(observed[seen] / expected[seen] - 1)

    def heads(retire: Floats) -> Floats:
        return regroup(older(stock * (1 - retire + excess * fade(ages))), series.edges)

    # Bands below 50 are not fitted: the excess explains them by its own making.
    fitted_bands = slice(series.edges.index(50), len(series.edges) - 1)

    def misfit(rises: Floats) -> Floats:
        retire = retirement_course(BEFORE * np.exp(np.cumsum(rises)), ages)
        # Relative, or the largest band alone would decide.
        return (heads(retire)[fitted_bands] / observed[fitted_bands]) - 1

    # Rises are fitted, not chances: with each at least LEAST_RISE the course never falls with age.
    found = least_squares(misfit, x0=np.ones(len(KNOTS)), bounds=(LEAST_RISE, np.inf))
    retire = retirement_course(BEFORE * np.exp(np.cumsum(found.x)), ages)
    return Fit(ages, retire, excess, series.edges, expected, observed, heads(retire))
