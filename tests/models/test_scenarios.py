from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.bands import GP_BANDS
from models.forecast import forecast
from models.scenarios import (
    FewerSessions,
    LessLeaving,
    Place,
    PracticeCloses,
    RetireLater,
    Scenario,
    SchemeEffect,
    compare,
)
from models.standard_table import standard_table
from tests.models.test_forecast import HEADS, NETWORK

PLACE = Place(NETWORK, HEADS)
few = settings(max_examples=15, deadline=None)


def test_a_place_is_forecast_as_ever() -> None:
    own, plain = PLACE.forecast(), forecast(NETWORK, HEADS)
    for years, outlook in own.items():
        assert outlook.expected == plain[years].expected
        assert outlook.high80 == plain[years].high80


@pytest.mark.parametrize(
    "nothing", [RetireLater(0), FewerSessions(0.0), LessLeaving(0.0), PracticeCloses(2, staying=1)]
)
def test_a_scenario_that_changes_nothing_changes_nothing(nothing: Scenario) -> None:
    for change in compare(PLACE, nothing).values():
        assert (change.at_once, change.left) == pytest.approx((0, 0))
        assert change.under.high80 == change.without.high80


def test_retiring_later_moves_every_age() -> None:
    table = RetireLater(2).of(PLACE).table
    before = standard_table()
    assert table.hazards([62, 60, 50])[:, 0].tolist() == before.hazards([60, 58, 48])[:, 0].tolist()
    assert table.hazards([62])[0, 1] == before.hazards([62])[0, 1]
    earlier = RetireLater(-2).of(PLACE).table
    assert earlier.hazards([58, 75])[:, 0].tolist() == before.hazards([60, 75])[:, 0].tolist()
    assert "retire -2 years" in earlier.version
    assert earlier.constructed


@few
@given(st.integers(-5, 4))
def test_retiring_later_never_loses_more(years: int) -> None:
    sooner, later = compare(PLACE, RetireLater(years)), compare(PLACE, RetireLater(years + 1))
    for horizon, change in sooner.items():
        assert later[horizon].left >= change.left - 1e-9
        assert later[horizon].under.retirement_expected <= change.under.retirement_expected + 1e-9
        assert change.at_once == 0


def test_people_who_retire_later_may_leave_otherwise_first() -> None:
    change = compare(PLACE, RetireLater(3))[10]
    others = [side.expected - side.retirement_expected for side in (change.without, change.under)]
    assert others[1] > others[0]


def test_ten_percent_fewer_sessions_are_lost_at_once_and_never_again() -> None:
    for change in compare(PLACE, FewerSessions(0.1)).values():
        assert change.at_once == pytest.approx(0.1 * change.without.sessions_now)
        assert change.under.expected == pytest.approx(0.9 * change.without.expected)
        # Of what goes at once, some would have been lost anyway.
        assert -change.at_once < change.left < 0
        assert change.under.leavers.expected == pytest.approx(change.without.leavers.expected)


def test_a_scheme_works_on_the_ages_it_says() -> None:
    before, table = standard_table(), LessLeaving(0.25).of(PLACE).table
    assert table.hazards([49]).tolist() == before.hazards([49]).tolist()
    assert table.hazards([50, 63]) == pytest.approx(0.75 * before.hazards([50, 63]))
    everyone = LessLeaving(0.25, from_age=None).of(PLACE).table
    assert everyone.hazards([30]) == pytest.approx(0.75 * before.hazards([30]))


def test_a_schemes_effect_is_a_range() -> None:
    low, central, high = SchemeEffect(0.05, 0.1, 0.2).scenarios
    gained = [compare(PLACE, one)[5].left for one in (low, central, high)]
    assert 0 < gained[0] < gained[1] < gained[2]
    assert compare(PLACE, LessLeaving(1.0, from_age=None))[10].under.expected == pytest.approx(0)


