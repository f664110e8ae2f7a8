"""What if: scenarios on a whole place. Each changes the inputs; the forecast is made as ever.

A scenario holds for everyone of a place, never for chosen people. Each is an assumption of the
reader's and must be shown as one; no effect here is a published figure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from models.arrays import Floats
from models.bands import GP_BANDS, AgeBand
from models.forecast import HORIZONS, Forecast, forecast
from models.rate_spread import STATED_SPREAD, RateSpread
from models.standard_table import FIRST_AGE, LAST_AGE, StandardTable, standard_table


@dataclass(frozen=True)
class Place:
    """What a forecast is made from: people (practices, bands), sessions a head (practices,)."""

    people: Floats
    sessions_per_head: Floats
    bands: Sequence[AgeBand] = GP_BANDS
    table: StandardTable = field(default_factory=standard_table)

    def forecast(
        self, years: Iterable[int] = HORIZONS, spread: RateSpread = STATED_SPREAD
    ) -> dict[int, Forecast]:
        """Forecast this place; errors as for models.forecast.forecast."""
        return forecast(
            self.people,
            self.sessions_per_head,
            years=years,
            bands=self.bands,
            table=self.table,
            spread=spread,
        )


class Scenario(Protocol):
    """Something that changes what a forecast is made from."""

    def of(self, place: Place) -> Place:
        """The place as it would be."""
        ...


@dataclass(frozen=True)
class RetireLater:
    """Everyone retires so many years later; below nought, earlier.

    The yearly chance to retire at an age becomes that of an age so many years before. Leaving for
    another reason stays as it is.
    """

    years: int

    def of(self, place: Place) -> Place:
        """The place with the shifted table."""
        # Whoever retires later has at 62 the chance that others have at 60.
        ages = np.clip(np.arange(FIRST_AGE, LAST_AGE + 1) - self.years, FIRST_AGE, LAST_AGE)
        table = place.table
        # Retiring at an age of much leaving otherwise must still leave some chance to stay.
        retire = np.minimum(table.retire[ages - FIRST_AGE], 1 - table.leave_otherwise - 1e-6)
        return _with_rates(place, retire, table.leave_otherwise, f"retire {self.years:+d} years")


@dataclass(frozen=True)
class FewerSessions:
    """Everyone works a share of their sessions less, from now on.

    The place's sessions now fall with it: that part of the loss is certain, and is in
    `Change.at_once`, not in the forecast.
    """

    share: float

    def __post_init__(self) -> None:
        """Raise ValueError unless the share lies from 0 to 1."""
        _check_share("The share of sessions", self.share)

    def of(self, place: Place) -> Place:
        """The place with smaller weeks."""
        return replace(place, sessions_per_head=place.sessions_per_head * (1 - self.share))


@dataclass(frozen=True)
class LessLeaving:
    """A scheme cuts the yearly chance of leaving, whatever the reason, by a share.

    It is taken to work on everyone of the place from an age on (`from_age` None: on all). That
    says whose leaving is assumed to change, and nothing about who may join a scheme.
    """

    cut: float
    from_age: int | None = 50

    def __post_init__(self) -> None:
        """Raise ValueError unless the cut lies from 0 to 1."""
        _check_share("The cut", self.cut)

    def of(self, place: Place) -> Place:
        """The place with the lower rates."""
        ages = np.arange(FIRST_AGE, LAST_AGE + 1)
        # The table of the whole place is changed: nobody in it is told from another.
        kept = np.where(ages >= (self.from_age or FIRST_AGE), 1 - self.cut, 1.0)
        table = place.table
        words = f"leaving cut by {self.cut:.0%}"
        return _with_rates(place, table.retire * kept, table.leave_otherwise * kept, words)


@dataclass(frozen=True)
class SchemeEffect:
    """A scheme's effect as its owner sets it: three cuts, for no effect size is published."""

    low: float
    central: float
    high: float
    from_age: int | None = 50

    def __post_init__(self) -> None:
        """Raise ValueError unless low, central and high are in order."""
        if not self.low <= self.central <= self.high:
            raise ValueError("The cuts must be in order: low, central, high.")

    @property
    def scenarios(self) -> tuple[LessLeaving, LessLeaving, LessLeaving]:
        """One scenario for each cut, low first."""
        low, central, high = (
            LessLeaving(cut, self.from_age) for cut in (self.low, self.central, self.high)
        )
        return low, central, high


@dataclass(frozen=True)
class PracticeCloses:
    """One practice closes now, and a share of its people stay in the place.

    Who stays keeps their sessions and their age; the rest are lost at once (`Change.at_once`).
    Nobody knows the share beforehand: show 0 and 1, or ask.
    """

    practice: int
    staying: float = 0.0

    def __post_init__(self) -> None:
        """Raise ValueError unless the share lies from 0 to 1."""
        _check_share("The share that stays", self.staying)

    def of(self, place: Place) -> Place:
        """The place without those who go; raises ValueError for a practice it has not."""
        if not 0 <= self.practice < len(place.people):
            raise ValueError(f"The place has no practice number {self.practice}.")
        people = np.array(place.people, dtype=np.float64)
        # Parts of people: a share of each, for nobody knows who would stay.
        people[self.practice] *= self.staying
        return replace(place, people=people)


@dataclass(frozen=True)
class Change:
    """A forecast with and without a scenario, for one horizon."""

    without: Forecast
    under: Forecast

    @property
    def at_once(self) -> float:
        """Weekly sessions that the scenario itself takes on its first day."""
        return self.without.sessions_now - self.under.sessions_now

    @property
    def left(self) -> float:
        """Expected sessions left at the horizon, more (or, below nought, fewer) than without."""
        return self.without.expected - self.under.expected - self.at_once


def compare(
    place: Place,
    *scenarios: Scenario,
    years: Iterable[int] = HORIZONS,
    spread: RateSpread = STATED_SPREAD,
) -> dict[int, Change]:
    """The place with all the scenarios, one after another, beside it without any."""
    horizons = tuple(years)
    changed = place
    for scenario in scenarios:
        changed = scenario.of(changed)
    without, under = place.forecast(horizons, spread), changed.forecast(horizons, spread)
    return {year: Change(without[year], under[year]) for year in horizons}


def _with_rates(place: Place, retire: Floats, leave_otherwise: Floats, words: str) -> Place:
    table = replace(
        place.table,
        version=f"{place.table.version}, {words}",
        retire=retire,
        leave_otherwise=leave_otherwise,
        # Whatever the rows rested on, they now rest on the reader's assumption.
        basis=("assumed",) * len(retire),
        constructed=True,
    )
    return replace(place, table=table)


def _check_share(name: str, share: float) -> None:
    if not 0 <= share <= 1:
        raise ValueError(f"{name} must lie from 0 to 1.")
