import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import disclosure
from models.disclosure import WITHHELD


@pytest.mark.parametrize(("people", "shown"), [(0, False), (4, False), (5, True), (40, True)])
def test_a_practice_has_an_outlook_from_five_people(people: int, shown: bool) -> None:
    assert disclosure.may_show_public_outlook(people) is shown


@pytest.mark.parametrize("count", [0, 1, 7])
def test_counts_below_eight_are_withheld_and_zero_too(count: int) -> None:
    assert disclosure.count_or_withheld(count) is WITHHELD


def test_counts_from_eight_pass() -> None:
    assert disclosure.count_or_withheld(8) == 8


def test_withheld_is_a_star_on_pages_and_null_in_json() -> None:
    assert str(WITHHELD) == "*"
    assert disclosure.as_json(WITHHELD) == {"value": None, "withheld": True}
    assert disclosure.as_json(8) == {"value": 8, "withheld": False}


@given(st.integers(0, 7), st.integers(0, 7))
def test_two_withheld_counts_cannot_be_told_apart(one: int, other: int) -> None:
    first, second = map(disclosure.count_or_withheld, (one, other))
    assert first == second
    assert repr(first) == repr(second)


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (18, "Under 45"),
        (44, "Under 45"),
        (45, "45 to 54"),
        (54, "45 to 54"),
        (55, "55 and over"),
        (80, "55 and over"),
    ],
)
def test_own_records_show_three_age_groups(age: int, words: str) -> None:
    assert disclosure.own_record_age_group(age) == words


def test_an_age_is_not_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        disclosure.own_record_age_group(-1)


@pytest.mark.parametrize(
    ("people", "shown"),
    [
        ({}, False),
        ({"A": 20, "B": 20}, False),  # two practices can each take the other's people out
        ({"A": 20, "B": 20, "C": 0}, False),
        ({"A": 4, "B": 4, "C": 4}, True),
        ({"A": 4, "B": 4, "C": 3}, False),
        ({"A": 50, "B": 4, "C": 3}, False),
        ({"A": 50, "B": 4, "C": 4}, True),
    ],
)
def test_a_private_cell_needs_three_practices_and_eight_others(
    people: dict[str, int], shown: bool
) -> None:
    assert disclosure.may_show_private_outlook(people) is shown


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 30), max_size=8))
def test_no_practice_can_take_its_own_away_and_see_fewer_than_eight(people: dict[str, int]) -> None:
    if disclosure.may_show_private_outlook(people):
        assert all(sum(people.values()) - own >= 8 for own in people.values())


@pytest.mark.parametrize(
    ("before", "now", "again"),
    [
        (range(20), range(20), False),
        (range(20), range(7, 20), False),
        (range(20), range(8, 20), True),
        (range(20), range(27), False),
        (range(20), range(28), True),
        # Seven altered records are seven people, though they stand in both differences.
        (range(20), range(7, 27), False),
        (range(20), range(8, 28), True),
    ],
)
def test_a_released_cell_stands_until_eight_differ(before: range, now: range, again: bool) -> None:
    assert disclosure.may_release_again(before, now) is again


@pytest.mark.parametrize(("sessions", "whole"), [(0.0, 0), (0.49, 0), (0.5, 1), (2.5, 3), (7.2, 7)])
def test_sessions_round_to_whole_ones_halves_upwards(sessions: float, whole: int) -> None:
    assert disclosure.whole_sessions(sessions) == whole
