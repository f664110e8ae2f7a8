"""Which groups make up a place's expected loss. The parts add up to it; none is left over."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from models.bands import GP_BANDS, AgeBand
from models.forecast import checked_place
from models.incidence import RETIRE
from models.standard_table import StandardTable, standard_table


@dataclass(frozen=True)
class Contribution:
    """One age band's part: its people, their sessions, and those expected to be lost.

    `share` is its part of the expected loss, None where nothing is there to lose. `times` is its
    loss beside what as many sessions of the whole place would lose: above 1 it is a driver, and
    not only large.
    """

    band: AgeBand
    people: float
    sessions: float
    expected: float
    retirement_expected: float
    share: float | None
    times: float | None


def contributions(
    people: ArrayLike,
    sessions_per_head: ArrayLike,
    *,
    years: int,
    bands: Sequence[AgeBand] = GP_BANDS,
    table: StandardTable | None = None,
) -> list[Contribution]:
    """The parts of a place's expected loss within `years`, the largest first.

    Arguments and errors as for models.forecast.forecast. Bands without people are left out.
    """
    counts, heads = checked_place(people, sessions_per_head, bands)
    chances = (table or standard_table()).band_incidence([years], bands)[:, 0]
    sessions = heads @ counts
    lost = sessions * chances.sum(axis=-1)
    share = np.divide(lost, lost.sum(), out=np.full(len(lost), np.nan), where=lost.sum() > 0)
    part = np.divide(sessions, sessions.sum(), out=np.full(len(lost), np.nan), where=sessions > 0)
    found = [
        Contribution(
            band=band,
            people=float(number),
            sessions=float(sessions[i]),
            expected=float(lost[i]),
            retirement_expected=float(sessions[i] * chances[i, RETIRE]),
            share=_known(share[i]),
            times=_known(share[i] / part[i]),
        )
        for i, (band, number) in enumerate(zip(bands, counts.sum(axis=0), strict=True))
        if number > 0
    ]
    # Equal parts keep the order of the bands: sorting is stable.
    return sorted(found, key=lambda group: -group.expected)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
