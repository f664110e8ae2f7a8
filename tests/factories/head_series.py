"""Made-up national series of heads, in which what is to be found is known."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from models.arrays import Floats
from models.cohort_forecast import HeadSeries
from models.cohorts import project

EDGES = (45, 50, 55, 60, 65, 75)
# Ratios of net change of two groups, by band.
RATIOS = ((1.5, 1.0, 0.95, 0.75, 0.8), (1.2, 1.05, 1.0, 0.9, 0.7))
HEADS = ((600.0, 500.0, 400.0, 150.0, 100.0), (300.0, 250.0, 100.0, 60.0, 40.0))
QUARTERS = (3, 6, 9, 12)


def steady_series(
    first: int = 2015,
    last: int = 2025,
    ratios: Sequence[Sequence[float]] = RATIOS,
    months: Sequence[int] = QUARTERS,
) -> HeadSeries:
    """Two groups that change by the same ratios in every twelve months."""
    years = range(first, last + 1)
    paths = [
        np.vstack([[heads], project(heads, ratio, len(years) - 1, EDGES)])
        for heads, ratio in zip(HEADS, ratios, strict=True)
    ]
    people: Floats = np.stack([np.repeat(path, len(months), axis=0) for path in paths])
    dates = tuple(date(year, month, 1) for year in years for month in months)
    return HeadSeries(dates, EDGES, people, people.sum(axis=0))


def scrambled_after(series: HeadSeries, origin: date) -> HeadSeries:
    """The same with nonsense in every month after `origin`."""
    later = np.array([month > origin for month in series.months])
    random = np.random.default_rng(7)
    people = np.where(
        later[:, np.newaxis], random.uniform(1, 9000, series.people.shape), series.people
    )
    return HeadSeries(series.months, series.edges, people, people.sum(axis=0))
