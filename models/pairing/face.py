"""A set of plans to choose the best from: everything allowed, or only what was best so far."""

from dataclasses import dataclass

import numpy as np

from models.pairing.problem import BoolArray, IntArray, PairingProblem

UNPAIRED = -1


@dataclass(frozen=True)
class Face:
    """Pairs with a weight, places, and who must be paired or filled in every plan of the set.

    `mentee`, `mentor`, `weight` have one entry for each pair; `places` and `must_fill` one for each
    mentor; `must_pair` one for each mentee. The best plan has the greatest sum of weights.
    """

    mentee: IntArray
    mentor: IntArray
    weight: IntArray
    places: IntArray
    must_pair: BoolArray
    must_fill: BoolArray


def whole_face(problem: PairingProblem, coverage: int) -> Face:
    """Every plan of the problem; a covered mentee counts `coverage` times their band, and a score.

    Scores are counted from the lowest one: every plan that covers most has as many pairs as any
    other such plan, so the shift moves them all alike.
    """
    return Face(
        mentee=problem.mentee,
        mentor=problem.mentor,
        weight=coverage * problem.band[problem.mentee] + (problem.score - problem.lowest_score),
        places=problem.places,
        must_pair=np.zeros(len(problem.mentees), dtype=np.bool_),
        must_fill=np.zeros(len(problem.mentors), dtype=np.bool_),
    )


def strict_coverage(problem: PairingProblem) -> int:
    """A weight for one covered mentee that no change of scores can outweigh.

    A plan's scores add up to at most spread x pairs; twice that, so that a price can be taken apart
    into mentees and score again.
    """
    # No plan has more pairs than either side has people or places.
    pairs = min(len(problem.mentees), int(problem.places.sum()))
    return 2 * problem.score_spread * (pairs + 1) + 1


def face_of_best(
    face: Face, values: IntArray, prices: IntArray, weight: IntArray
) -> tuple[Face, IntArray]:
    """The plans that share the proved optimum of `face`, to be ranked by `weight` (one per pair).

    By complementary slackness these are the plans that use only pairs worth exactly the mentee's
    value plus the mentor's price, pair everyone of value and fill every mentor of price. Also
    returns the positions of its pairs in `face`.
    """
    tight = np.flatnonzero(face.weight == values[face.mentee] + prices[face.mentor])
    best = Face(
        mentee=face.mentee[tight],
        mentor=face.mentor[tight],
        weight=weight[tight],
        places=face.places,
        # Of value: paired in every best plan. Of price: full in every best plan.
        must_pair=values > 0,
        must_fill=prices > 0,
    )
    return best, tight
