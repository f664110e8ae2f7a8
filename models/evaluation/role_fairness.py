"""Is a forecast that knows ages alone as right for one role as for another?

The outlook of a place knows no roles: published files do not cross role with age. The national
series does. From each origin the rates of the whole, as known then, are laid on the heads of one
role, and the heads that it should lose within a year are compared with those that it lost. Both
are net of joiners, and a partner who becomes salaried is lost to the one and gained by the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models.arrays import Floats
from models.cohort_forecast import CohortMethod, HeadSeries
from models.cohorts import aged_on
from models.evaluation.backtest import BAND_NAMES, FROM_AGE, ONE_YEAR, origins
from models.evaluation.resampling import block_means
from models.fairness import reaches_limit

METHOD = "roles-2026.1"
ALL_BANDS = "55 and over"
# Four neighbouring quarter ends share most of a twelve-month window, so a year counts once.
BLOCK = ORIGINS_A_YEAR = 4
# As an outlook of a place must: its published ages are not crossed with role.
_BLIND = CohortMethod(apart=False)


@dataclass(frozen=True)
class NetLoss:
    """Heads that a role lost, net, for each that was expected, over all origins.

    actual, expected: heads for each year, the mean over its four quarter ends, added up over the
    years. Negative where more joined than left. low95, high95: of the ratio, by block bootstrap.
    """

    role: str
    band: str
    actual: float
    expected: float
    ratio: float
    low95: float
    high95: float

    @property
    def within_limit(self) -> bool:
        """Whether the interval reaches the range of the stated limit for use."""
        return reaches_limit(self.low95, self.high95)

    def as_json(self) -> dict[str, object]:
        """JSON-able."""
        return {**vars(self), "within_limit": self.within_limit}


@dataclass(frozen=True)
class RoleFairness:
    """What was found for each role: of all bands together first, then of each band."""

    method: str
    origins: int
    losses: tuple[NetLoss, ...]

    def as_json(self) -> dict[str, object]:
        """JSON-able."""
        losses = [loss.as_json() for loss in self.losses]
        return {"method": self.method, "origins": self.origins, "losses": losses}


def role_fairness(whole: HeadSeries, roles: Mapping[str, HeadSeries]) -> RoleFairness:
    """Compare roles, one year ahead of each origin of the back-test.

    whole: the series whose rates are used. roles: the same months and bands of each role; a role
    need not be a part of the whole. Raises ValueError where months or bands differ, where no
    origin can be scored, and where no loss is expected.
    """
    at = origins(whole, ONE_YEAR)
    if len(at) < BLOCK:
        raise ValueError("The series is too short for a scored year.")
    losses: list[NetLoss] = []
    for role, series in roles.items():
        # Months are found by their place in the whole.
        if (series.months, series.edges) != (whole.months, whole.edges):
            raise ValueError(f"{role}: its months or bands are not those of the whole.")
        pairs = [_of_origin(whole, series, whole.months.index(month)) for month in at]
        lost, expected = (np.stack(part) for part in zip(*pairs, strict=True))
        losses.append(_loss(role, ALL_BANDS, lost.sum(axis=1), expected.sum(axis=1)))
        losses += [
            _loss(role, band, lost[:, place], expected[:, place])
            for place, band in enumerate(BAND_NAMES)
        ]
    return RoleFairness(METHOD, len(at), tuple(losses))


def _of_origin(whole: HeadSeries, role: HeadSeries, place: int) -> tuple[Floats, Floats]:
    """Heads that a role lost in the year from an origin, and those expected: each (bands,)."""
    origin = whole.months[place]
    year_later = whole.months.index(origin.replace(year=origin.year + 1))
    kept = slice(whole.edges.index(FROM_AGE), len(whole.edges) - 1)
    # Only what was published by then: the outcome must not teach the rates.
    rates = _BLIND.ratios(whole.up_to(origin).together())[0]
    aged = aged_on(role.whole[place], role.edges)
    lost = aged - role.whole[year_later]
    return lost[kept], (aged * (1 - rates))[kept]


def _loss(role: str, band: str, lost: Floats, expected: Floats) -> NetLoss:
    """The ratio of sums, with the interval of the same blocks drawn from both."""
    if not expected.sum() > 0:
        raise ValueError(f"{role}, {band}: the rates expect more to join than to leave.")
    # Drawn alike, as one seed makes them: the two go up and down together.
    drawn = block_means(lost, BLOCK) / block_means(expected, BLOCK)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return NetLoss(
        role=role,
        band=band,
        actual=float(lost.sum() / ORIGINS_A_YEAR),
        expected=float(expected.sum() / ORIGINS_A_YEAR),
        ratio=float(lost.sum() / expected.sum()),
        low95=float(low),
        high95=float(high),
    )
