"""Made-up hubs by deprivation fifth: the truth is as assumed, and what is missed is found."""

import json

import numpy as np
import pytest

from models.evaluation import simulated_fairness
from models.evaluation.simulated_fairness import assumed, evaluate, people_of_fifths
from models.fairness import GroupFairness


def fifths(groups: tuple[GroupFairness, ...]) -> dict[str, float]:
    return {
        one.group: one.ratio.ratio for one in groups if one.attribute == "deprivation" if one.ratio
    }


@pytest.mark.parametrize("ratio", [1.0, 1.5])
def test_the_most_deprived_leave_as_often_as_assumed(ratio: float) -> None:
    people, fifth = people_of_fifths(300_000, 3, ratio)
    left = people.event > 0
    most, least = left[fifth == 5], left[fifth == 1]
    error = np.sqrt(1 / most.sum() + 1 / least.sum())
    assert np.log(most.mean() / least.mean()) == pytest.approx(np.log(ratio), abs=4 * error)
    assert np.bincount(fifth)[1:].min() > 0.19 * len(fifth)


def test_what_the_model_does_not_look_at_it_misses() -> None:
    found = fifths(assumed(3.0, hubs=2, size=2_000, rows=10_000).model)
    assert list(found) == ["1", "2", "3", "4", "5"]
    assert found["1"] < 0.8 < 1.2 < found["5"]
    assert sorted(found.values()) == list(found.values())


def test_without_a_difference_no_fifth_stands_out() -> None:
    found = fifths(assumed(1.0, hubs=2, size=2_000, rows=20_000).model)
    assert max(found.values()) / min(found.values()) < 1.2


def test_all_attributes_are_scored_for_the_model_and_the_table() -> None:
    one = assumed(1.09, hubs=1, size=500, rows=5_000)
    for groups in (one.model, one.table):
        assert {group.attribute for group in groups} == {"sex", "role", "age", "deprivation"}
        assert all(group.people for group in groups)


def test_it_goes_through_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulated_fairness, "RATIOS", (1.0, 1.2))
    read = json.loads(json.dumps(evaluate(hubs=1, person_years=300, rows=2_000).as_json()))
    assert [one["ratio"] for one in read["assumed"]] == [1.0, 1.2]
    group = read["assumed"][1]["model"][0]
    assert {"attribute", "group", "ratio", "slope", "within_limit"} <= set(group)
