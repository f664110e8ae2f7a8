"""The distribution of the sessions a place loses: a sum over people who each leave or stay.

Everything is a convolution on a lattice, done by fast Fourier transform. Three ways to the
transform of the sum, by what a place is: people alike (a practice), a few practices, and many.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from models.arrays import Floats
from models.lattice import DIGITS, SHARES, TOLERANCE, Losses, losses_of, quantiles
from models.leavers import (
    Complexes,
    chances_of,
    from_logarithm,
    leaver_transforms,
    log_transform,
    transform_size,
    whole_people,
)
from models.rate_spread import multiplier_sigma, nodes_for, spread_chances

# Up to here a practice's leavers are counted first, and only its total is put between two
# lattice points: 11.68 sessions for two leavers are 11.6 or 11.7, with chances that keep the
# mean. No expectation moves; a practice adds at most 0.05**2 = 0.0025 to a variance of tens.
LATTICE_STEP = 0.1
PRACTICES_UP_TO = 100
# Beyond, each person's sessions are put between two points of a wider lattice, so that everyone
# is of one of some twenty kinds. A leaver adds at most a quarter of the step squared to a
# variance of some 38: 0.2%, 0.7% and 2.6%, before the rates' own uncertainty, which is larger.
_WIDER = ((2_000, 0.5), (20_000, 1.0), (np.inf, 2.0))
# Where every transform is below e**-24 = 4e-11, it is left at nought: no chance moves by more.
_NEGLIGIBLE = 24.0
# A lattice ends where less than e**-30 = 1e-13 lies beyond; slopes of the bound that says where,
# in standard deviations: the best of them is close to the best there is.
_BEYOND = 30.0
_BEYOND_COUNTS = 1e-14
_SLOPES = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0, 12.0])


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


def distributions(sums: Sequence[Sum], rates: Rates) -> list[Losses]:
    """What each of some sums of people may lose, in their order.

    Sums that are alike in size are worked out together: many cost little more than a few.
    """
    if not sums:
        return []
    people = np.array([loss.people.sum() for loss in sums])
    kinds = np.array([len(loss.sessions) for loss in sums])
    nodes = rates.nodes(sums)
    small = people <= PRACTICES_UP_TO
    found: dict[int, Losses] = {}
    for wanted in np.unique(nodes.max(axis=1)):
        here = small & (nodes.max(axis=1) == wanted)
        chances = rates.at(int(wanted))
        # Sums that need as many nodes share one table of transforms.
        found |= _alike(sums, np.flatnonzero(here & (kinds <= 1)), *chances)
        found |= _of_practices(sums, np.flatnonzero(here & (kinds > 1)), *chances)
    # Large places differ in their nodes from case to case, so each case is spread once and kept.
    at = cache(lambda wanted, case: rates.at(wanted, slice(case, case + 1)))
    for place in np.flatnonzero(~small):
        found[int(place)] = _of_many(sums[int(place)], at, nodes[place])
    return [found[place] for place in range(len(sums))]


def _alike(
    sums: Sequence[Sum], places: NDArray[np.int64], chances: Floats, weights: Floats
) -> dict[int, Losses]:
    """Sums of people with the same sessions, which are the step: nothing is rounded."""
    found = {}
    bands, cases, _ = chances.shape
    counts = np.array([sums[place].people.sum(axis=0) for place in places]).reshape(-1, bands)
    most = _most(counts)
    sizes = _sizes(most)
    for size in np.unique(sizes):
        (rows,) = np.nonzero(sizes == size)
        chance = np.empty((len(rows), cases, size))
        for some, transforms in leaver_transforms(counts[rows], chances, size):
            chance[some] = chances_of(np.einsum("rcnf,n->rcf", transforms, weights), size)
        ends = quantiles(chance, SHARES)
        for row, place in enumerate(places[rows]):
            # One kind at most, so the sum is that kind's sessions; a sum of nobody needs some step.
            step = float(sums[place].sessions.sum()) or LATTICE_STEP
            low, high = np.round(ends[:, row] * step, DIGITS)
            own = chance[row, :, : most[rows[row]] + 1]
            found[int(place)] = Losses(step, own, low, high)
    return found


def _most(counts: Floats) -> NDArray[np.int64]:
    """How many whole people each row (rows, bands) holds."""
    whole, mixed, _ = whole_people(counts)
    most: NDArray[np.int64] = (whole.sum(axis=1) + mixed).astype(np.int64)
    return most


def _sizes(most: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.array([transform_size(int(people) + 1) for people in most], dtype=np.int64)


def _of_practices(
    sums: Sequence[Sum], places: NDArray[np.int64], chances: Floats, weights: Floats
) -> dict[int, Losses]:
    """Sums of a few practices: each one's leavers are counted, then its sessions are added."""
    if not len(places):
        return {}
    rows = np.concatenate([sums[place].people for place in places])
    counted = _count(rows, chances)
    found, first = {}, 0
    for place in places:
        sessions = sums[place].sessions
        own = counted[first : first + len(sessions)]
        first += len(sessions)
        found[int(place)] = _add_practices(own, sessions / LATTICE_STEP, weights)
    return found


