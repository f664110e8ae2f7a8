"""The pairing problem: who asks, who offers how many places, which pairs are possible."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

# A hub scores pairs from 0 to 1,000; plain files may bring other scales, costs below zero included.
SCORE_LIMIT = 1_000_000
# Positive and different is enough: any such weights put every mentee of a higher band first.
BANDS = (1, 2, 3)


class PairingError(ValueError):
    """The problem as given cannot be solved; the message says what to put right."""


@dataclass(frozen=True)
class PairingProblem:
    """A checked problem in one fixed order: ids sorted, pairs sorted by mentee, then mentor.

    `places` has one whole number for each mentor, `band` one weight for each mentee. `mentee`,
    `mentor` (positions in the id lists) and `score` have one entry for each candidate pair.
    """

    mentees: tuple[str, ...]
    mentors: tuple[str, ...]
    places: IntArray
    band: IntArray
    mentee: IntArray
    mentor: IntArray
    score: IntArray

    @property
    def lowest_score(self) -> int:
        """The smallest score of any candidate pair, 0 without one."""
        return int(self.score.min()) if len(self.score) else 0

    @property
    def score_spread(self) -> int:
        """The greatest score less the smallest one."""
        return int(np.ptp(self.score)) if len(self.score) else 0


def pairing_problem(
    *,
    mentees: Sequence[str],
    mentors: Sequence[str],
    places: npt.ArrayLike,
    pair_mentee: npt.ArrayLike,
    pair_mentor: npt.ArrayLike,
    score: npt.ArrayLike,
    band: npt.ArrayLike | None = None,
) -> PairingProblem:
    """Check the input and put it into an order made from the ids alone.

    `pair_mentee` and `pair_mentor` are positions in `mentees` and `mentors`, `score` is a whole
    number for each pair (a hub uses 0 to 1,000; accepted is -1,000,000 to 1,000,000), `band` is the
    priority of each mentee: 3 first, 1 last, all 1 unless given. Raises PairingError.
    """
    everyone_alike = np.ones(len(mentees), dtype=np.int64)
    of_mentor = _whole_numbers("places", places, (0, np.iinfo(np.int64).max), len(mentors))
    of_mentee = _whole_numbers(
        "band", everyone_alike if band is None else band, (min(BANDS), max(BANDS)), len(mentees)
    )
    first = _whole_numbers("pair_mentee", pair_mentee, (0, len(mentees) - 1))
    second = _whole_numbers("pair_mentor", pair_mentor, (0, len(mentors) - 1), len(first))
    points = _whole_numbers("score", score, (-SCORE_LIMIT, SCORE_LIMIT), len(first))

    mentee_order, mentee_rank = _order("mentees", mentees)
    mentor_order, mentor_rank = _order("mentors", mentors)
    first, second = mentee_rank[first], mentor_rank[second]
    pair_order = _pair_order(first * len(mentors) + second)
    return PairingProblem(
        mentees=tuple(mentees[i] for i in mentee_order),
        mentors=tuple(mentors[j] for j in mentor_order),
        # More places than mentees are never used; the cut keeps every sum within 64 bits.
        places=np.minimum(of_mentor[mentor_order], len(mentees)),
        band=of_mentee[mentee_order],
        mentee=first[pair_order],
        mentor=second[pair_order],
        score=points[pair_order],
    )


def _whole_numbers(
    name: str, values: npt.ArrayLike, limits: tuple[int, int], length: int | None = None
) -> IntArray:
    array = np.asarray(values)
    # An empty list has no type of its own: NumPy takes it for floats.
    if array.size == 0:
        array = array.astype(np.int64)
    if array.ndim != 1 or not np.issubdtype(array.dtype, np.signedinteger):
        raise PairingError(f"{name} must be a list of whole numbers.")
    if length is not None and len(array) != length:
        raise PairingError(f"{name} has {len(array)} entries; {length} are needed.")
    low, high = limits
    wrong = np.flatnonzero((array < low) | (array > high))
    if len(wrong):
        at = int(wrong[0])
        raise PairingError(f"{name}[{at}] is {array[at]}; it must be from {low} to {high}.")
    return array.astype(np.int64)


def _order(name: str, ids: Sequence[str]) -> tuple[IntArray, IntArray]:
    """Positions in the order of the ids, and the rank of each position."""
    if len(set(ids)) != len(ids):
        raise PairingError(f"{name} names someone twice; each id must be there once.")
    # By the ids alone: the order of input must decide nothing.
    order = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)
    rank = np.empty(len(ids), dtype=np.int64)
    rank[order] = np.arange(len(ids))
    return order, rank


def _pair_order(cell: IntArray) -> IntArray:
    """Order of the pairs by their cell in the table of mentees and mentors."""
    order = np.argsort(cell, kind="stable")
    if np.any(np.diff(cell[order]) == 0):
        raise PairingError("A mentee and a mentor are paired with a score twice; once is allowed.")
    return order
