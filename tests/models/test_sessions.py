import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import sessions

AMOUNTS = st.floats(min_value=0, max_value=100_000)


def test_a_session_is_four_hours_ten() -> None:
    assert sessions.minutes_to_sessions(4 * 60 + 10) == 1


def test_nine_sessions_are_thirty_seven_and_a_half_hours_and_one_fte() -> None:
    assert sessions.sessions_to_fte(9) == 1
    assert sessions.fte_to_sessions(1) == 9
    assert sessions.minutes_to_fte(37.5 * 60) == 1


@given(AMOUNTS)
def test_conversions_come_back(amount: float) -> None:
    assert sessions.fte_to_sessions(sessions.sessions_to_fte(amount)) == pytest.approx(amount)


@given(AMOUNTS)
def test_going_by_sessions_or_directly_gives_the_same_fte(minutes: float) -> None:
    by_sessions = sessions.sessions_to_fte(sessions.minutes_to_sessions(minutes))
    assert by_sessions == pytest.approx(sessions.minutes_to_fte(minutes))


def test_two_weeks_in_turn_count_by_their_mean() -> None:
    # 8 sessions one week and 6 the next are 7 a week.
    assert sessions.weekly_average([2000, 1500]) == 1750


def test_39_of_52_weeks_are_three_quarters() -> None:
    assert sessions.weekly_average([8], 39) == 6
    assert sessions.weekly_average([10, 6], 39) == 6


@pytest.mark.parametrize(("in_turn", "weeks"), [([], 52), ([1], 53), ([1], -1)])
def test_a_week_that_makes_no_sense_is_refused(in_turn: list[float], weeks: float) -> None:
    with pytest.raises(ValueError, match="0 to 52"):
        sessions.weekly_average(in_turn, weeks)


def test_sessions_a_year_count_over_all_its_weeks_and_are_worked_in_some() -> None:
    # 468 sessions a year are a full-time nine a week; worked in 39 weeks they are twelve.
    assert sessions.sessions_to_fte(sessions.annualised_week(468)) == 1
    assert sessions.annualised_week(468, 39) == 12
    with pytest.raises(ValueError, match="1 to 52"):
        sessions.annualised_week(468, 0)


STRETCHES = (
    sessions.Stretch(dt.date(2020, 4, 1), dt.date(2024, 4, 1), 9),
    sessions.Stretch(dt.date(2024, 4, 1), None, 6),
    sessions.Stretch(dt.date(2026, 1, 1), None, 1.5),
)


@pytest.mark.parametrize(
    ("date", "held"),
    [
        (dt.date(2020, 3, 31), None),
        (dt.date(2020, 4, 1), 9),
        (dt.date(2024, 4, 1), 6),
        (dt.date(2026, 6, 1), 7.5),
    ],
)
def test_the_sessions_of_a_day_are_those_of_all_posts(date: dt.date, held: float | None) -> None:
    assert sessions.sessions_on(STRETCHES, date) == held


def test_the_change_over_years_is_none_where_nothing_is_recorded_for_then() -> None:
    on = dt.date(2026, 6, 1)
    assert sessions.change_in_sessions(STRETCHES, on, 1) == 1.5
    assert sessions.change_in_sessions(STRETCHES, on, 3) == -1.5
    assert sessions.change_in_sessions(STRETCHES, on, 7) is None
    assert sessions.change_in_sessions((), on, 1) is None


def test_a_leap_day_has_a_day_a_year_before() -> None:
    assert sessions.years_before(dt.date(2024, 2, 29), 1) == dt.date(2023, 2, 28)
    assert sessions.years_before(dt.date(2024, 2, 29), 4) == dt.date(2020, 2, 29)
