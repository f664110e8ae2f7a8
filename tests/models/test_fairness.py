from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from models.fairness import UNKNOWN, GroupFairness, age_band, fairness


def simulated(bias: float = 1.0) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Sex, chances and events; women leave `bias` times as often as expected."""
    rng = np.random.default_rng(9)
    sex = rng.choice(["women", "men"], 6_000)
    chance = rng.uniform(0.02, 0.3, 6_000)
    true = np.where(sex == "women", chance * bias, chance)
    return sex, chance, (rng.uniform(size=6_000) < true).astype(float)


def groups(found: tuple[GroupFairness, ...]) -> dict[str, GroupFairness]:
    """Groups by name."""
    return {group.group: group for group in found}


def test_a_fair_model_is_within_its_limit() -> None:
    sex, chance, event = simulated()
    for group in fairness({"sex": sex}, chance, event):
        assert group.within_limit
        assert group.slope == pytest.approx(1, abs=0.2)


@pytest.mark.parametrize("bias", [1.6, 0.5])
def test_a_biased_model_is_flagged_for_the_group_it_wrongs(bias: float) -> None:
    sex, chance, event = simulated(bias)
    found = groups(fairness({"sex": sex}, chance, event))
    assert found["men"].within_limit
    assert not found["women"].within_limit
    ratio = found["women"].ratio
    assert ratio is not None
    assert (ratio.ratio > 1) is (bias > 1)


def test_groups_hold_everyone() -> None:
    sex, chance, event = simulated()
    found = fairness({"sex": sex}, chance, event)
    assert sum(group.people or 0 for group in found) == 6_000
    assert sum(group.ratio.actual for group in found if group.ratio) == event.sum()


def test_a_small_group_and_one_more_are_withheld() -> None:
    labels = np.repeat(["a", "b", "c"], [7, 20, 30])
    found = groups(fairness({"role": labels}, np.full(57, 0.1), np.arange(57) % 10 == 0))
    assert found["a"].withheld
    assert found["b"].withheld  # else the total gives a away
    assert not found["c"].withheld
    assert (found["a"].people, found["a"].within_limit) == (None, None)


def test_two_small_groups_hide_each_other() -> None:
    labels = np.repeat(["a", "b", "c"], [3, 5, 30])
    found = groups(fairness({"role": labels}, np.full(38, 0.1), np.zeros(38)))
    assert [found[name].withheld for name in "abc"] == [True, True, False]


def test_what_is_withheld_is_never_fewer_than_eight_people_together() -> None:
    """Another attribute tells the total: less the groups shown, it tells of those withheld."""
    labels = np.repeat(["a", "b", "c", "d"], [1, 2, 9, 30])
    found = groups(fairness({"role": labels}, np.full(42, 0.1), np.zeros(42)))
    assert [found[name].withheld for name in "abcd"] == [True, True, True, False]


@given(st.lists(st.integers(1, 30), min_size=1, max_size=6))
def test_no_total_gives_a_small_group_away(sizes: list[int]) -> None:
    labels = np.repeat(list("abcdef")[: len(sizes)], sizes)
    chance = np.full(len(labels), 0.1)
    whole, *found = fairness({"all": ["x"] * len(labels), "role": labels}, chance, chance * 0)
    rest = sum(sizes) - sum(group.people or 0 for group in found)
    assert all(group.people is None or group.people >= 8 for group in found)
    # Nothing is withheld, or enough; or the total is too small itself and is not told either.
    assert rest == 0 or rest >= 8 or whole.withheld


def test_few_events_have_no_slope() -> None:
    (group,) = fairness({"all": ["x"] * 50}, np.linspace(0.05, 0.2, 50), np.arange(50) < 5)
    assert group.ratio is not None
    assert (group.intercept, group.slope) == (None, None)


def test_the_unknown_come_last_and_are_named() -> None:
    labels = np.repeat(["", "z"], 20)
    found = fairness({"role": labels}, np.full(40, 0.2), np.arange(40) % 5 == 0)
    assert [group.group for group in found] == ["z", UNKNOWN]


def test_rows_must_match() -> None:
    with pytest.raises(ValueError, match="role"):
        fairness({"role": ["a"]}, [0.1, 0.2], [0, 1])


def test_age_bands() -> None:
    assert age_band([25, 39, 40, 54, 59, 60, 80]).tolist() == [
        *("Under 40", "Under 40", "40 to 49", "50 to 54"),
        *("55 to 59", "60 to 64", "65 and over"),
    ]


def test_an_unknown_age_is_in_no_band() -> None:
    assert age_band([np.nan, 70]).tolist() == ["", "65 and over"]
