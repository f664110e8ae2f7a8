"""People of several kinds, added up, and the chances by which they leave."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.arrays import Floats
from models.rate_spread import multiplier_sigma, nodes_for, spread_chances


@dataclass(frozen=True)
class Sum:
    """People of several kinds, added up.

    sessions: (kinds,), rising and above nought; people: (kinds, bands), fractions allowed.
    """

    sessions: Floats
    people: Floats


def sum_of(people: Floats, sessions: Floats) -> Sum:
    """Gather people (rows, bands) with the same sessions (rows,); who has none loses none."""
    # Who works no session can lose none: left in, they would make a kind of step nought.
    there = np.flatnonzero((sessions > 0) & (people.sum(axis=1) > 0))
    # In an order of their own: whatever order they come in, the last bits are the same.
    there = there[np.lexsort((*people[there].T, sessions[there]))]
    kinds, kind = np.unique(sessions[there], return_inverse=True)
    gathered = np.zeros((len(kinds), people.shape[1]))
    np.add.at(gathered, kind, people[there])
    return Sum(kinds, gathered)


@dataclass(frozen=True)
class Rates:
    """Chances of leaving (bands, cases) and how uncertain each case's rates are (cases,)."""

    chances: Floats
    spread: Floats

    def nodes(self, sums: Sequence[Sum]) -> NDArray[np.int64]:
        """How many values of the rate multiplier each sum needs: (sums, cases)."""
        # First and second moments say, before anything is convolved, how wide a loss will be.
        first = np.stack([loss.sessions @ loss.people for loss in sums])
        second = np.stack([loss.sessions**2 @ loss.people for loss in sums])
        stay = 1 - self.chances
        moved = -stay * np.log1p(-self.chances) * multiplier_sigma(self.spread)
        return nodes_for(np.sqrt(second @ (self.chances * stay)), first @ moved)

    def at(self, nodes: int, cases: slice = slice(None)) -> tuple[Floats, Floats]:
        """Chances (bands, cases, nodes) at the values of the multiplier, and their weights."""
        return spread_chances(self.chances[:, cases], self.spread[cases], nodes)
