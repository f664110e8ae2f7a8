import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import disclosure
from models.disclosure import WITHHELD, Band


@pytest.mark.parametrize(("people", "shown"), [(0, False), (4, False), (5, True), (40, True)])
def test_a_practice_has_an_outlook_from_five_people(people: int, shown: bool) -> None:
    assert disclosure.may_show_public_outlook(people) is shown


@pytest.mark.parametrize("count", [0, 1, 7])
def test_counts_below_eight_are_withheld_and_zero_too(count: int) -> None:
    assert disclosure.count_band(count) is WITHHELD


@pytest.mark.parametrize(
    ("count", "words"), [(8, "8 to 15"), (15, "8 to 15"), (16, "16 to 23"), (801, "800 to 807")]
)
def test_counts_from_eight_pass_in_bands(count: int, words: str) -> None:
    assert str(disclosure.count_band(count)) == words


@given(st.integers(0, 10_000))
def test_a_band_holds_its_count_and_is_kept_by_its_lower_end(count: int) -> None:
    band = disclosure.count_band(count)
    if isinstance(band, Band):
        assert band.low <= count <= band.high == band.low + 7
        assert disclosure.band_from(band.low) == band
    else:
        assert count < 8
        assert disclosure.band_from(None) is band


def test_withheld_is_a_star_on_pages_and_null_in_json() -> None:
    assert str(WITHHELD) == "*"
    assert disclosure.as_json(WITHHELD) == {"value": None, "up_to": None, "withheld": True}
    assert disclosure.as_json(Band(8, 15)) == {"value": 8, "up_to": 15, "withheld": False}
    assert str(Band(7, 7)) == "7"


@given(st.integers(0, 7), st.integers(0, 7))
def test_two_withheld_counts_cannot_be_told_apart(one: int, other: int) -> None:
    first, second = map(disclosure.count_band, (one, other))
    assert first == second
    assert repr(first) == repr(second)


@pytest.mark.parametrize(
    ("day", "quarter"),
    [((1, 1), (1, 1)), ((3, 31), (1, 1)), ((4, 1), (4, 1)), ((12, 31), (10, 1))],
)
def test_counts_stand_for_a_quarter(day: tuple[int, int], quarter: tuple[int, int]) -> None:
    assert disclosure.released_on(dt.date(2026, *day)) == dt.date(2026, *quarter)


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


def test_a_private_outlook_needs_three_practices_and_eight_others() -> None:
    assert [disclosure.enough_practices(number) for number in range(5)] == [False] * 3 + [True] * 2
    assert [disclosure.enough_left(people) for people in (0, 7, 8, 9)] == [False, False, True, True]


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


@pytest.mark.parametrize(
    ("sizes", "known", "told"),
    [
        ((4, 4, 4), set(), "8 to 15"),
        ((8, 4, 4), set(), "16 to 23"),
        ((9, 4, 3), set(), "*"),  # seven without the first
        ((9, 9, 0), set(), "*"),  # two practices
        ((6, 6, 6), {frozenset("ab")}, "*"),  # six for who knows two
        ((6, 6, 8), {frozenset("ab")}, "16 to 23"),
        ((), set(), "*"),
    ],
)
def test_a_count_of_practices_leaves_eight_for_every_reader(
    sizes: tuple[int, ...], known: set[frozenset[str]], told: str
) -> None:
    people = {
        code: {f"{code}{number}" for number in range(size)}
        for code, size in zip("abc", sizes, strict=False)
    }
    assert str(disclosure.count_of_practices(people, known)) == told


def test_who_works_in_two_practices_is_one_person() -> None:
    seven, nine = ({key: set(range(number)) for key in "abc"} for number in (7, 9))
    assert disclosure.count_of_practices(seven) is WITHHELD
    assert str(disclosure.count_of_practices(nine)) == "8 to 15"
