"""What a few practices may lose: each one's leavers are counted, then its sessions are added.

Exact to one step of the lattice a practice. The transform of the sum is the product of theirs, at
each value of the rate multiplier; the product is made in pieces that stay in the processor's cache.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from models.arrays import Floats
from models.lattice import BEYOND, SLOPES, STEEPEST, TOLERANCE, Losses, losses_of
from models.leavers import (
    Complexes,
    chances_of,
    leaver_transforms,
    most_leavers,
    transform_size,
)
from models.sum_of_people import Sum

# Only a practice's total is put between two lattice points: 11.68 sessions for two leavers are
# 11.6 or 11.7, with chances that keep the mean. No expectation moves; a practice adds at most
# 0.05**2 = 0.0025 to a variance of tens.
LATTICE_STEP = 0.1
_BEYOND_COUNTS = 1e-14
# Frequencies worked out at a time, for all cases and values of the multiplier: half a megabyte.
_AT_ONCE = 256


def losses_of_few(sums: Sequence[Sum], chances: Floats, weights: Floats) -> list[Losses]:
    """Return what each of some sums of a few practices may lose, in their order.

    chances: (bands, cases, nodes), the chance to leave at each value of the rate multiplier;
    weights: (nodes,). Chances on the lattice are exact but for some 1e-13 beyond its end.
    """
    if not sums:
        return []
    counted = _count(np.concatenate([own.people for own in sums]), chances)
    found, first = [], 0
    for own in sums:
        last = first + len(own.sessions)
        found.append(_added(counted[first:last], own.sessions / LATTICE_STEP, weights))
        first = last
    return found


def _count(rows: Floats, chances: Floats) -> list[Floats]:
    """Chances of 0, 1, 2, ... leavers of each row: (cases, nodes, people + 1)."""
    most = most_leavers(rows)
    sizes = np.array([transform_size(int(people) + 1) for people in most])
    counted: dict[int, Floats] = {}
    for size in np.unique(sizes).tolist():
        (alike,) = np.nonzero(sizes == size)
        for some, transforms in leaver_transforms(rows[alike], chances, size):
            each = chances_of(transforms, size)
            for row, chance in zip(alike[some].tolist(), each, strict=True):
                counted[row] = chance[..., : most[row] + 1]
    return [counted[row] for row in range(len(rows))]


def _added(counted: Sequence[Floats], steps: Floats, weights: Floats) -> Losses:
    """Convolve practices whose leavers take `steps` of the lattice each."""
    # Numbers of leavers without a chance would only lengthen the lattice.
    kept = np.stack([_kept(own) for own in counted])
    ends = np.ceil((kept - 1) * steps[:, np.newaxis] - TOLERANCE).astype(np.int64).sum(axis=0)
    ends = np.minimum(ends, _reach(counted, steps))
    whole = transform_size(int(ends.max()) + 1)
    # Rare cases fit into half the lattice; a size for each would cost more than it saves.
    sizes = np.where(ends < whole // 2, whole // 2, whole)
    chance = np.zeros((len(ends), int(ends.max()) + 1))
    for size in np.unique(sizes).tolist():
        (cases,) = np.nonzero(sizes == size)
        alike = [
            own[cases, :, : int(most)]
            for own, most in zip(counted, kept[:, cases].max(axis=1), strict=True)
        ]
        found = chances_of(_transform(alike, steps, weights, size), size)
        for case, own in zip(cases.tolist(), found, strict=True):
            chance[case, : ends[case] + 1] = own[: ends[case] + 1]
    return losses_of(LATTICE_STEP, chance)


def _kept(counted: Floats) -> NDArray[np.int64]:
    """How many numbers of leavers (cases, nodes, numbers) have a chance worth a digit: (cases,)."""
    worth = counted.max(axis=1) > _BEYOND_COUNTS
    kept: NDArray[np.int64] = counted.shape[-1] - np.argmax(worth[:, ::-1], axis=1)
    return kept


def _reach(counted: Sequence[Floats], steps: Floats) -> NDArray[np.int64]:
    """How far the lattice must reach in each case: (cases,), by Chernoff's bound.

    P(S >= x) is at most exp(K(s) - s.x) for any slope s: each gives an x beyond which less than
    e**-BEYOND lies. Under the largest rates, the last, more are lost than under any others.
    """
    most = [own[:, -1] for own in counted]
    lost = [np.arange(own.shape[-1]) * step for own, step in zip(most, steps, strict=True)]
    spread = sum(own @ loss**2 - (own @ loss) ** 2 for own, loss in zip(most, lost, strict=True))
    furthest = sum(loss[-1] for loss in lost)
    slopes = SLOPES / np.sqrt(np.maximum(spread, 1.0))[:, np.newaxis]
    slopes = np.minimum(slopes, STEEPEST / max(furthest, 1.0))
    logs = np.zeros(slopes.shape)
    for own, loss in zip(most, lost, strict=True):
        # (cases, 1, numbers) times (cases, numbers, slopes)
        grown = np.exp(loss[:, np.newaxis] * slopes[:, np.newaxis])
        logs += np.log((own[:, np.newaxis] @ grown)[:, 0])
    # A practice's total may be put one step further.
    ends = ((logs + BEYOND) / slopes).min(axis=1) + len(counted)
    reach: NDArray[np.int64] = np.ceil(ends).astype(np.int64)
    return reach


def _transform(counted: Sequence[Floats], steps: Floats, weights: Floats, size: int) -> Complexes:
    """The transform of the sum of practices, each (cases, nodes, numbers): (cases, frequencies)."""
    cases, nodes, _ = counted[0].shape
    likely = [own.reshape(cases * nodes, -1) for own in counted]
    # A real matrix times a complex one is one product of real matrices.
    shifts = [
        _shifts(own.shape[1], step, size).view(np.float64)
        for own, step in zip(likely, steps, strict=True)
    ]
    points = size // 2 + 1
    found = np.empty((cases, 2 * points))
    for first in range(0, points, _AT_ONCE):
        at = slice(2 * first, 2 * min(points, first + _AT_ONCE))
        total = likely[0] @ shifts[0][:, at]
        factor = np.empty_like(total)
        for own, shift in zip(likely[1:], shifts[1:], strict=True):
            np.matmul(own, shift[:, at], out=factor)
            product = total.view(np.complex128)
            np.multiply(product, factor.view(np.complex128), out=product)
        found[:, at] = weights @ total.reshape(cases, nodes, -1)
    return found.view(np.complex128)


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
