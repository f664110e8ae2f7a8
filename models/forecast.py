"""Sessions a place can expect to lose, with an interval: all leaving, and retirement apart.

A place is a set of practices. Each has people by age band and its own sessions a head, for the
published files do not cross sessions with age. Everyone leaves or stays independently, given one
rate multiplier common to the place (models/rate_spread.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from models.arrays import Floats, horizon_years, non_negative
from models.bands import GP_BANDS, AgeBand
from models.incidence import RETIRE
from models.rate_spread import RATE_SPREAD_ALL, RATE_SPREAD_RETIREMENT, spread_chances
from models.sessions_lost import NOTHING_TO_LOSE, Leavers, SessionsLost, convolve, smooth
from models.standard_table import StandardTable, standard_table

HORIZONS = (1, 3, 5)
LOW, HIGH = 0.1, 0.9
# Up to here losses are added up exactly; beyond, by moments (see docs/decisions/0005).
EXACT_UP_TO = 100
_EXACT_NODES, _SMOOTH_NODES = 11, 201


@dataclass(frozen=True)
class Share:
    """Sessions lost as a share of the sessions now, with its 80 % interval."""

    expected: float
    low80: float
    high80: float


@dataclass(frozen=True)
class Loss:
    """Sessions lost to one cause, or to all, within a horizon.

    The interval is the 10th to the 90th percentile. Sessions come in lumps, so it holds the true
    loss at least, and in a small place clearly more than, 80 times in 100; it is not narrowed.
    """

    expected: float
    low80: float
    high80: float
    distribution: SessionsLost

    def share_of(self, sessions_now: float) -> Share | None:
        """The loss as a share of the sessions now; None where there are none to lose."""
        if sessions_now == 0:
            return None
        return Share(
            self.expected / sessions_now, self.low80 / sessions_now, self.high80 / sessions_now
        )


@dataclass(frozen=True)
class Forecast:
    """What a place may lose within `years`, in weekly sessions; joiners are not counted."""

    years: int
    sessions_now: float
    headcount_expected: float
    leaving: Loss
    retirement: Loss

    @property
    def expected(self) -> float:
        """Sessions expected to be lost, whatever the reason."""
        return self.leaving.expected

    @property
    def low80(self) -> float:
        """Lower end of the 80 % interval."""
        return self.leaving.low80

    @property
    def high80(self) -> float:
        """Upper end of the 80 % interval."""
        return self.leaving.high80

    @property
    def retirement_expected(self) -> float:
        """Sessions expected to be lost to retirement."""
        return self.retirement.expected

    @property
    def retirement_low80(self) -> float:
        """Lower end of the 80 % interval for retirement."""
        return self.retirement.low80

    @property
    def retirement_high80(self) -> float:
        """Upper end of the 80 % interval for retirement."""
        return self.retirement.high80

    def chance_of_losing_at_least(self, sessions: float) -> float:
        """Chance of losing at least so many sessions, whatever the reason."""
        return self.leaving.distribution.at_least(sessions)


@dataclass(frozen=True)
class ExpectedLoss:
    """Expected losses of many rows at once; arrays of shape (rows, horizons) but the first."""

    sessions_now: Floats  # (rows,)
    sessions: Floats
    retirement_sessions: Floats
    headcount: Floats


def expected(
    people: ArrayLike,
    sessions_per_head: ArrayLike,
    *,
    years: Iterable[int] = HORIZONS,
    bands: Sequence[AgeBand] = GP_BANDS,
    table: StandardTable | None = None,
) -> ExpectedLoss:
    """Expected losses of each row (a practice) without their distribution.

    people: (rows, bands), fractions allowed; sessions_per_head: (rows,). Add rows up for a
    network. Raises ValueError for negative or missing numbers and for shapes that do not match.
    """
    counts, heads = _checked(people, sessions_per_head, bands)
    chances = (table or standard_table()).band_incidence(years, bands)
    headcount = counts @ chances.sum(axis=-1)
    retiring = counts @ chances[..., RETIRE]
    return ExpectedLoss(
        sessions_now=counts.sum(axis=-1) * heads,
        sessions=headcount * heads[:, np.newaxis],
        retirement_sessions=retiring * heads[:, np.newaxis],
        headcount=headcount,
    )


def forecast(
    people: ArrayLike,
    sessions_per_head: ArrayLike,
    *,
    years: Iterable[int] = HORIZONS,
    bands: Sequence[AgeBand] = GP_BANDS,
    table: StandardTable | None = None,
) -> dict[int, Forecast]:
    """Forecast one place, made of the practices in the rows, for each horizon.

    Arguments and errors as for `expected`. Where unknown ages left fractions of people in the
    bands, each practice's fractions are gathered into whole people of mixed age: expectations
    stay exact, and nobody is counted as a part of a person.
    """
    horizons = horizon_years(years)
    counts, heads = _checked(people, sessions_per_head, bands)
    incidence = (table or standard_table()).band_incidence(horizons, bands)
    means = expected(counts, heads, years=horizons, bands=bands, table=table)
    # Cases: every horizon for all leaving, then every horizon for retirement alone.
    chances = np.concatenate([incidence.sum(axis=-1), incidence[..., RETIRE]], axis=-1)
    losses = _distributions(counts, heads, chances)
    leaving, retirement = losses[: len(horizons)], losses[len(horizons) :]
    return {
        year: Forecast(
            years=year,
            sessions_now=float(means.sessions_now.sum()),
            headcount_expected=float(means.headcount[:, i].sum()),
            leaving=_loss(means.sessions[:, i], leaving[i]),
            retirement=_loss(means.retirement_sessions[:, i], retirement[i]),
        )
        for i, year in enumerate(horizons)
    }


def loss_if_one_leaves(people: float, sessions: float) -> float:
    """Sessions a practice loses if any one of its people leaves, whoever it is.

    Needs no age, so it may stand where a practice is too small for an outlook. Raises ValueError
    where there is nobody to leave.
    """
    if people <= 0:
        raise ValueError("There is nobody here to leave.")
    # One person at most: a spread of unknown ages may leave less than one on the books.
    return sessions / max(people, 1.0)


def _checked(
    people: ArrayLike, sessions_per_head: ArrayLike, bands: Sequence[AgeBand]
) -> tuple[Floats, Floats]:
    counts = non_negative("People", people)
    heads = non_negative("Sessions a head", sessions_per_head)
    if counts.ndim != 2 or counts.shape[1] != len(bands) or heads.shape != counts.shape[:1]:
        raise ValueError(
            f"People must have a row for each practice and {len(bands)} bands, and sessions a "
            f"head one number for each row: got shapes {counts.shape} and {heads.shape}."
        )
    return counts, heads


def _loss(expected_sessions: Floats, distribution: SessionsLost) -> Loss:
    return Loss(
        expected=float(expected_sessions.sum()),
        low80=distribution.quantile(LOW),
        high80=distribution.quantile(HIGH),
        distribution=distribution,
    )


def _distributions(counts: Floats, heads: Floats, chances: Floats) -> Sequence[SessionsLost]:
    """One distribution for each case; chances: (bands, cases)."""
    cases = chances.shape[1]
    spread = np.repeat([RATE_SPREAD_ALL, RATE_SPREAD_RETIREMENT], cases // 2)
    if counts[heads > 0].sum() > EXACT_UP_TO:
        powers = heads ** np.arange(1, 4)[:, np.newaxis]
        spread_out, weights = spread_chances(chances, spread, _SMOOTH_NODES)
        return smooth(powers @ counts, spread_out, weights)
    people, sessions, own = _whole_people(counts, heads, chances)
    spread_out, weights = spread_chances(own, spread, _EXACT_NODES)
    groups = [
        Leavers(int(number), float(each), chance)
        for number, each, chance in zip(people, sessions, spread_out, strict=True)
    ]
    if not groups:
        return [NOTHING_TO_LOSE] * cases
    return convolve(groups, weights)


def _whole_people(counts: Floats, heads: Floats, chances: Floats) -> tuple[Floats, Floats, Floats]:
    """People (groups,), their sessions (groups,) and chances (groups, cases), in whole people.

    A practice's fractions become the fewest people that can hold them. Each is of a band with
    that band's share of the fractions, or of none, and so not there to leave.
    """
    whole = np.floor(counts + 1e-9)
    parts = np.clip(counts - whole, 0.0, None)
    mixed = np.ceil(parts.sum(axis=1) - 1e-9)
    rows, columns = np.nonzero(whole)
    (mixed_rows,) = np.nonzero(mixed)
    mixed_chances = parts[mixed_rows] @ chances / mixed[mixed_rows, np.newaxis]
    return (
        np.concatenate([whole[rows, columns], mixed[mixed_rows]]),
        np.concatenate([heads[rows], heads[mixed_rows]]),
        np.concatenate([chances[columns], mixed_chances]),
    )
