"""Which groups make up a place's expected loss. The parts add up to it; none is left over."""

from collections.abc import Iterable, Sequence
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
    # A band's part of the sessions, which is what an even loss would follow.
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


def in_groups(parts: Sequence[Contribution], people: float) -> list[Contribution]:
    """Put neighbouring bands together until each has at least `people`; largest loss first.

    The parts must be all of a place's. Fewer than two such groups make none: a single one is the
    place itself. They add up to the parts. Raises ValueError for a limit that is not above 0.
    """
    if people <= 0:
        raise ValueError("A group must have somebody in it.")
    groups: list[list[Contribution]] = []
    group: list[Contribution] = []
    for part in sorted(parts, key=lambda part: part.band.lower):
        group = [*group, part]
        if sum(one.people for one in group) >= people:
            groups.append(group)
            group = []
    if groups:
        # The oldest may be too few alone: they go with those before them.
        groups[-1] += group
    if len(groups) < 2:
        return []
    sessions = sum(part.sessions for part in parts)
    found = [_together(group, sessions) for group in groups]
    return sorted(found, key=lambda group: -group.expected)


def _together(parts: Sequence[Contribution], sessions_of_all: float) -> Contribution:
    share = _sum_of_known(part.share for part in parts)
    sessions = sum(part.sessions for part in parts)
    part_of_all = sessions / sessions_of_all if sessions_of_all else 0.0
    return Contribution(
        band=_one_band([part.band for part in parts]),
        people=sum(part.people for part in parts),
        sessions=sessions,
        expected=sum(part.expected for part in parts),
        retirement_expected=sum(part.retirement_expected for part in parts),
        share=share,
        times=share / part_of_all if share is not None and part_of_all else None,
    )


def _sum_of_known(values: Iterable[float | None]) -> float | None:
    # Of nothing lost no part has a share, and so have none together.
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _one_band(bands: Sequence[AgeBand]) -> AgeBand:
    first, last = bands[0], bands[-1]
    if first == last:
        return first
    code = f"{first.code}-{last.code}"
    if last.upper is None:
        return AgeBand(code, f"{first.lower} and over", first.lower, None)
    starts = first.label.startswith("Under")
    label = f"Under {last.upper + 1}" if starts else f"{first.lower} to {last.upper}"
    return AgeBand(code, label, first.lower, last.upper)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
