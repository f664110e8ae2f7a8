import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubs.demo.weeks import (
    MOST_SESSIONS,
    OTHER_KINDS,
    clinical_sessions,
    fte,
    make_week,
    with_mentoring,
)
from retention.models.session_pattern import CellKind
from retention.queries.patterns import HALF_DAYS

ROLES = st.sampled_from([*OTHER_KINDS, "locum"])
seeds = st.integers(0, 10_000)


@given(seeds, ROLES, st.integers(1, MOST_SESSIONS))
def test_a_week_has_the_half_days_asked_for(seed: int, role: str, sessions: int) -> None:
    week = make_week(random.Random(seed), role, sessions)
    assert set(week) <= set(HALF_DAYS)
    on_weekdays = [half_day for half_day in week if half_day[0] < 5]
    assert len(on_weekdays) == sessions
    assert len(week) - sessions in (0, 1)
    assert clinical_sessions(week) >= 1
    assert all(kind in CellKind.values and 0 < minutes <= 480 for kind, minutes in week.values())


@given(seeds, st.integers(1, MOST_SESSIONS))
def test_whole_days_come_first(seed: int, sessions: int) -> None:
    week = make_week(random.Random(seed), "salaried", sessions)
    days = {weekday for weekday, _ in week if weekday < 5}
    assert len(days) == (sessions + 1) // 2


@given(seeds, st.integers(2, MOST_SESSIONS))
def test_mentoring_takes_a_clinical_half_day(seed: int, sessions: int) -> None:
    rng = random.Random(seed)
    week = make_week(rng, "locum", sessions)
    changed = with_mentoring(rng, week)
    assert changed.keys() == week.keys()
    assert clinical_sessions(changed) == clinical_sessions(week) - 1
    assert [kind for kind, _ in changed.values()].count(CellKind.MENTORING) == 1


def test_the_last_clinical_half_day_stays() -> None:
    week = {HALF_DAYS[0]: ("clinical", 250), HALF_DAYS[1]: ("admin", 250)}
    assert with_mentoring(random.Random(1), week) == week


def test_nine_whole_sessions_are_full_time() -> None:
    week = dict.fromkeys(HALF_DAYS[:9], ("clinical", 250))
    assert fte(week) == pytest.approx(1)
