"""The distribution of the sessions a place loses: a sum over people who each leave or stay.

Two forms answer the same questions: an exact convolution on a lattice for small places, and for
larger ones a mixture of normal distributions corrected for skew.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from models.arrays import Floats

# A loss between two steps, such as 11.68 sessions for two leavers, is taken to be 11.6 or 11.7
# with chances that keep its mean: no expectation moves, and each practice adds at most
# LATTICE_STEP**2 / 4 = 0.0025 to a variance of tens.
LATTICE_STEP = 0.1
_TOLERANCE = 1e-9
_BISECTIONS = 60


class SessionsLost(Protocol):
    """What can be asked of the sessions a place may lose."""

    def quantile(self, share: float) -> float:
        """The smallest number of sessions with at least this chance of losing no more."""
        ...

    def at_least(self, sessions: float) -> float:
        """The chance of losing at least so many sessions."""
        ...


@dataclass(frozen=True)
class Leavers:
    """People alike: `people` of them, `sessions` each, leaving with `chance` (cases, nodes)."""

    people: int
    sessions: float
    chance: Floats


@dataclass(frozen=True)
class LatticeLoss:
    """Chances of losing 0, 1, 2, ... steps of `step` sessions."""

    step: float
    chance: Floats

    def quantile(self, share: float) -> float:
        """The smallest number of sessions with at least this chance of losing no more."""
        reached = np.cumsum(self.chance) >= share - _TOLERANCE
        return round(float(np.argmax(reached)) * self.step, 9)

    def at_least(self, sessions: float) -> float:
        """The chance of losing at least so many sessions."""
        first = max(0, int(np.ceil(sessions / self.step - _TOLERANCE)))
        return float(min(1.0, self.chance[first:].sum()))


NOTHING_TO_LOSE = LatticeLoss(LATTICE_STEP, np.ones(1))


def lattice_step(sessions: Iterable[float]) -> float:
    """The lattice's width: the sessions a head where all have the same, which makes it exact."""
    distinct = {value for value in sessions if value > 0}
    return distinct.pop() if len(distinct) == 1 else LATTICE_STEP


def convolve(groups: list[Leavers], weights: Floats) -> list[LatticeLoss]:
    """Add people up: exact on the lattice, one distribution for each case.

    weights: (nodes,), the weight of each value of the rate multiplier, over which the result is
    averaged. People with the same sessions are first counted, so that only a practice's total is
    ever placed between two lattice points. No difference is taken, so no chance turns negative.
    Time grows with people times lattice points.
    """
    alike: dict[float, list[Leavers]] = {}
    for group in groups:
        alike.setdefault(group.sessions, []).append(group)
    step = lattice_step(alike)
    chance = np.ones((*groups[0].chance.shape, 1))
    for sessions, members in alike.items():
        chance = _add_losses(chance, count_leavers(members), sessions / step)
    mixed = np.einsum("cnx,n->cx", chance, weights)
    return [LatticeLoss(step, row) for row in mixed]


def count_leavers(groups: list[Leavers]) -> Floats:
    """Chance that 0, 1, 2, ... of the people leave: (cases, nodes, people + 1)."""
    people = sum(group.people for group in groups)
    chance = np.zeros((*groups[0].chance.shape, people + 1))
    chance[..., 0] = 1.0
    for group in groups:
        leave = group.chance[..., np.newaxis]
        for _ in range(group.people):
            leaving = chance[..., :-1] * leave
            chance *= 1 - leave
            chance[..., 1:] += leaving
    return chance


def _add_losses(chance: Floats, leavers: Floats, steps: float) -> Floats:
    """Convolve with the loss of `steps` lattice steps by each of a number of leavers."""
    size, most = chance.shape[-1], leavers.shape[-1] - 1
    total = np.zeros((*chance.shape[:-1], size + int(np.ceil(most * steps - _TOLERANCE))))
    for number in range(most + 1):
        lost = number * steps
        whole = int(np.floor(lost + _TOLERANCE))
        part = max(0.0, lost - whole)
        reached = chance * leavers[..., number, np.newaxis]
        if part > _TOLERANCE:
            total[..., whole + 1 : whole + 1 + size] += part * reached
            reached *= 1 - part
        total[..., whole : whole + size] += reached
    return total


@dataclass(frozen=True)
class SmoothLoss:
    """A mixture of normal distributions, each corrected for skew; arrays of shape (nodes,).

    The correction is Edgeworth's first. Its error falls with the number of people, not with its
    square root.
    """

    mean: Floats
    deviation: Floats
    skew: Floats
    weights: Floats
    most: float

    def quantile(self, share: float) -> float:
        """The number of sessions with this chance of losing no more, found by halving."""
        low, high = 0.0, self.most
        for _ in range(_BISECTIONS):
            middle = (low + high) / 2
            if 1 - self.at_least(middle) < share:
                low = middle
            else:
                high = middle
        return high

    def at_least(self, sessions: float) -> float:
        """The chance of losing at least so many sessions."""
        if not 0 < sessions <= self.most:
            return float(sessions <= 0)
        # Imported here: scipy is slow to load, and small places never need it.
        from scipy.special import ndtr

        z = (sessions - self.mean) / self.deviation
        density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
        below = np.clip(ndtr(z) - self.skew / 6 * (z**2 - 1) * density, 0.0, 1.0)
        return float(1 - below @ self.weights)


def smooth(moments: Floats, chance: Floats, weights: Floats) -> list[SmoothLoss]:
    """Distributions of a large place from its bands alone, one for each case.

    moments: (3, bands), the sums over people of their sessions, squared and cubed;
    chance: (bands, cases, nodes). The cost does not depend on the number of practices.
    """
    mean = np.einsum("b,bcn->cn", moments[0], chance)
    variance = np.einsum("b,bcn->cn", moments[1], chance * (1 - chance))
    third = np.einsum("b,bcn->cn", moments[2], chance * (1 - chance) * (1 - 2 * chance))
    deviation = np.sqrt(variance)
    most = float(moments[0].sum())
    return [
        SmoothLoss(mean[case], deviation[case], third[case] / deviation[case] ** 3, weights, most)
        for case in range(len(mean))
    ]
