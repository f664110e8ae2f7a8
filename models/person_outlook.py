"""One person's own outlook: from the standard table, for that person alone, never stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from models.arrays import Floats, horizon_years, non_negative
from models.forecast import HORIZONS
from models.incidence import LEAVE_OTHERWISE, RETIRE, cumulative_incidence
from models.standard_table import StandardTable, standard_table


@dataclass(frozen=True)
class PersonHorizon:
    """Chances of having retired, left otherwise or stayed within `years`.

    `sessions_expected` are the weekly sessions this person may be expected to work then.
    """

    years: int
    retire: float
    leave_otherwise: float
    stay: float
    sessions_expected: float


@dataclass(frozen=True)
class PersonOutlook:
    """A person's outlook with the inputs it was made from.

    `plan_years` is set when the person's own plan was taken as an assumption.
    """

    age: int
    sessions: float
    table_version: str
    plan_years: int | None
    horizons: dict[int, PersonHorizon]


def person_outlook(
    age: int,
    sessions: float,
    *,
    years: Iterable[int] = HORIZONS,
    plan_years: int | None = None,
    fall: float = 0.0,
    table: StandardTable | None = None,
) -> PersonOutlook:
    """The outlook of someone of this age who works so many sessions a week.

    plan_years: the coming year (1 is the next twelve months) in which the person plans to
    retire. It is a what-if: no retirement before that year, and certain retirement in it of
    whoever has not left for another reason. It is fitted to nothing.
    fall: the share by which both yearly chances are assumed to fall (below 0: to rise).
    Raises ValueError for a plan in the past, negative sessions and a fall of 1 or more.
    """
    # A fall without end would make nan of chances that are then held to certainty.
    if not -np.inf < fall < 1:
        raise ValueError("Chances can fall by less than all of them, or rise by so many times.")
    if plan_years is not None and plan_years < 1:
        raise ValueError("A plan to retire must lie in a coming year, from 1.")
    weekly = float(non_negative("Sessions", sessions))
    source = table or standard_table()
    horizons = horizon_years(years)
    # Each coming year by the age then reached; nobody keeps today's chance for ten years.
    yearly = source.hazards(age + np.arange(max(horizons))) * (1 - fall)
    chances = cumulative_incidence(_as_planned(yearly, plan_years))
    return PersonOutlook(
        age=age,
        sessions=weekly,
        table_version=source.version,
        plan_years=plan_years,
        horizons={
            year: _horizon(year, *map(float, chances[year - 1]), sessions=weekly)
            for year in horizons
        },
    )


def _as_planned(yearly: Floats, plan_years: int | None) -> Floats:
    """Return yearly chances, shape (years, causes), that add up to 1 at most and keep a plan."""
    # A rise may not carry the two causes past certainty.
    chances = yearly / np.maximum(1.0, yearly.sum(axis=-1, keepdims=True))
    if plan_years is not None:
        chances[: plan_years - 1, RETIRE] = 0.0
        # In the planned year the two causes share the whole; later years have nobody left.
        chances[plan_years - 1 :, RETIRE] = 1 - chances[plan_years - 1 :, LEAVE_OTHERWISE]
    return np.asarray(chances)


@dataclass(frozen=True)
class AssumedEffect:
    """The shares by which the yearly chance of leaving is assumed to fall: an honest range.

    No effect of these is published, so it is never one number, and it is the user's to set.
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse a range out of order, or one that leaves nobody to leave."""
        if not -1 <= self.low <= self.high < 1:
            raise ValueError("An assumed effect runs from its low to its high end, below 1.")


TWO_SESSIONS_FEWER, ONE_SESSION_MENTORING = "two_sessions_fewer", "one_session_mentoring"
# Weekly sessions given up, and those of them that go to mentoring and stay in the service.
SESSIONS_GIVEN_UP: Mapping[str, tuple[float, float]] = {
    TWO_SESSIONS_FEWER: (2.0, 0.0),
    ONE_SESSION_MENTORING: (1.0, 1.0),
}
# Where the user has set none: from nothing at all to a modest effect. Assumed, not estimated.
ASSUMED_EFFECTS: Mapping[str, AssumedEffect] = {
    TWO_SESSIONS_FEWER: AssumedEffect(0.0, 0.2),
    ONE_SESSION_MENTORING: AssumedEffect(0.0, 0.1),
}


@dataclass(frozen=True)
class WhatIf:
    """A person's outlook under an assumption, at both ends of its range.

    sessions are those left for patients; mentoring those given to it. `least` rests on the low
    end of the effect and `most` on the high end.
    """

    name: str
    effect: AssumedEffect
    sessions: float
    mentoring: float
    least: PersonOutlook
    most: PersonOutlook

    def stay(self, years: int) -> tuple[float, float]:
        """The chance of still working after so many years: from and to."""
        ends = (self.least.horizons[years].stay, self.most.horizons[years].stay)
        return min(ends), max(ends)

    def sessions_expected(self, years: int) -> tuple[float, float]:
        """Weekly sessions for patients that may be expected then: from and to."""
        ends = [end.horizons[years].sessions_expected for end in (self.least, self.most)]
        return min(ends), max(ends)


def what_if(
    name: str,
    age: int,
    sessions: float,
    *,
    effect: AssumedEffect | None = None,
    years: Iterable[int] = HORIZONS,
    table: StandardTable | None = None,
) -> WhatIf | None:
    """What the outlook would be with two sessions fewer, or one of them given to mentoring.

    name: a key of SESSIONS_GIVEN_UP; effect: the user's assumption, else ASSUMED_EFFECTS. None
    where the person works too few sessions to give up. Raises ValueError for an unknown name, and
    as `person_outlook`.
    """
    if name not in SESSIONS_GIVEN_UP:
        raise ValueError(f"There is no what-if {name!r}.")
    given_up, mentoring = SESSIONS_GIVEN_UP[name]
    left = sessions - given_up
    # Nothing is said of somebody who would work no session: that is not fewer, it is leaving.
    if left <= 0:
        return None
    assumed, horizons = effect or ASSUMED_EFFECTS[name], horizon_years(years)
    least, most = (
        person_outlook(age, left, years=horizons, fall=fall, table=table)
        for fall in (assumed.low, assumed.high)
    )
    return WhatIf(name, assumed, left, mentoring, least, most)


def _horizon(
    years: int, retire: float, leave_otherwise: float, *, sessions: float
) -> PersonHorizon:
    # Certain retirement may leave a last bit below nought.
    stay = max(0.0, 1 - retire - leave_otherwise)
    return PersonHorizon(years, retire, leave_otherwise, stay, sessions * stay)
