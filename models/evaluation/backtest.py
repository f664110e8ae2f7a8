"""Back-test of the cohort forecast on published heads: origins, rivals, errors, coverage.

The method, the rivals and the scores are those settled in docs/decisions/0021 before anything was
computed. All errors are relative to what was published later.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from math import sqrt

import numpy as np

from models.arrays import Floats
from models.cohort_forecast import QUARTER_ENDS, CohortMethod, HeadSeries
from models.cohorts import aged_on
from models.rate_spread import RATE_SPREAD_ALL

# Heads after 1, 2, ... years, (years, bands), from a series that ends at the origin.
Method = Callable[[HeadSeries, int], Floats]

FROM_AGE = 55
BAND_NAMES = ("55-59", "60-64", "65+")
ONE_YEAR, FIVE_YEARS = 1, 5
FIRST_ORIGIN = 2018
LAST_ORIGIN: Mapping[int, int] = {ONE_YEAR: 2024, FIVE_YEARS: 2020}
# 80 % of a normal distribution lies within so many standard deviations.
Z80 = 1.2815515655446004
# The stated spread counts as so many errors seen; half of a yearly error's variance lasts.
PRIOR_ERRORS, LEAST_SPREAD = 4, 0.01
MODEL_GROWTH: Mapping[int, float] = {
    years: sqrt(years * (1 + years) / 2) for years in (ONE_YEAR, FIVE_YEARS)
}


def no_change(known: HeadSeries, years: int) -> Floats:
    """The count of the origin."""
    return np.asarray(np.repeat(known.whole[-1:], years, axis=0))


def last_change(known: HeadSeries, years: int) -> Floats:
    """The change of the last twelve months, in heads, repeated each year."""
    start = known.at(_years_from(known.origin, -1))
    if start is None:
        raise ValueError("The snapshot a year before was not published.")
    steps = np.arange(1, years + 1)[:, np.newaxis]
    ahead = known.whole[-1] + steps * (known.whole[-1] - known.whole[start])
    # So many heads fewer each year could end below none, which has no logarithm.
    return np.asarray(np.maximum(ahead, 1.0))


MODEL: Method = CohortMethod().forecast
RIVALS: Mapping[str, Method] = {
    "no_change": no_change,
    "last_change": last_change,
    "last_ratio": CohortMethod(
        half_life=None, quarterly=False, newest=1, apart=False, breaks=()
    ).forecast,
    "mean_ratio": CohortMethod(
        half_life=None, quarterly=False, same_month=True, apart=False, breaks=()
    ).forecast,
}
VARIANTS: Mapping[str, Method] = {
    "all GPs together": CohortMethod(apart=False).forecast,
    "half-life one year": CohortMethod(half_life=1.0).forecast,
    "half-life four years": CohortMethod(half_life=4.0).forecast,
    "equal weights": CohortMethod(half_life=None).forecast,
    "all monthly windows": CohortMethod(quarterly=False).forecast,
    "even within bands": CohortMethod(even=True).forecast,
}


@dataclass(frozen=True)
class Scored:
    """Forecasts of one method at one horizon: arrays of (origins, bands from 55)."""

    origins: tuple[date, ...]
    forecast: Floats
    published: Floats
    # Standard deviation of the logarithm at one year, as it was known at the origin.
    spread: Floats

    @property
    def errors(self) -> Floats:
        """Absolute errors in percent of what was published."""
        return 100 * np.abs(self.forecast / self.published - 1)

    def interval(self, growth: float) -> tuple[Floats, Floats]:
        """Ends of the 80 % interval, the spread at one year grown by `growth`."""
        # The spread is that of a logarithm, so the interval is a factor to each side.
        reach = np.exp(Z80 * growth * self.spread)
        return self.forecast / reach, self.forecast * reach

    def covered(self, growth: float) -> Floats:
        """1 where the interval holds what was published, else 0."""
        low, high = self.interval(growth)
        return ((low <= self.published) & (self.published <= high)).astype(np.float64)

    def interval_scores(self, growth: float) -> Floats:
        """Width plus ten times what an interval missed by, in percent of what was published.

        The interval score of Gneiting and Raftery (2007) at 80 %: lower is better.
        """
        low, high = self.interval(growth)
        missed = np.maximum(low - self.published, 0) + np.maximum(self.published - high, 0)
        return np.asarray(100 * (high - low + 10 * missed) / self.published)


def origins(series: HeadSeries, years: int) -> tuple[date, ...]:
    """The quarter ends that are scored at this horizon."""
    return tuple(
        month
        for month in series.months
        if FIRST_ORIGIN <= month.year <= LAST_ORIGIN[years]
        and month.month in QUARTER_ENDS
        and series.at(_years_from(month, years)) is not None
    )


def score(series: HeadSeries, method: Method, years: int) -> Scored:
    """Forecast from each origin with what was known then, and set what was published beside it."""
    kept = _bands(series)
    at = origins(series, years)
    outcomes, errors = yearly_errors(series, method)
    forecasts, spreads, published = [], [], []
    for origin in at:
        known = series.up_to(origin)
        # A forecast is judged by its errors of before, never by one that was still to come.
        seen = errors[[outcome <= origin for outcome in outcomes]]
        forecasts.append(method(known, years)[-1, kept])
        spreads.append(spread(known, seen)[kept])
        published.append(series.whole[series.months.index(_years_from(origin, years)), kept])
    return Scored(at, np.stack(forecasts), np.stack(published), np.stack(spreads))


def yearly_errors(series: HeadSeries, method: Method) -> tuple[list[date], Floats]:
    """A method's errors one year ahead of every quarter end from which it could forecast.

    Returns the months of the outcomes and the logarithms of published over forecast, (n, bands).
    Each forecast knows only what was published up to its own start.
    """
    outcomes, errors = [], []
    for place, month in enumerate(series.months):
        start = series.at(_years_from(month, -1))
        if start is None or month.month not in QUARTER_ENDS:
            continue
        try:
            ahead = method(series.up_to(series.months[start]), 1)[0]
        except ValueError:  # too early: nothing to learn a ratio or a change from
            continue
        outcomes.append(month)
        errors.append(np.log(np.maximum(series.whole[place], 1) / np.maximum(ahead, 1)))
    return outcomes, np.array(errors).reshape(len(errors), series.whole.shape[1])


def spread(known: HeadSeries, errors: Floats) -> Floats:
    """Standard deviation of a one-year forecast on the logarithm: (bands,).

    errors: (n, bands), the method's own that were known, shrunk to the stated spread of yearly
    leaving times the share of a band's cohort that leaves in a year.
    """
    ratio = MODEL(known, 1)[0] / np.maximum(aged_on(known.whole[-1], known.edges), 1.0)
    # Of a band that loses a tenth, a tenth varies by the stated spread: the rest stays.
    prior = np.maximum(LEAST_SPREAD, RATE_SPREAD_ALL * (1 - ratio))
    total = PRIOR_ERRORS * prior**2 + (errors**2).sum(axis=0)
    return np.asarray(np.sqrt(total / (PRIOR_ERRORS + len(errors))))


def _bands(series: HeadSeries) -> slice:
    return slice(series.edges.index(FROM_AGE), len(series.edges) - 1)


def _years_from(month: date, years: int) -> date:
    return month.replace(year=month.year + years)
