from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.person_outlook import (
    ONE_SESSION_MENTORING,
    TWO_SESSIONS_FEWER,
    AssumedEffect,
    person_outlook,
    what_if,
)
from models.standard_table import standard_table


def test_one_year_is_the_tables_row() -> None:
    now = person_outlook(60, 6.0).horizons[1]
    assert (now.retire, now.leave_otherwise) == pytest.approx((0.1678, 0.0158))
    assert now.sessions_expected == pytest.approx(6 * (1 - 0.1836))


def test_later_years_use_the_age_then_reached() -> None:
    later = person_outlook(59, 6.0, years=[2]).horizons[2]
    assert later.stay == pytest.approx((1 - 0.1343) * (1 - 0.1836))
    assert later.retire == pytest.approx(0.1185 + (1 - 0.1343) * 0.1678)


@pytest.mark.parametrize("plan_years", [None, 2])
def test_chances_make_a_whole(plan_years: int | None) -> None:
    for part in person_outlook(57, 5.0, plan_years=plan_years).horizons.values():
        assert part.retire + part.leave_otherwise + part.stay == pytest.approx(1)


def test_it_says_what_it_was_made_from() -> None:
    outlook = person_outlook(57, 5.0)
    assert (outlook.age, outlook.sessions, outlook.plan_years) == (57, 5.0, None)
    assert outlook.table_version == standard_table().version


def test_a_plan_moves_all_retirement_to_its_year() -> None:
    outlook = person_outlook(63, 6.0, years=[1, 2, 3, 5], plan_years=3)
    assert outlook.plan_years == 3
    assert [outlook.horizons[y].retire for y in (1, 2)] == [0, 0]
    assert outlook.horizons[3].retire == pytest.approx((1 - 0.0158) ** 3)
    assert outlook.horizons[3].stay == pytest.approx(0)
    assert outlook.horizons[5].retire == outlook.horizons[3].retire


def test_a_plan_beyond_the_horizon_leaves_only_the_other_reasons() -> None:
    part = person_outlook(63, 6.0, years=[5], plan_years=9).horizons[5]
    assert part.retire == 0
    assert part.stay == pytest.approx((1 - 0.0158) ** 5)


def test_a_plan_changes_the_table_for_nobody_else() -> None:
    before = person_outlook(63, 6.0)
    person_outlook(63, 6.0, plan_years=1)
    assert person_outlook(63, 6.0) == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"sessions": 6.0, "plan_years": 0}, "coming year"),
        ({"sessions": -1.0}, "Sessions"),
        ({"sessions": 6.0, "years": []}, "Years"),
        ({"sessions": 6.0, "fall": 1.0}, "less than all"),
        ({"sessions": 6.0, "fall": float("-inf")}, "less than all"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        person_outlook(60, **arguments)


def test_a_fall_lowers_every_years_chance() -> None:
    half = person_outlook(60, 6.0, fall=0.5).horizons[1]
    expected = standard_table().hazards(60) / 2
    assert (half.retire, half.leave_otherwise) == pytest.approx(tuple(expected))


def test_a_rise_never_passes_certainty() -> None:
    for horizon in person_outlook(70, 6.0, fall=-9.0).horizons.values():
        assert horizon.stay == pytest.approx(0)
        assert horizon.retire + horizon.leave_otherwise == pytest.approx(1)


def test_two_sessions_fewer_is_a_range_from_no_effect() -> None:
    found = what_if(TWO_SESSIONS_FEWER, 60, 6.0)
    assert found is not None
    assert (found.sessions, found.mentoring) == (4, 0)
    stay_now = person_outlook(60, 6.0).horizons[5].stay
    low, high = found.stay(5)
    assert low == pytest.approx(stay_now)
    assert high > low
    assert found.sessions_expected(5) == pytest.approx((4 * low, 4 * high))


def test_mentoring_keeps_its_session_in_the_service() -> None:
    found = what_if(ONE_SESSION_MENTORING, 60, 6.0)
    assert found is not None
    assert (found.sessions, found.mentoring) == (5, 1)


def test_the_effect_is_the_persons_to_set() -> None:
    found = what_if(TWO_SESSIONS_FEWER, 60, 6.0, effect=AssumedEffect(-0.1, 0.0), years=[1])
    assert found is not None
    leaves = standard_table().hazards(60).sum()
    assert found.stay(1) == pytest.approx((1 - leaves * 1.1, 1 - leaves))


def test_sessions_that_are_not_there_cannot_be_given_up() -> None:
    assert what_if(TWO_SESSIONS_FEWER, 60, 2.0) is None
    assert what_if(ONE_SESSION_MENTORING, 60, 0.0) is None


def test_an_unknown_what_if_is_refused() -> None:
    with pytest.raises(ValueError, match="no what-if"):
        what_if("win_the_lottery", 60, 6.0)


@pytest.mark.parametrize(("low", "high"), [(0.2, 0.1), (0.0, 1.0), (-2.0, 0.0)])
def test_a_range_out_of_order_is_refused(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="assumed effect"):
        AssumedEffect(low, high)


@given(
    st.integers(18, 90),
    st.floats(0, 12),
    st.none() | st.integers(1, 12),
    st.floats(-20, 0.99),
)
def test_a_life_followed_year_by_year_agrees(
    age: int, sessions: float, plan_years: int | None, fall: float
) -> None:
    """Any plan and any assumed fall, against one step after another."""
    found = person_outlook(age, sessions, plan_years=plan_years, fall=fall).horizons
    here, retired, gone = 1.0, 0.0, 0.0
    for year in range(1, max(found) + 1):
        retire, otherwise = standard_table().hazards(age + year - 1) * (1 - fall)
        # A rise takes both up to certainty, in the proportion that they have.
        over = max(1.0, retire + otherwise)
        retire, otherwise = retire / over, otherwise / over
        if plan_years is not None:
            retire = 0.0 if year < plan_years else 1 - otherwise
        retired, gone = retired + here * retire, gone + here * otherwise
        here *= max(0.0, 1 - retire - otherwise)
        if year in found:
            own = found[year]
            assert (own.retire, own.leave_otherwise) == pytest.approx((retired, gone), abs=1e-9)
            assert own.stay == pytest.approx(here, abs=1e-9)
            assert own.sessions_expected == sessions * own.stay
            if plan_years is not None:
                assert (own.retire == 0) if year < plan_years else (own.stay < 1e-9)
