"""A number for each pair that settles ties: made from the two public ids and nothing else."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from models.pairing.problem import IntArray, PairingProblem

# With 40 bits two of a million-pair problem's best plans tie again about once in a million runs.
BITS = 40


def tie_numbers(problem: PairingProblem) -> IntArray:
    """One number from 0 to 2**40 - 1 for each candidate pair, the same on every machine."""
    mentees = _id_numbers(problem.mentees, b"mentee")[problem.mentee]
    mentors = _id_numbers(problem.mentors, b"mentor")[problem.mentor]
    # Mixed twice and unalike, or two people's numbers would cancel out.
    mixed = _mix(mentees ^ _mix(mentors)) >> np.uint64(64 - BITS)
    return mixed.astype(np.int64)


def _id_numbers(ids: Sequence[str], side: bytes) -> npt.NDArray[np.uint64]:
    digests = (blake2b(i.encode(), digest_size=8, person=side).digest() for i in ids)
    return np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64)


def _mix(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The finishing step of SplitMix64 (Steele, Lea, Flood 2014): hashing a million pairs one by
    one would take longer than pairing them."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))
