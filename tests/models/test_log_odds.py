import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.log_odds import expit, logit

CHANCES = st.floats(1e-9, 1 - 1e-9)


@given(CHANCES)
def test_there_and_back_is_the_same_chance(chance: float) -> None:
    assert expit(logit(np.array(chance))) == pytest.approx(chance, rel=1e-9)


@given(CHANCES)
def test_the_odds_of_staying_are_those_of_leaving_turned_round(chance: float) -> None:
    odds = logit(np.array([chance, 1 - chance]))
    assert odds[0] == pytest.approx(-odds[1], abs=1e-6)


@pytest.mark.parametrize("odds", [-1e6, -750.0, 750.0, 1e6])
def test_odds_beyond_what_a_float_can_hold_are_certain_and_quiet(odds: float) -> None:
    # Warnings are errors here, so an overflow would fail.
    assert expit(np.array(odds)) == (1.0 if odds > 0 else 0.0)


def test_certainty_is_held_a_trillionth_away() -> None:
    low, high = logit(np.array([0.0, 1.0]))
    assert (low, high) == pytest.approx((np.log(1e-12), -np.log(1e-12)), rel=1e-4)
    assert np.isnan(logit(np.array(np.nan)))
