"""How many of some people leave: exact chances, for thousands of practices at once.

Each person leaves or stays, so the count's Fourier transform is the product over people of
1 - p + p.z. Its logarithm is a sum over age bands, the same for every practice but for the
numbers of people: one matrix product serves them all.
"""

from bisect import bisect_left
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from models.arrays import Floats

Complexes = NDArray[np.complex128]

_NONE = 1e-300  # a modulus of nought, whose logarithm would not be finite
# Transforms are made of so many numbers at a time: more leaves the processor's cache.
_AT_ONCE = 50_000
# Sizes that a fast Fourier transform likes, close enough that little is computed for nothing.
_SIZES: list[int] = sorted({odd << power for power in range(1, 22) for odd in (1, 3, 5)})


def transform_size(points: int) -> int:
    """The smallest convenient even size of a transform that holds so many points."""
    return _SIZES[bisect_left(_SIZES, points)]


def log_transform(chance: Floats, angle: Floats) -> tuple[Floats, Floats]:
    """Logarithm of one person's transform: log-modulus and phase, each (..., angles).

    chance: (...), angle: (angles,) in radians. The transform is that of numpy.fft: the mean of
    exp(-i.angle) over leaving (1) and staying (0).
    """
    leave = chance[..., np.newaxis]
    # 1 - p + p.exp(-i.angle), in its real and imaginary parts.
    real = 1 - leave + leave * np.cos(angle)
    imaginary = -leave * np.sin(angle)
    # Nought only for a chance of a half at half a turn.
    modulus = np.maximum(real**2 + imaginary**2, _NONE)
    return 0.5 * np.log(modulus), np.arctan2(imaginary, real)


def whole_people(counts: Floats) -> tuple[Floats, Floats, Floats]:
    """Split counts (rows, bands) with fractions into whole people.

    A row's fractions, left by unknown ages, become the fewest people that can hold them. Each is
    of a band with that band's share of the fractions, or of none, and so not there to leave:
    expectations stay, and nobody leaves by halves. Returns whole people (rows, bands), people of
    mixed age (rows,) and each one's shares of the bands (rows, bands).
    """
    # Sums of shares end a hair under a whole number; without this nobody would become a fraction.
    whole = np.floor(counts + 1e-9)
    parts = np.clip(counts - whole, 0.0, None)
    # Rounded up, so that no share of the fractions is lost: a third of a person is one person who
    # is there with a chance of a third.
    mixed = np.ceil(parts.sum(axis=1) - 1e-9)
    return whole, mixed, parts / np.maximum(mixed, 1.0)[:, np.newaxis]


def most_leavers(counts: Floats) -> NDArray[np.int64]:
    """How many whole people each row (rows, bands) holds: (rows,)."""
    whole, mixed, _ = whole_people(counts)
    most: NDArray[np.int64] = (whole.sum(axis=1) + mixed).astype(np.int64)
    return most


def leaver_transforms(
    counts: Floats, chances: Floats, size: int
) -> Iterator[tuple[slice, Complexes]]:
    """Transforms of the numbers of leavers, some rows at a time.

    counts: (rows, bands) with fewer than `size` people a row; chances: (bands, cases, nodes).
    Yields rows and their complex transforms (rows, cases, nodes, size // 2 + 1).
    """
    bands, cases, nodes = chances.shape
    # Chances are real, so one half of the transform holds the other.
    angle = 2 * np.pi * np.arange(size // 2 + 1) / size
    table = [part.reshape(bands, -1) for part in log_transform(chances, angle)]
    whole, mixed, shares = whole_people(counts)
    shape = (cases, nodes, len(angle))
    step = max(1, _AT_ONCE // int(np.prod(shape)))
    for first in range(0, len(counts), step):
        rows = slice(first, first + step)
        modulus, phase = ((whole[rows] @ part).reshape(-1, *shape) for part in table)
        (extra,) = np.nonzero(mixed[rows])
        if len(extra):
            # Their chances are of no band, so the table has no row for them.
            own = np.tensordot(shares[rows][extra], chances, axes=1)
            people = mixed[rows][extra][:, np.newaxis, np.newaxis, np.newaxis]
            more = log_transform(own, angle)
            modulus[extra] += people * more[0]
            phase[extra] += people * more[1]
        yield rows, from_logarithm(modulus, phase)


def from_logarithm(modulus: Floats, phase: Floats) -> Complexes:
    """The complex numbers with this log-modulus and phase."""
    size = np.exp(modulus)
    out = np.empty(modulus.shape, dtype=np.complex128)
    out.real = size * np.cos(phase)
    out.imag = size * np.sin(phase)
    return out


def chances_of(transform: Complexes, size: int) -> Floats:
    """Chances of 0, 1, 2, ... from transforms (..., size // 2 + 1).

    Round-off leaves chances of nought at some 1e-17 to either side; no chance is below nought.
    """
    chance: Floats = np.fft.irfft(transform, size)
    np.clip(chance, 0.0, None, out=chance)
    return chance
