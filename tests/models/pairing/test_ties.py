"""The numbers that settle ties come from the ids alone, the same everywhere."""

import numpy as np

from models.pairing import PairingProblem, pairing_problem
from models.pairing.ties import tie_numbers


def all_pairs(mentees: list[str], mentors: list[str]) -> PairingProblem:
    first, second = np.divmod(np.arange(len(mentees) * len(mentors)), len(mentors))
    return pairing_problem(
        mentees=mentees,
        mentors=mentors,
        places=[1] * len(mentors),
        pair_mentee=first,
        pair_mentor=second,
        score=np.zeros_like(first),
    )


def test_numbers_are_these_on_every_machine() -> None:
    assert tie_numbers(all_pairs(["T1", "T2"], ["M1", "Mé"])).tolist() == [
        216514747528,
        779716698129,
        388789096727,
        845504461993,
    ]


def test_a_pair_keeps_its_number_in_another_problem() -> None:
    alone = tie_numbers(all_pairs(["T2"], ["M1"]))
    assert tie_numbers(all_pairs(["T1", "T2"], ["M1", "M2"])).tolist()[2] == alone.tolist()[0]


def test_the_side_counts() -> None:
    one, other = all_pairs(["A"], ["B"]), all_pairs(["B"], ["A"])
    assert tie_numbers(one).tolist() != tie_numbers(other).tolist()


def test_numbers_spread_evenly_and_hardly_repeat() -> None:
    people = [f"{i}" for i in range(300)]
    numbers = tie_numbers(all_pairs(people, people))
    assert len(np.unique(numbers)) == len(numbers)
    counts = np.bincount(numbers >> 36, minlength=16)
    assert numbers.min() >= 0
    assert len(counts) == 16
    # 90,000 numbers in 16 equal boxes: 5,625 each, give or take 73 (one standard deviation).
    assert np.abs(counts - 5625).max() < 5 * 73
