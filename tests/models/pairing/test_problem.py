"""Input is checked before anything is solved, and its order is forgotten."""

from typing import Any

import numpy as np
import pytest

from models.pairing import PairingError, pairing_problem

GOOD: dict[str, Any] = {
    "mentees": ["b", "a"],
    "mentors": ["n", "m"],
    "places": [2, 1],
    "pair_mentee": [0, 0, 1],
    "pair_mentor": [0, 1, 0],
    "score": [10, 20, 30],
}


def test_is_sorted_by_ids() -> None:
    problem = pairing_problem(**GOOD, band=[3, 1])
    assert (problem.mentees, problem.mentors) == (("a", "b"), ("m", "n"))
    assert problem.places.tolist() == [1, 2]
    assert problem.band.tolist() == [1, 3]
    assert problem.mentee.tolist() == [0, 1, 1]
    assert problem.mentor.tolist() == [1, 0, 1]
    assert problem.score.tolist() == [30, 20, 10]


def test_scores_are_measured() -> None:
    problem = pairing_problem(**GOOD)
    assert (problem.lowest_score, problem.score_spread) == (10, 20)


def test_places_beyond_the_number_of_mentees_are_cut() -> None:
    assert pairing_problem(**GOOD | {"places": [9, 1]}).places.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"score": [10, 20, 1_000_001]}, r"score\[2\] is 1000001; .* -1000000 to 1000000"),
        ({"score": [-1_000_001, 20, 30]}, r"score\[0\] is -1000001"),
        ({"score": [1.5, 2.5, 3.5]}, "score must be a list of whole numbers"),
        ({"score": [True, False, True]}, "score must be a list of whole numbers"),
        ({"score": np.ones((3, 1), dtype=int)}, "score must be a list of whole numbers"),
        ({"score": [1, 2]}, "score has 2 entries; 3 are needed"),
        ({"places": [1, -1]}, r"places\[1\] is -1"),
        ({"places": [1]}, "places has 1 entries; 2 are needed"),
        ({"places": [1, 10**30]}, "places must be a list of whole numbers"),
        ({"band": [0, 1]}, r"band\[0\] is 0; it must be from 1 to 3"),
        ({"band": [1, 4]}, r"band\[1\] is 4"),
        ({"pair_mentee": [0, 0, 2]}, r"pair_mentee\[2\] is 2; it must be from 0 to 1"),
        ({"pair_mentor": [-1, 1, 0]}, r"pair_mentor\[0\] is -1"),
        ({"pair_mentor": [0, 0, 0]}, "paired with a score twice"),
        ({"mentees": ["a", "a"]}, "mentees names someone twice"),
        ({"mentors": ["m", "m"]}, "mentors names someone twice"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], message: str) -> None:
    with pytest.raises(PairingError, match=message):
        pairing_problem(**GOOD | change)
