"""The limits of the solver are checked before it is asked."""

from dataclasses import replace

import numpy as np
import pytest

from models.pairing import PairingError
from models.pairing.face import UNPAIRED, Face
from models.pairing.flow import COST_LIMIT, best_plan

ONE_PAIR = Face(
    mentee=np.array([0]),
    mentor=np.array([0]),
    weight=np.array([1]),
    places=np.array([1]),
    must_pair=np.array([False]),
    must_fill=np.array([False]),
)


def test_takes_the_pair_that_is_worth_something() -> None:
    assert best_plan(ONE_PAIR).tolist() == [0]
    assert best_plan(replace(ONE_PAIR, weight=np.array([-1]))).tolist() == [UNPAIRED]


def test_takes_the_pair_it_must() -> None:
    forced = replace(ONE_PAIR, weight=np.array([-1]), must_pair=np.array([True]))
    assert best_plan(forced).tolist() == [0]


def test_greatest_cost_is_solved_and_the_next_refused() -> None:
    assert best_plan(replace(ONE_PAIR, weight=np.array([COST_LIMIT - 1]))).tolist() == [0]
    with pytest.raises(PairingError, match="smaller range of scores"):
        best_plan(replace(ONE_PAIR, weight=np.array([COST_LIMIT])))


def test_a_cost_that_overflows_with_many_people_is_refused() -> None:
    people = 2**20
    crowd = replace(ONE_PAIR, weight=np.array([2**43]), must_pair=np.zeros(people, dtype=np.bool_))
    with pytest.raises(PairingError, match="so many people"):
        best_plan(crowd)


def test_rules_that_contradict_each_other_are_no_plan() -> None:
    crowded = replace(ONE_PAIR, places=np.array([0]), must_pair=np.array([True]))
    with pytest.raises(PairingError, match="found no plan"):
        best_plan(crowded)
