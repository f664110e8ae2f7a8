"""The cohort forecast of a national age-band series, as settled in docs/decisions/0021.

Partners and other GPs are moved on apart, by their own ratios of net change, the newest years
counting for most. Given to it is what was published up to a date, and nothing later exists for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from models.arrays import Floats
from models.bands import spread_unknown
from models.cohorts import aged_on, net_change_ratio, project

QUARTER_ENDS = (3, 6, 9, 12)
HALF_LIFE_YEARS = 2.0
# Stale records were removed: fewer heads, not more leavers.
BREAKS = (date(2025, 4, 1),)


@dataclass(frozen=True)
class HeadSeries:
    """Published heads by age band over time, oldest first; unknown ages already spread.

    people: (groups, months, bands): groups that add up to the whole, each moved on by itself.
    whole: (months, bands): what is forecast. edges: as for `models.cohorts.ungroup`.
    """

    months: tuple[date, ...]
    edges: tuple[int, ...]
    people: Floats
    whole: Floats

    def up_to(self, origin: date) -> "HeadSeries":
        """The series as it was known at `origin`: later snapshots are cut off."""
        known = sum(month <= origin for month in self.months)
        return HeadSeries(
            self.months[:known], self.edges, self.people[:, :known], self.whole[:known]
        )

    def together(self) -> "HeadSeries":
        """The same with one group, the whole."""
        return HeadSeries(self.months, self.edges, self.whole[np.newaxis], self.whole)

    def at(self, month: date) -> int | None:
        """The place of a month, or None where it was not published."""
        return self.months.index(month) if month in self.months else None

    @property
    def origin(self) -> date:
        """The newest month."""
        return self.months[-1]


def head_series(
    months: Sequence[date],
    edges: Sequence[int],
    whole: tuple[Floats, Floats],
    parts: Sequence[tuple[Floats, Floats]],
) -> HeadSeries:
    """Build a series from printed heads, each as (by band, of unknown age), spread pro rata.

    What the parts leave of the whole is one more group. Raises ValueError where they exceed it.
    """
    rest = (whole[0] - sum(part[0] for part in parts), whole[1] - sum(part[1] for part in parts))
    groups = [spread_unknown(known, unknown) for known, unknown in (*parts, rest)]
    return HeadSeries(tuple(months), tuple(edges), np.stack(groups), spread_unknown(*whole))


@dataclass(frozen=True)
class CohortMethod:
    """How ratios are made; the defaults are the method, the rest are variants and rivals.

    half_life: in years, None for equal weights. quarterly: only windows that end in a quarter's
    last month. same_month: only those that end in the origin's month. newest: at most so many.
    """

    half_life: float | None = HALF_LIFE_YEARS
    quarterly: bool = True
    same_month: bool = False
    newest: int | None = None
    apart: bool = True
    even: bool = False
    breaks: tuple[date, ...] = BREAKS

    def windows(self, series: HeadSeries) -> list[tuple[int, int]]:
        """Places (start, end) of the twelve-month windows that count, the newest last."""
        found = []
        for end, month in enumerate(series.months):
            start = series.at(month.replace(year=month.year - 1))
            # Whole years apart, or a season would pass for a trend.
            if start is not None and self._counts(month, series.origin):
                found.append((start, end))
        return found[-self.newest :] if self.newest else found

    def _counts(self, end: date, origin: date) -> bool:
        start = end.replace(year=end.year - 1)
        # A window across the break would count the removed records as people who left.
        if any(start < moment <= end for moment in self.breaks):
            return False
        if self.same_month:
            return end.month == origin.month
        return end.month in QUARTER_ENDS or not self.quarterly

    def ratios(self, series: HeadSeries) -> Floats:
        """Ratios of net change, (groups, bands). Raises ValueError without a window."""
        windows = self.windows(series)
        if not windows:
            raise ValueError("No twelve-month window was published up to this date.")
        starts, ends = (list(places) for places in zip(*windows, strict=True))
        weights = self.weights([series.months[end] for end in ends], series.origin)
        expected = aged_on(series.people[:, starts], series.edges, even=self.even)
        pairs = zip(series.people[:, ends], expected, strict=True)
        return np.stack([net_change_ratio(after, before, weights) for after, before in pairs])

    def weights(self, ends: Sequence[date], origin: date) -> Floats:
        ago = [(origin.year - end.year) + (origin.month - end.month) / 12 for end in ends]
        if self.half_life is None:
            return np.ones(len(ago))
        return np.asarray(0.5 ** (np.array(ago) / self.half_life))

    def forecast(self, series: HeadSeries, years: int) -> Floats:
        """Heads of the whole after 1 to `years` years from the newest month: (years, bands)."""
        known = series if self.apart else series.together()
        ratios = self.ratios(known)
        now = known.people[:, -1]
        steps = np.stack(
            [
                project(group, ratio, years, known.edges, even=self.even)
                for group, ratio in zip(now, ratios, strict=True)
            ]
        ).sum(axis=0)
        # Unknown ages spread group by group add up a little differently from the whole's.
        apart = now.sum(axis=0)
        level = np.divide(known.whole[-1], apart, out=np.ones_like(apart), where=apart > 0)
        return np.asarray(steps * level)
