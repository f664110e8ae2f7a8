"""Compares every mentee with every mentor, in blocks of arrays; no database, no names."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from hubs import scores
from hubs.models.availability import HALF_DAYS
from hubs.models.interests import Interest

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
Bits = npt.NDArray[np.uint32]
Km = npt.NDArray[np.float32]

# Beyond this the exact engine would need more memory than a hub's machine has.
MOST_CANDIDATES = 5_000_000
# Comparisons made at a time; each takes about 40 bytes.
BLOCK = 2_000_000

_INTERESTS = tuple(Interest.values)
_HALF_DAYS = tuple(HALF_DAYS)


class TooManyCandidates(ValueError):
    """More possible pairs than can be paired exactly; the message says what to do."""


@dataclass(frozen=True)
class People:
    """One side, an entry for each person.

    `half_days` and `interests` are bits, `place` a row of the distance table, `max_km` infinite
    where there is no limit; `wants_same` is false throughout for mentors.
    """

    half_days: Bits
    interests: Bits
    remote: BoolArray
    place: IntArray
    max_km: Km
    profession: npt.NDArray[np.str_]
    wants_same: BoolArray

    @classmethod
    def of(cls, rows: Sequence[dict[str, Any]], places: dict[str, int]) -> Self:
        """Build a side from rows of values; `places` numbers the districts, "" among them."""
        return cls(
            half_days=_bits([row["half_days"] for row in rows], _HALF_DAYS),
            interests=_bits([row["interests"] for row in rows], _INTERESTS),
            remote=np.array([row["remote"] for row in rows], dtype=np.bool_),
            place=np.array([places[row["district"]] for row in rows], dtype=np.int64),
            max_km=np.array([row["max_km"] or inf for row in rows], dtype=np.float32),
            profession=np.array([row["person__profession"] for row in rows], dtype=np.str_),
            wants_same=np.array(
                [row.get("prefers_same_profession", False) for row in rows], dtype=np.bool_
            ),
        )


def _bits(lists: Sequence[Collection[str]], known: Sequence[str]) -> Bits:
    bit = {code: 1 << n for n, code in enumerate(known)}
    return np.array([sum(bit[code] for code in codes) for codes in lists], dtype=np.uint32)


@dataclass(frozen=True)
class Comparison:
    """Possible pairs: `mentee` and `mentor` are positions, `score` is theirs.

    `no_half_day` and `too_far` count, for each mentee, the mentors without a shared half-day and
    the others beyond a limit: they follow from what the two say of their time and place alone.
    """

    mentee: IntArray
    mentor: IntArray
    score: IntArray
    # Counted before the forbidden pairs are taken out, so that they tell nothing of these.
    no_half_day: IntArray
    too_far: IntArray


def compare(
    mentees: People, mentors: People, km: Km, forbidden: tuple[IntArray, IntArray]
) -> Comparison:
    """Return every pair that is possible. `km` has a row and a column for each place, NaN where
    one is not known; `forbidden` are the positions (mentees, mentors) of pairs ruled out before.

    Raises TooManyCandidates beyond MOST_CANDIDATES.
    """
    blocks, found = [], 0
    # Sorted by mentee once, so that each block finds its own by two look-ups.
    order = np.argsort(forbidden[0], kind="stable")
    ruled_out = (forbidden[0][order], forbidden[1][order])
    for rows in _blocks(len(mentees.place), len(mentors.place)):
        block = _compare_block(mentees, mentors, km, ruled_out, rows)
        found += len(block.score)
        # Block by block: all at once would need the memory before the limit is seen.
        if found > MOST_CANDIDATES:
            raise TooManyCandidates(
                f"There are more than {MOST_CANDIDATES:,} possible pairs. Make a scheme for each"
                " ICB, and pair them one by one."
            )
        blocks.append(block)
    return Comparison(
        *(
            np.concatenate([np.empty(0, dtype=np.int64), *(getattr(b, name) for b in blocks)])
            for name in Comparison.__dataclass_fields__
        )
    )


def _blocks(mentees: int, mentors: int) -> Iterator[slice]:
    step = max(1, BLOCK // max(1, mentors))
    return (slice(first, min(first + step, mentees)) for first in range(0, mentees, step))


def _compare_block(
    mentees: People,
    mentors: People,
    km: Km,
    forbidden: tuple[IntArray, IntArray],
    rows: slice,
) -> Comparison:
    way = km[mentees.place[rows]][:, mentors.place]
    half_days = np.bitwise_count(mentees.half_days[rows, None] & mentors.half_days)
    # Who both can meet remotely need no shared half-day: they find a time.
    in_person = ~(mentees.remote[rows, None] & mentors.remote)
    no_half_day = in_person & (half_days == 0)
    limit = np.minimum(mentees.max_km[rows, None], mentors.max_km)
    # A way that is not known compares as false: it is not within any limit.
    too_far = in_person & ~no_half_day & ~(way <= limit)

    possible = ~(no_half_day | too_far)
    first, last = np.searchsorted(forbidden[0], [rows.start, rows.stop])
    possible[forbidden[0][first:last] - rows.start, forbidden[1][first:last]] = False
    mentee, mentor = np.nonzero(possible)
    at = (mentee + rows.start, mentor)
    return Comparison(
        mentee=at[0],
        mentor=at[1],
        score=_scores(mentees, mentors, at, half_days[possible], way[possible]),
        no_half_day=no_half_day.sum(axis=1, dtype=np.int64),
        too_far=too_far.sum(axis=1, dtype=np.int64),
    )


def _scores(
    mentees: People,
    mentors: People,
    at: tuple[IntArray, IntArray],
    half_days: npt.NDArray[np.uint8],
    way: Km,
) -> IntArray:
    """The sum that `scores.score_parts` takes apart, for many pairs at once."""
    mentee, mentor = at
    interests = np.bitwise_count(mentees.interests[mentee] & mentors.interests[mentor])
    total: IntArray = np.array(scores.INTERESTS, dtype=np.int64)[np.minimum(interests, 3)]
    total += np.array(scores.HALF_DAYS)[np.minimum(half_days, 3)]
    limits, points = zip(*scores.DISTANCE, strict=True)
    total += np.select([way <= limit for limit in limits], points, 0)
    same = mentees.profession[mentee] == mentors.profession[mentor]
    # Without a wish everyone gets these points: to state one can lose some, and never wins any.
    total += np.where(same | ~mentees.wants_same[mentee], scores.PROFESSION, 0)
    return total
