"""Sessions lost to all leaving, without retirement apart and without numbers of people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from numpy.typing import ArrayLike

from models.arrays import horizon_years
from models.bands import GP_BANDS, AgeBand
from models.forecast import checked_place
from models.rate_spread import STATED_SPREAD, RateSpread
from models.sessions_lost import Rates, distributions, sum_of
from models.standard_table import StandardTable, standard_table


@dataclass(frozen=True)
class Leaving:
    """Weekly sessions a place may lose within `years`: expected, and the ends of the 80 % interval.

    The same numbers as those of models.forecast.Forecast.
    """

    years: int
    sessions_now: float
    expected: float
    low80: float
    high80: float


def leaving(
    people: ArrayLike,
    sessions_per_head: ArrayLike,
    *,
    years: Iterable[int],
    bands: Sequence[AgeBand] = GP_BANDS,
    table: StandardTable | None = None,
    spread: RateSpread = STATED_SPREAD,
) -> dict[int, Leaving]:
    """Return what leaving takes from one place, in less than half the time of a forecast.

    people: (practices, bands); sessions_per_head: (practices,), sessions a week; errors as for
    models.forecast.forecast. Beyond 100 people the figures are those of the forecast to the last
    digit; of fewer, a chance may differ by the 0.0001 to which the rates' spread is integrated.
    """
    horizons = horizon_years(years)
    counts, heads = checked_place(people, sessions_per_head, bands)
    chances = (table or standard_table()).band_incidence(horizons, bands).sum(axis=-1)
    own = sum_of(counts, heads)
    # The first row of the spread is that of all leaving.
    (lost,) = distributions([own], Rates(chances, spread.over(horizons)[0]))
    now = float(own.sessions @ own.people.sum(axis=1))
    figures = (
        (own.sessions @ own.people @ chances).tolist(),
        lost.low.tolist(),
        lost.high.tolist(),
    )
    return {
        year: Leaving(year, now, *each)
        for year, each in zip(horizons, zip(*figures, strict=True), strict=True)
    }