def _count(rows: Floats, chances: Floats) -> list[Floats]:
    """Chances of 0, 1, 2, ... leavers of each row: (cases, nodes, people + 1)."""
    most = _most(rows)
    sizes = _sizes(most)
    counted: dict[int, Floats] = {}
    for size in np.unique(sizes):
        (alike,) = np.nonzero(sizes == size)
        for some, transforms in leaver_transforms(rows[alike], chances, size):
            each = chances_of(transforms, size)
            for row, chance in zip(alike[some].tolist(), each, strict=True):
                counted[row] = chance[..., : most[row] + 1]
    return [counted[row] for row in range(len(rows))]


def _add_practices(counted: Sequence[Floats], steps: Floats, weights: Floats) -> Losses:
    """Convolve practices whose leavers take `steps` of the lattice each."""
    # Numbers of leavers without a chance would only lengthen the lattice.
    kept = np.stack([_kept(own) for own in counted])
    ends = np.ceil((kept - 1) * steps[:, np.newaxis] - TOLERANCE).astype(np.int64).sum(axis=0)
    whole = transform_size(int(ends.max()) + 1)
    # Rare cases fit into half the lattice; a size for each would cost more than it saves.
    sizes = np.where(ends < whole // 2, whole // 2, whole)
    chance = np.zeros((len(ends), int(ends.max()) + 1))
    for size in np.unique(sizes).tolist():
        (cases,) = np.nonzero(sizes == size)
        shifts = [
            _shifts(int(most), each, size)
            for most, each in zip(kept[:, cases].max(axis=1), steps, strict=True)
        ]
        factor = np.empty((len(weights), size // 2 + 1), dtype=np.complex128)
        # One case at a time stays in the processor's cache.
        for case in cases.tolist():
            # The weight of each node goes in once, at the start of the product.
            total = np.repeat(weights[:, np.newaxis] + 0j, size // 2 + 1, axis=1)
            for own, shift, most in zip(counted, shifts, kept[:, case].tolist(), strict=True):
                # A real matrix times a complex one, as one product of real matrices.
                likely, at = own[case, :, :most], shift[:most].view(np.float64)
                np.matmul(likely, at, out=factor.view(np.float64))
                total *= factor
            chance[case, : ends[case] + 1] = chances_of(total.sum(axis=0), size)[: ends[case] + 1]
    return losses_of(LATTICE_STEP, chance)


def _kept(counted: Floats) -> NDArray[np.int64]:
    """How many numbers of leavers (cases, nodes, numbers) have a chance worth a digit: (cases,)."""
    worth = counted.max(axis=1) > _BEYOND_COUNTS
    kept: NDArray[np.int64] = counted.shape[-1] - np.argmax(worth[:, ::-1], axis=1)
    return kept


def _shifts(counts: int, steps: float, size: int) -> Complexes:
    """Transforms of the loss of 0, 1, 2, ... times `steps`: (counts, size // 2 + 1)."""
    lost = np.arange(counts) * steps
    whole = np.floor(lost + TOLERANCE)
    part = np.clip(lost - whole, 0.0, None)[:, np.newaxis]
    roots, along = _roots(size), np.arange(size // 2 + 1)
    shift = np.ones((counts, len(along)), dtype=np.complex128)
    # One leaver more turns by one of two angles, which is quicker than looking each root up.
    turns: dict[int, Complexes] = {}
    for row, further in enumerate(np.diff(whole).astype(np.int64).tolist(), start=1):
        if further not in turns:
            turns[further] = roots[further * along % size]
        np.multiply(shift[row - 1], turns[further], out=shift[row])
    shift *= 1 - part + part * roots[: len(along)]
    return shift


@lru_cache(maxsize=64)
def _roots(size: int) -> Complexes:
    """The roots of one, once round the circle; kept, as few sizes serve all networks."""
    roots: Complexes = np.exp(-2j * np.pi * np.arange(size) / size)
    return roots


def _of_many(
    loss: Sum, rates_at: Callable[[int, int], tuple[Floats, Floats]], nodes: NDArray[np.int64]
) -> Losses:
    """Many people, by kinds of whole steps of a lattice; each case has its own nodes."""
    step, kinds, people = _on_lattice(loss)
    most = int(np.ceil(kinds @ people.sum(axis=1) - TOLERANCE))
    found = []
    for case, wanted in enumerate(nodes):
        chances, weights = rates_at(int(wanted), case)
        chance = chances[:, 0]
        # The last node has the highest rates, so no other reaches further.
        reach = min(most, _reach(people, kinds, chance[:, -1]))
        size = transform_size(reach + 1)
        # Parts of the transform that are nought already need not be worked out.
        falls = 1 - np.cos(2 * np.pi / size * np.outer(kinds, np.arange(size // 2 + 1)))
        least = (people @ (chance * (1 - chance))).min(axis=1)
        # The modulus is under exp(-sum of n.p.(1-p).(1-cos)): most of a large place's is nought.
        kept = np.flatnonzero(least @ falls < _NEGLIGIBLE)
        product = _product(people, chance, kinds, kept, size)
        transform = np.zeros(size // 2 + 1, dtype=np.complex128)
        transform[kept] = (weights[:, np.newaxis] * product).sum(axis=0)
        found.append(chances_of(transform, size)[: reach + 1])
    chance = np.zeros((len(nodes), max(map(len, found))))
    for case, own in enumerate(found):
        chance[case, : len(own)] = own
    # Parts of people leave chances below nought where few people of a kind leave: see 0005.
    return losses_of(step, chance / chance.sum(axis=-1, keepdims=True))


def _reach(people: Floats, kinds: NDArray[np.int64], chance: Floats) -> int:
    """How far the lattice must reach for people (kinds, bands) with these chances (bands,)."""
    spread = kinds**2 @ (people @ (chance * (1 - chance)))
    # Chernoff's bound: P(S >= x) is at most exp(K(s) - s.x) for any slope s. Each slope gives an x
    # beyond which less than e**-30 lies, and the smallest of them will do. The cap keeps the
    # exponential within a float.
    slopes = np.minimum(_SLOPES / np.sqrt(max(float(spread), 1.0)), 600.0 / kinds[-1])
    growth = np.expm1(np.outer(slopes, kinds))
    logs = np.log1p(growth[..., np.newaxis] * chance)
    return int(np.ceil(((np.einsum("kb,skb->s", people, logs) + _BEYOND) / slopes).min()))


def _product(
    people: Floats, chance: Floats, kinds: NDArray[np.int64], kept: NDArray[np.int64], size: int
) -> Complexes:
    """Transforms (nodes, kept) of all people (kinds, bands) with their chance (bands, nodes)."""
    # A person of k steps turns k times as fast, so that many kinds meet the same angles.
    turns = np.outer(kinds, kept) % size
    # Half the circle will do: turning the other way only changes the sign of the phase.
    back = turns > size // 2
    angles, at = np.unique(np.where(back, size - turns, turns), return_inverse=True)
    at = at.reshape(turns.shape)
    table = log_transform(chance, 2 * np.pi / size * angles)
    by_kind = [np.tensordot(people, part, axes=1) for part in table]
    modulus, phase = np.zeros((2, chance.shape[1], len(kept)))
    for kind in range(len(kinds)):
        modulus += by_kind[0][kind][:, at[kind]]
        phase += by_kind[1][kind][:, at[kind]] * np.where(back[kind], -1.0, 1.0)
    return from_logarithm(modulus, phase)


def _on_lattice(loss: Sum) -> tuple[float, NDArray[np.int64], Floats]:
    """Step, kinds in whole steps (kinds,) and people of each (kinds, bands).

    Someone's sessions between two points make a part of them each kind: means stay as they are.
    """
    if len(loss.sessions) == 1:
        return float(loss.sessions[0]), np.ones(1, dtype=np.int64), loss.people
    total = float(loss.sessions @ loss.people.sum(axis=1))
    step = next(step for upto, step in _WIDER if total <= upto)
    below = np.floor(loss.sessions / step + TOLERANCE)
    part = np.clip(loss.sessions / step - below, 0.0, None)[:, np.newaxis]
    people = np.zeros((int(below.max()) + 2, loss.people.shape[1]))
    np.add.at(people, below.astype(np.int64), (1 - part) * loss.people)
    np.add.at(people, below.astype(np.int64) + 1, part * loss.people)
    kinds = np.flatnonzero(people[1:].sum(axis=1)) + 1
    return step, kinds, people[kinds]
