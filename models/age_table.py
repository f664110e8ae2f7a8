"""A table of hazards by single age, learnt from person-years: for a workforce without one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from models.arrays import Floats, held_ages
from models.log_odds import expit, logit

# Newton steps at most, the largest change of log-odds in one, and what counts as no change.
_STEPS, _LARGEST_STEP, _SMALL = 200, 2.0, 1e-9


@dataclass(frozen=True)
class AgeTable:
    """Yearly chances of each cause for single ages from `first_age`.

    chances: (ages, causes). Ages below and above the table take its first and last row.
    """

    first_age: int
    chances: Floats

    def hazards(self, ages: ArrayLike) -> Floats:
        """Yearly chances at whole `ages`: shape (...) gives (..., causes)."""
        last = self.first_age + len(self.chances) - 1
        found: Floats = self.chances[held_ages(ages, self.first_age, last) - self.first_age]
        return found


def fit_age_table(
    ages: ArrayLike, events: ArrayLike, *, causes: int, first: int, last: int, smoothing: float
) -> AgeTable:
    """Learn a table: exits over exposure, graduated (Whittaker-Henderson).

    ages, events: (rows,), events 0 or a cause from 1; `smoothing` weighs the squared second
    differences of the log-odds from age to age, so that more of it draws a straighter line.
    Ages outside first to last count as the nearer of the two. Raises ValueError for a smoothing
    that is not above 0, for no rows and for an age that is not known. Source: Whittaker (1923),
    Henderson (1924).
    """
    if not smoothing > 0:
        raise ValueError("The smoothing must be above 0.")
    kinds = np.asarray(events)
    if len(kinds) == 0:
        raise ValueError("A table cannot be learnt from nobody.")
    rows = held_ages(ages, first, last) - first
    size = last - first + 1
    exposed = np.bincount(rows, minlength=size).astype(np.float64)
    columns = [
        _graduate(exposed, np.bincount(rows[kinds == cause], minlength=size), smoothing)
        for cause in range(1, causes + 1)
    ]
    return AgeTable(first, np.stack(columns, axis=-1))


def _graduate(exposed: Floats, left: ArrayLike, smoothing: float) -> Floats:
    """Smoothed chances (ages,) of one cause, by Newton from the overall rate."""
    # Second differences are nought on a straight line, so a line costs nothing.
    second = np.diff(np.eye(len(exposed)), 2, axis=0)
    rough = smoothing * second.T @ second
    # Half an event more gives a cause that never happened log-odds to start from.
    leavers = np.asarray(left, dtype=np.float64)
    odds = np.full(len(exposed), logit((leavers.sum() + 0.5) / (exposed.sum() + 1.0)))
    for _ in range(_STEPS):
        chance = expit(odds)
        gradient = leavers - exposed * chance - rough @ odds
        curvature = np.diag(exposed * chance * (1 - chance)) + rough
        # A trace of ridge: ages that nobody reached have no curvature of their own.
        step = np.linalg.solve(curvature + _SMALL * np.eye(len(odds)), gradient)
        # From a start far off, a full step could throw the odds beyond what a float can hold.
        odds = odds + np.clip(step, -_LARGEST_STEP, _LARGEST_STEP)
        if np.max(np.abs(step)) < _SMALL:
            break
    return expit(odds)
