import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import sessions

AMOUNTS = st.floats(min_value=0, max_value=100_000)


def test_a_session_is_four_hours_ten() -> None:
    assert sessions.minutes_to_sessions(4 * 60 + 10) == 1
    assert sessions.sessions_to_minutes(1) == 250


def test_nine_sessions_are_thirty_seven_and_a_half_hours_and_one_fte() -> None:
    assert sessions.sessions_to_minutes(9) == 37.5 * 60
    assert sessions.sessions_to_fte(9) == 1
    assert sessions.fte_to_sessions(1) == 9
    assert sessions.minutes_to_fte(37.5 * 60) == 1
    assert sessions.fte_to_minutes(1) == 37.5 * 60


@given(AMOUNTS)
def test_conversions_come_back(amount: float) -> None:
    assert sessions.sessions_to_minutes(sessions.minutes_to_sessions(amount)) == pytest.approx(
        amount
    )
    assert sessions.fte_to_sessions(sessions.sessions_to_fte(amount)) == pytest.approx(amount)
    assert sessions.fte_to_minutes(sessions.minutes_to_fte(amount)) == pytest.approx(amount)


@given(AMOUNTS)
def test_going_by_sessions_or_directly_gives_the_same_fte(minutes: float) -> None:
    by_sessions = sessions.sessions_to_fte(sessions.minutes_to_sessions(minutes))
    assert by_sessions == pytest.approx(sessions.minutes_to_fte(minutes))
