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
from models.lattice import LatticeLoss, Losses
from models.rate_spread import STATED_SPREAD, RateSpread
from models.sessions_lost import Rates, Sum, distributions, sum_of
from models.standard_table import StandardTable, standard_table

# Stored, shown and compared everywhere: another horizon is worked out when asked for.
HORIZONS = (1, 3, 5, 10)


@dataclass(frozen=True)
class Share:
    """Sessions lost as a share of the sessions now, with its 80 % interval."""

    expected: float
    low80: float
    high80: float


@dataclass(frozen=True)
class Loss:
    """Sessions (or people) lost to one cause, or to all, within a horizon.

    The interval is the 10th to the 90th percentile. Sessions come in lumps, so it holds the true
    loss at least, and in a small place clearly more than, 80 times in 100; it is not narrowed.
    """

    expected: float
    low80: float
    high80: float
    distribution: LatticeLoss


@dataclass(frozen=True)
class Forecast:
    """What a place may lose within `years`, in weekly sessions; joiners are not counted.

    `leavers` and `retirees` are numbers of people, whatever their sessions.
    """

    years: int
    sessions_now: float
    leaving: Loss
    retirement: Loss
    leavers: Loss
    retirees: Loss

    @property
    def headcount_expected(self) -> float:
        """People expected to leave, whatever the reason."""
        return self.leavers.expected

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
    retirement_headcount: Floats


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
    counts, heads = checked_place(people, sessions_per_head, bands)
    chances = (table or standard_table()).band_incidence(years, bands)
    # The causes exclude each other, so their chances add up.
    headcount = counts @ chances.sum(axis=-1)
    retiring = counts @ chances[..., RETIRE]
    return ExpectedLoss(
        sessions_now=counts.sum(axis=-1) * heads,
        sessions=headcount * heads[:, np.newaxis],
        retirement_sessions=retiring * heads[:, np.newaxis],
        headcount=headcount,
        retirement_headcount=retiring,
    )


def forecast(
    people: ArrayLike,
    sessions_per_head: ArrayLike,
    *,
    years: Iterable[int] = HORIZONS,
    bands: Sequence[AgeBand] = GP_BANDS,
    table: StandardTable | None = None,
    spread: RateSpread = STATED_SPREAD,
) -> dict[int, Forecast]:
    """Forecast one place, made of the practices in the rows, for each horizon.

    Arguments and errors as for `expected`; spread: how uncertain the table's rates are. Where
    unknown ages left fractions of people in the bands, each practice's fractions are gathered
    into whole people of mixed age: expectations stay exact, and nobody counts as a part of one.
    """
    place = (people, sessions_per_head)
    return forecast_many([place], years=years, bands=bands, table=table, spread=spread)[0]


def forecast_many(
    places: Sequence[tuple[ArrayLike, ArrayLike]],
    *,
    years: Iterable[int] = HORIZONS,
    bands: Sequence[AgeBand] = GP_BANDS,
    table: StandardTable | None = None,
    spread: RateSpread = STATED_SPREAD,
) -> list[dict[int, Forecast]]:
    """Forecast many places, each as `forecast` would, in a fraction of the time a place.

    places: pairs of people and sessions a head, one for each place.
    """
    horizons = horizon_years(years)
    checked = [checked_place(people, heads, bands) for people, heads in places]
    incidence = (table or standard_table()).band_incidence(horizons, bands)
    # Both causes in one pass: they share people, lattice and most of the work.
    # Cases: every horizon for all leaving, then every horizon for retirement alone.
    chances = np.concatenate([incidence.sum(axis=-1), incidence[..., RETIRE]], axis=-1)
    rates = Rates(chances, spread.over(horizons).ravel())
    sums = [sum_of(counts, heads) for counts, heads in checked]
    heads = [sum_of(counts, np.ones(len(counts))) for counts, _ in checked]
    lost = distributions(sums, rates)
    # Where everybody has the same sessions, those who leave are counted with what they take.
    apart = [place for place, own in enumerate(sums) if not _counts_heads(own, heads[place])]
    left = dict(zip(apart, distributions([heads[place] for place in apart], rates), strict=True))
    return [
        _forecasts(horizons, chances, (own, lost[place]), (heads[place], left.get(place)))
        for place, own in enumerate(sums)
    ]


def loss_if_one_leaves(people: float, sessions: float) -> float:
    """Sessions a practice loses if any one of its people leaves, whoever it is.

    Needs no age, so it may stand where a practice is too small for an outlook. Raises ValueError
    where there is nobody to leave.
    """
    if people <= 0:
        raise ValueError("There is nobody here to leave.")
    # One person at most: a spread of unknown ages may leave less than one on the books.
    return sessions / max(people, 1.0)


def checked_place(
    people: ArrayLike, sessions_per_head: ArrayLike, bands: Sequence[AgeBand]
) -> tuple[Floats, Floats]:
    """People (practices, bands) and sessions a head (practices,) as floats.

    Raises ValueError for negative or missing numbers and for shapes that do not match.
    """
    counts = non_negative("People", people)
    heads = non_negative("Sessions a head", sessions_per_head)
    if counts.ndim != 2 or counts.shape[1] != len(bands) or heads.shape != counts.shape[:1]:
        raise ValueError(
            f"People must have a row for each practice and {len(bands)} bands, and sessions a "
            f"head one number for each row: got shapes {counts.shape} and {heads.shape}."
        )
    return counts, heads


def _counts_heads(own: Sum, heads: Sum) -> bool:
    # A practice without sessions has heads and no sessions: they must then be counted apart.
    return len(own.sessions) == 1 and own.people.sum() == heads.people.sum()


def _forecasts(
    horizons: Sequence[int],
    chances: Floats,
    sessions: tuple[Sum, Losses],
    heads: tuple[Sum, Losses | None],
) -> dict[int, Forecast]:
    """Put a place's forecasts together; leavers follow from sessions where none are given."""
    lost = _all_losses(*sessions, chances)
    left = _all_losses(heads[0], heads[1] or _as_heads(sessions[1]), chances)
    now = float(sessions[0].sessions @ sessions[0].people.sum(axis=1))
    count = len(horizons)
    return {
        year: Forecast(year, now, lost[i], lost[i + count], left[i], left[i + count])
        for i, year in enumerate(horizons)
    }


def _all_losses(own: Sum, losses: Losses, chances: Floats) -> list[Loss]:
    # From the chances themselves: the lattice is only near.
    means = own.sessions @ own.people @ chances
    ends = zip(means.tolist(), losses.low.tolist(), losses.high.tolist(), strict=True)
    return [Loss(*figures, losses.case(case)) for case, figures in enumerate(ends)]


def _as_heads(losses: Losses) -> Losses:
    return Losses(1.0, losses.chance, losses.low / losses.step, losses.high / losses.step)
