"""One person's own outlook: from the standard table, for that person alone, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from models.arrays import horizon_years, non_negative
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
    table: StandardTable | None = None,
) -> PersonOutlook:
    """The outlook of someone of this age who works so many sessions a week.

    plan_years: the coming year (1 is the next twelve months) in which the person plans to
    retire. It is a what-if: no retirement before that year, and certain retirement in it of
    whoever has not left for another reason. It is fitted to nothing. Raises ValueError for a
    plan in the past and for negative sessions.
    """
    if plan_years is not None and plan_years < 1:
        raise ValueError("A plan to retire must lie in a coming year, from 1.")
    weekly = float(non_negative("Sessions", sessions))
    source = table or standard_table()
    horizons = horizon_years(years)
    yearly = source.hazards(age + np.arange(max(horizons)))
    if plan_years is not None:
        yearly[: plan_years - 1, RETIRE] = 0.0
        # In the planned year the two causes share the whole; later years have nobody left.
        yearly[plan_years - 1 :, RETIRE] = 1 - yearly[plan_years - 1 :, LEAVE_OTHERWISE]
    chances = cumulative_incidence(yearly)
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


def _horizon(
    years: int, retire: float, leave_otherwise: float, *, sessions: float
) -> PersonHorizon:
    stay = max(0.0, 1 - retire - leave_otherwise)
    return PersonHorizon(years, retire, leave_otherwise, stay, sessions * stay)