def test_a_practice_closes() -> None:
    gone = compare(PLACE, PracticeCloses(4))[3]
    others = np.delete(NETWORK, 4, axis=0), np.delete(HEADS, 4)
    assert gone.at_once == pytest.approx(8.0 * NETWORK[4].sum())
    assert gone.under.expected == pytest.approx(forecast(*others)[3].expected)
    half = compare(PLACE, PracticeCloses(4, staying=0.5))[3]
    assert half.at_once == pytest.approx(gone.at_once / 2)
    assert NETWORK[4].sum() == 5  # the inputs are not touched


def test_scenarios_can_be_put_together() -> None:
    both = compare(PLACE, FewerSessions(0.1), RetireLater(-2))[5]
    one = compare(PLACE, RetireLater(-2))[5]
    assert both.under.expected == pytest.approx(0.9 * one.under.expected)
    assert both.without.expected == one.without.expected


def test_a_table_given_with_the_place_is_the_one_that_is_changed() -> None:
    own = replace(standard_table(), version="mine", retire=standard_table().retire * 0.5)
    changed = LessLeaving(0.5, from_age=None).of(replace(PLACE, table=own))
    assert changed.table.version.startswith("mine, ")
    assert changed.table.hazards([63])[0, 0] == pytest.approx(standard_table().retire[38] / 4)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: FewerSessions(1.1), "share of sessions"),
        (lambda: LessLeaving(-0.1), "cut must lie"),
        (lambda: PracticeCloses(0, staying=2), "share that stays"),
        (lambda: SchemeEffect(0.2, 0.1, 0.3), "in order"),
        (lambda: PracticeCloses(6).of(PLACE), "no practice number 6"),
    ],
)
def test_what_makes_no_scenario_is_refused(make: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()


ONE = st.tuples(st.integers(0, 9), st.sampled_from([2.0, 6.5, 9.0]))


@few
@given(ONE, st.floats(0, 1), st.sampled_from([1, 3, 5, 10]))
def test_sessions_kept_are_those_of_the_lower_chances_by_hand(
    who: tuple[int, float], cut: float, years: int
) -> None:
    """What a scheme keeps of one person, and so what each pound of it buys, from the table."""
    band, sessions = who
    person = Place(np.eye(10)[[band]], np.array([sessions]))
    change = compare(person, LessLeaving(cut, from_age=None), years=[years])[years]
    # An open band thins out by the chances of its own table: those of before and of after.
    tables = standard_table(), LessLeaving(cut, from_age=None).of(person).table
    gone = []
    for table in tables:
        ages, weights = table.band_weights(GP_BANDS[band])
        stay = [np.prod(1 - table.hazards(age + np.arange(years)).sum(axis=-1)) for age in ages]
        gone.append(float(1 - weights @ stay))
    assert change.left == pytest.approx(sessions * (gone[0] - gone[1]), abs=1e-9)
    assert -1e-12 <= change.left <= sessions
    assert change.at_once == 0


@few
@given(st.floats(0, 1), st.floats(0, 1))
def test_a_stronger_effect_never_keeps_less(one: float, other: float) -> None:
    weak, strong = sorted((one, other))
    kept = [compare(PLACE, LessLeaving(cut), years=[5])[5] for cut in (weak, strong)]
    assert kept[0].left <= kept[1].left + 1e-9
    assert kept[1].under.high80 <= kept[0].under.high80 + 1e-9


@few
@given(st.floats(0, 1), st.integers(0, 5))
def test_a_closing_practice_costs_no_more_than_its_sessions(staying: float, practice: int) -> None:
    change = compare(PLACE, PracticeCloses(practice, staying=staying), years=[3])[3]
    own = float(NETWORK[practice].sum() * HEADS[practice])
    assert change.at_once == pytest.approx((1 - staying) * own)
    # Some of those who go at once would have gone by then.
    assert -change.at_once - 1e-9 <= change.left <= 1e-9
