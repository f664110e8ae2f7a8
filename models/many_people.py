"""What many people may lose: kinds of people by whole steps of a wider lattice, all convolved.

Places whose transforms have the same size and use the same rates are worked out together: one
person's transform, which is most of the work, is the same in all of them.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.arrays import Floats
from models.lattice import BEYOND, SLOPES, STEEPEST, TOLERANCE, Losses, losses_of
from models.leavers import Complexes, chances_of, from_logarithm, log_transform, transform_size
from models.sum_of_people import Sum

# Each person's sessions are put between two points of a wider lattice, so that everyone is of one
# of some twenty kinds. A leaver adds at most a quarter of the step squared to a variance of some
# 38: 0.2%, 0.7% and 2.6%, before the rates' own uncertainty, which is larger.
_WIDER = ((2_000, 0.5), (20_000, 1.0), (np.inf, 2.0))
# Where every transform is below e**-24 = 4e-11, it is left at nought: no chance moves by more.
_NEGLIGIBLE = 24.0

RatesAt = Callable[[int, int], tuple[Floats, Floats]]


@dataclass(frozen=True)
class _OnLattice:
    """People (kinds, bands) who take so many whole steps (kinds,) of a lattice when they leave."""

    step: float
    kinds: NDArray[np.int64]
    people: Floats


@dataclass(frozen=True)
class _Wanted:
    """One place of a group: its number, its people, and how far its lattice reaches."""

    place: int
    on: _OnLattice
    reach: int


def losses_of_many(
    sums: Sequence[Sum], rates_at: RatesAt, nodes: NDArray[np.int64]
) -> list[Losses]:
    """Return what each of some sums of many people may lose, in their order.

    rates_at: gives, for a number of nodes and a case, chances (bands, 1, nodes) and weights
    (nodes,); nodes: (sums, cases), how many each needs. Errors of the lattice: see _WIDER; of
    frequencies left out: less than 4e-11 a chance.
    """
    on = [_on_lattice(own) for own in sums]
    found: list[list[Floats]] = [[] for _ in sums]
    for case in range(nodes.shape[1]):
        groups: dict[tuple[int, int], list[_Wanted]] = defaultdict(list)
        for place, own in enumerate(on):
            wanted = int(nodes[place, case])
            # The last node has the highest rates, so no other reaches further.
            reach = _reach(own, rates_at(wanted, case)[0][:, 0, -1])
            groups[wanted, transform_size(reach + 1)].append(_Wanted(place, own, reach))
        for (wanted, size), places in groups.items():
            chances, weights = rates_at(wanted, case)
            transforms = _transforms([one.on for one in places], chances[:, 0], weights, size)
            for one, chance in zip(places, chances_of(transforms, size), strict=True):
                found[one.place].append(chance[: one.reach + 1])
    return [_together(own.step, each) for own, each in zip(on, found, strict=True)]


def _together(step: float, found: Sequence[Floats]) -> Losses:
    chance = np.zeros((len(found), max(map(len, found))))
    for case, own in enumerate(found):
        chance[case, : len(own)] = own
    # Parts of people leave chances below nought where few people of a kind leave: see 0005.
    return losses_of(step, chance / chance.sum(axis=-1, keepdims=True))


def _reach(on: _OnLattice, chance: Floats) -> int:
    """How far the lattice must reach for people with these chances (bands,).

    Chernoff's bound, as for a few practices; the cap keeps the exponential within a float.
    """
    spread = on.kinds**2 @ (on.people @ (chance * (1 - chance)))
    slopes = np.minimum(SLOPES / np.sqrt(max(float(spread), 1.0)), STEEPEST / on.kinds[-1])
    growth = np.expm1(np.outer(slopes, on.kinds))
    logs = np.log1p(growth[..., np.newaxis] * chance).reshape(len(slopes), -1)
    reach = ((logs @ on.people.ravel() + BEYOND) / slopes).min()
    most = np.ceil(on.kinds @ on.people.sum(axis=1) - TOLERANCE)
    return int(min(most, np.ceil(reach)))


def _transforms(
    places: Sequence[_OnLattice], chance: Floats, weights: Floats, size: int
) -> Complexes:
    """Transforms of what places lose: (places, size // 2 + 1), averaged over the nodes.

    chance: (bands, nodes).
    """
    kinds = np.unique(np.concatenate([own.kinds for own in places]))
    people = np.zeros((len(places), len(chance), len(kinds)))
    for row, own in enumerate(places):
        people[row][:, np.searchsorted(kinds, own.kinds)] = own.people.T
    falls = 1 - np.cos(2 * np.pi / size * np.outer(kinds, np.arange(size // 2 + 1)))
    least = np.einsum("rbk,bn->rnk", people, chance * (1 - chance)).min(axis=1)
    # The modulus is under exp(-sum of n.p.(1-p).(1-cos)): most of a large place's is nought.
    worth = least @ falls < _NEGLIGIBLE
    kept = np.flatnonzero(worth.any(axis=0))
    found = np.zeros((len(places), size // 2 + 1), dtype=np.complex128)
    found[:, kept] = _sum_over_nodes(people, chance, weights, (kinds, kept, size))
    found[~worth] = 0
    return found


def _sum_over_nodes(
    people: Floats,
    chance: Floats,
    weights: Floats,
    turning: tuple[NDArray[np.int64], NDArray[np.int64], int],
) -> Complexes:
    """Transforms (places, kept) of all people (places, bands, kinds), node by node."""
    kinds, kept, size = turning
    # A person of k steps turns k times as fast, so that many kinds meet the same angles.
    turns = np.outer(kinds, kept) % size
    # Half the circle will do: turning the other way only changes the sign of the phase.
    back = turns > size // 2
    angles, at = np.unique(np.where(back, size - turns, turns), return_inverse=True)
    at, back = at.ravel(), back.ravel()
    either_way = np.where(back, at + len(angles), at)
    by_kind = people.reshape(len(people), -1)
    total = np.zeros((len(people), len(kept)), dtype=np.complex128)
    for node, weight in enumerate(weights):
        modulus, phase = log_transform(chance[:, node], 2 * np.pi / size * angles)
        phases = np.concatenate([phase, -phase], axis=1)
        total += weight * from_logarithm(
            by_kind @ modulus.take(at, axis=1).reshape(-1, len(kept)),
            by_kind @ phases.take(either_way, axis=1).reshape(-1, len(kept)),
        )
    return total


def _on_lattice(loss: Sum) -> _OnLattice:
    """Someone's sessions between two points make a part of them each kind: means stay."""
    if len(loss.sessions) == 1:
        return _OnLattice(float(loss.sessions[0]), np.ones(1, dtype=np.int64), loss.people)
    total = float(loss.sessions @ loss.people.sum(axis=1))
    step = next(step for upto, step in _WIDER if total <= upto)
    below = np.floor(loss.sessions / step + TOLERANCE)
    part = np.clip(loss.sessions / step - below, 0.0, None)[:, np.newaxis]
    people = np.zeros((int(below.max()) + 2, loss.people.shape[1]))
    np.add.at(people, below.astype(np.int64), (1 - part) * loss.people)
    np.add.at(people, below.astype(np.int64) + 1, part * loss.people)
    kinds = np.flatnonzero(people[1:].sum(axis=1)) + 1
    return _OnLattice(step, kinds, people[kinds])
