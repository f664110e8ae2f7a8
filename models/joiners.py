"""Sessions that newly qualified GPs may bring: a term of its own, never netted against losses.

A range, not a distribution: what is published is a share of finishing trainees and a share of
full time, for England. Where the joiners go is an assumption: as many join a place as finish
their training in it, which holds for England as a whole and for no place in particular.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from models.arrays import Floats, horizon_years, non_negative
from models.sessions import fte_to_sessions
from models.standard_table import StandardTable, standard_table

# Finishing GP trainees in an NHS GP role so many years after, and their part of full time:
# Palmer et al, Human Resources for Health 2025 (England). Who left again by then is taken off.
YEARS_SINCE = (0.0, 0.5, 1.0, 2.0)
IN_POST = (0.0, 0.343, 0.475, 0.622)
PARTICIPATION_LOW, PARTICIPATION_HIGH = 0.65, 0.69
# GP specialty training takes three years, so a third of the trainees finish each year.
TRAINING_YEARS = 3
# The published shares end at two years. From there the low end loses people at the table's rate
# of this age, as the newly qualified are; the high end keeps everyone.
_AGE = 32
_MONTHS = 12


@dataclass(frozen=True)
class Joiners:
    """People and weekly sessions that may have joined within `years`, low to high."""

    years: int
    people_low: float
    people_high: float
    sessions_low: float
    sessions_high: float


def joiners(
    trainees: float, years: Iterable[int], *, table: StandardTable | None = None
) -> dict[int, Joiners]:
    """What a place's trainees may bring within each horizon.

    trainees: GPs in training there now, all years together; as many are taken to start each year
    as finish. Raises ValueError for a negative number of trainees and for horizons under a year.
    """
    training = float(non_negative("Trainees", trainees))
    leaving = float((table or standard_table()).hazards(_AGE).sum())
    return {year: _within(year, training, leaving) for year in horizon_years(years)}


def _within(years: int, trainees: float, leaving: float) -> Joiners:
    # Trainees finish all through the year; each month's are followed from its middle.
    since = years - (np.arange(years * _MONTHS) + 0.5) / _MONTHS
    a_month = trainees / TRAINING_YEARS / _MONTHS
    stays = in_post(since)
    high = a_month * float(stays.sum())
    low = a_month * float(stays @ (1 - leaving) ** np.clip(since - YEARS_SINCE[-1], 0.0, None))
    return Joiners(
        years=years,
        people_low=low,
        people_high=high,
        # Low with low and high with high: the widest range that the sources allow.
        sessions_low=fte_to_sessions(low * PARTICIPATION_LOW),
        sessions_high=fte_to_sessions(high * PARTICIPATION_HIGH),
    )


def in_post(since: Floats) -> Floats:
    """Share in an NHS GP role so many years after finishing, (...); flat after the last figure."""
    return np.interp(since, YEARS_SINCE, IN_POST)
