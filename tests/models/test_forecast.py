import json
from itertools import pairwise
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from models.arrays import Floats
from models.bands import GP_BANDS, NURSE_BANDS, spread_unknown
from models.few_practices import LATTICE_STEP
from models.forecast import HORIZONS, expected, forecast, forecast_many, loss_if_one_leaves
from models.rate_spread import STATED_SPREAD, RateSpread
from models.sessions_lost import PRACTICES_UP_TO
from models.standard_table import standard_table

# Six practices of a network, by age band, and their sessions a head.
NETWORK = np.array(
    [
        [0, 1, 1, 0, 1, 1, 1, 0, 0, 0],
        [0, 1, 2, 1, 1, 0, 1, 1, 0, 0],
        [1, 0, 1, 1, 0, 1, 0, 0, 1, 0],
        [0, 1, 0, 2, 1, 1, 1, 0, 0, 0],
        [0, 0, 1, 0, 1, 0, 1, 1, 0, 1],
        [0, 1, 1, 1, 0, 1, 0, 0, 0, 0],
    ],
    dtype=float,
)
HEADS = np.array([6.0, 5.5, 7.25, 4.75, 8.0, 6.3])

Place = tuple[NDArray[np.int64], Floats]
PLACES = st.integers(1, 4).flatmap(
    lambda rows: st.tuples(
        hnp.arrays(np.int64, (rows, 10), elements=st.integers(0, 2)),
        hnp.arrays(np.float64, rows, elements=st.sampled_from([4.0, 5.9, 6.25, 9.0])),
    )
)
few = settings(max_examples=25, deadline=None)


def one_person(band: str, sessions: float = 6.0) -> tuple[Floats, list[float]]:
    people = np.zeros((1, 10))
    people[0, [b.code for b in GP_BANDS].index(band)] = 1
    return people, [sessions]


def test_one_person_loses_all_or_nothing_with_the_tables_chance() -> None:
    outlook = forecast(*one_person("60TO64", 9.0))[1]
    retire = (0.1678 + 0.1212 + 0.1226 + 0.1250 + 0.1275) / 5
    chance = retire + 0.0158
    assert outlook.expected == pytest.approx(9 * chance)
    assert outlook.headcount_expected == pytest.approx(chance)
    assert outlook.chance_of_losing_at_least(9) == pytest.approx(chance)
    assert outlook.chance_of_losing_at_least(0.5) == pytest.approx(chance)
    assert outlook.chance_of_losing_at_least(9.5) == 0
    assert (outlook.low80, outlook.high80) == (0, 9)
    assert outlook.retirement_expected == pytest.approx(9 * retire)
    assert (outlook.retirement_low80, outlook.retirement_high80) == (0, 9)


def test_a_network_expects_the_sum_of_its_people() -> None:
    chances = standard_table().band_incidence([1, 3, 5])
    outlook = forecast(NETWORK, HEADS)
    for place, years in enumerate((1, 3, 5)):
        total = HEADS @ NETWORK @ chances[:, place].sum(axis=-1)
        retiring = HEADS @ NETWORK @ chances[:, place, 0]
        assert outlook[years].expected == pytest.approx(total)
        assert outlook[years].retirement_expected == pytest.approx(retiring)
        assert outlook[years].sessions_now == pytest.approx(HEADS @ NETWORK.sum(axis=1))


def test_the_distribution_has_the_expected_mean() -> None:
    for outlook in forecast(NETWORK, HEADS).values():
        for loss in (outlook.leaving, outlook.retirement):
            spread = loss.distribution
            mean = np.arange(len(spread.chance)) @ spread.chance * spread.step
            assert mean == pytest.approx(loss.expected)
            assert spread.chance.sum() == pytest.approx(1)


def test_simulation_agrees() -> None:
    """Draw the rate multiplier, then everyone's years, and count: nothing shared with the code."""
    rng = np.random.default_rng(20260)
    chance = standard_table().band_incidence([3])[:, 0].sum(axis=-1)
    outlook = forecast(NETWORK, HEADS, years=[3])[3]
    sigma = np.sqrt(np.log1p(STATED_SPREAD.over([3])[0, 0] ** 2))
    draws = 40_000
    multiplier = rng.lognormal(-(sigma**2) / 2, sigma, draws)
    lost = np.zeros(draws)
    for row, heads in zip(NETWORK.astype(int), HEADS, strict=True):
        for band, people in enumerate(row):
            leaving = 1 - (1 - chance[band]) ** multiplier
            lost += heads * rng.binomial(people, leaving)
    # The code centres each chance; the simulation does not, which moves its mean by under 1 %.
    assert lost.mean() == pytest.approx(outlook.expected, rel=0.015)
    assert np.quantile(lost, 0.1) == pytest.approx(outlook.low80, abs=1.0)
    assert np.quantile(lost, 0.9) == pytest.approx(outlook.high80, abs=1.0)
    assert np.mean(lost >= 50) == pytest.approx(outlook.chance_of_losing_at_least(50), abs=0.015)


def test_the_published_reading_of_one_network_of_thirty() -> None:
    """Thirty GPs of England's ages at 6.2 sessions: chance alone gives 66 +/- 16 in five years."""
    england = np.array([208, 3517, 6575, 6631, 6083, 5067, 4241, 2229, 1461, 0])
    outlook = forecast([england / england.sum() * 30], [6.2], years=[5])[5]
    assert outlook.expected == pytest.approx(66, rel=0.05)
    half = (outlook.high80 - outlook.low80) / 2
    # Wider than chance alone, by the uncertainty of the rates, and by less than a half.
    assert 16 * 1.28 < half < 1.5 * 16 * 1.28


@few
@given(PLACES)
def test_the_interval_holds_the_median_and_lies_within_the_place(place: Place) -> None:
    for outlook in forecast(*place).values():
        for loss in (outlook.leaving, outlook.retirement):
            assert 0 <= loss.low80 <= loss.distribution.quantile(0.5) <= loss.high80
            # Each practice may be rounded up to the next step.
            assert loss.high80 <= outlook.sessions_now + LATTICE_STEP * len(place[0])
        assert outlook.retirement_expected <= outlook.expected + 1e-9


@few
@given(PLACES, st.randoms(use_true_random=False))
def test_the_order_of_practices_changes_nothing(place: Place, random: Random) -> None:
    people, heads = place
    order = list(range(len(heads)))
    random.shuffle(order)
    before, after = forecast(people, heads), forecast(people[order], heads[order])
    for years, outlook in before.items():
        assert after[years].expected == pytest.approx(outlook.expected)
        assert after[years].low80 == pytest.approx(outlook.low80)
        assert after[years].high80 == pytest.approx(outlook.high80)


@few
@given(PLACES, st.integers(0, 9))
def test_one_person_more_never_lowers_anything(place: Place, band: int) -> None:
    people, heads = place
    more = people.copy()
    more[0, band] += 1
    before, after = forecast(people, heads), forecast(more, heads)
    for years, outlook in before.items():
        assert after[years].expected > outlook.expected
        assert after[years].retirement_expected > outlook.retirement_expected
        assert after[years].headcount_expected > outlook.headcount_expected
        assert after[years].chance_of_losing_at_least(8) >= (
            outlook.chance_of_losing_at_least(8) - 1e-9
        )


@few
@given(PLACES)
def test_a_longer_horizon_never_loses_less(place: Place) -> None:
    outlooks = list(forecast(*place).values())
    for shorter, longer in pairwise(outlooks):
        assert longer.expected >= shorter.expected
        assert longer.low80 >= shorter.low80
        assert longer.high80 >= shorter.high80


def test_one_practice_split_in_two_rows_is_the_same_place() -> None:
    people = np.array([[1, 0, 2, 1, 0, 1, 2, 0, 1, 0]])
    rows = np.array([[1, 0, 0, 1, 0, 0, 2, 0, 0, 0], [0, 0, 2, 0, 0, 1, 0, 0, 1, 0]])
    whole, split = forecast(people, [6.3]), forecast(rows, [6.3, 6.3])
    assert split[5].leaving.distribution.chance == pytest.approx(
        whole[5].leaving.distribution.chance
    )


def test_an_unknown_age_is_one_person_of_mixed_age() -> None:
    known = np.array([[0, 1, 0, 0, 0, 0, 1, 0, 0, 0]])
    chance = standard_table().band_incidence([1])[[1, 6], 0].sum(axis=-1)
    outlook = forecast(spread_unknown(known, [1]), [5.0], years=[1])[1]
    assert outlook.expected == pytest.approx(5 * 1.5 * chance.sum())
    spread = outlook.leaving.distribution
    # Three people at most can leave: the spread made no fourth out of two halves.
    assert len(spread.chance) == 4
    assert spread.chance @ np.arange(4) == pytest.approx(1.5 * chance.sum())


def test_fractions_that_make_no_whole_person_keep_the_expectation() -> None:
    outlook = forecast([[0, 0.3, 0, 0, 0, 0, 0.4, 0, 0, 2.9]], [6.0], years=[1])[1]
    spread = outlook.leaving.distribution
    assert spread.chance @ np.arange(len(spread.chance)) * 6 == pytest.approx(outlook.expected)


@pytest.mark.parametrize("people", [np.zeros((1, 10)), np.zeros((0, 10))])
def test_a_place_with_nobody_loses_nothing(people: Any) -> None:
    outlook = forecast(people, np.full(len(people), 6.0))[3]
    assert (outlook.expected, outlook.low80, outlook.high80) == (0, 0, 0)
    assert outlook.chance_of_losing_at_least(1) == 0
    assert outlook.sessions_now == 0


def test_people_without_sessions_count_as_heads_only() -> None:
    outlook = forecast(*one_person("65TO69", 0.0))[5]
    assert outlook.headcount_expected > 0.55
    assert (outlook.expected, outlook.high80) == (0, 0)


def test_englands_interval_is_that_of_the_rates() -> None:
    """Among thousands chance cancels out, and what is left is the stated spread of the rates."""
    people = np.tile(NETWORK, (1000, 1))
    outlook = forecast(people, np.tile(HEADS, 1000), years=[1])[1]
    leaving, retirement = STATED_SPREAD.over([1])[:, 0]
    half = (outlook.high80 - outlook.low80) / 2 / outlook.expected
    assert half == pytest.approx(1.2816 * leaving, rel=0.1)
    retiring = (outlook.retirement_high80 - outlook.retirement_low80) / 2
    assert retiring / outlook.retirement_expected == pytest.approx(1.2816 * retirement, rel=0.1)
    assert outlook.chance_of_losing_at_least(outlook.expected) == pytest.approx(0.5, abs=0.05)


def test_rates_that_are_certain_give_a_narrower_interval_and_the_same_mean() -> None:
    sure = RateSpread(leaving=0.0, retirement=0.0, drift=0.0)
    people, heads = np.tile(NETWORK, (5, 1)), np.tile(HEADS, 5)
    for years, outlook in forecast(people, heads).items():
        certain = forecast(people, heads, spread=sure)[years]
        assert certain.expected == pytest.approx(outlook.expected)
        assert outlook.low80 < certain.low80
        assert certain.high80 < outlook.high80


def test_many_places_at_once_are_each_as_alone() -> None:
    england = (np.tile(NETWORK, (40, 1)), np.tile(HEADS, 40))
    assert england[0].sum() > PRACTICES_UP_TO
    places = [(NETWORK, HEADS), (NETWORK[:1], HEADS[:1]), england, (NETWORK[2:4], HEADS[2:4])]
    for place, outlooks in zip(places, forecast_many(places), strict=True):
        for years, outlook in forecast(*place).items():
            for name in ("leaving", "retirement", "leavers", "retirees"):
                one, many = getattr(outlook, name), getattr(outlooks[years], name)
                assert (one.expected, one.low80, one.high80) == pytest.approx(
                    (many.expected, many.low80, many.high80)
                )
                assert one.distribution.chance == pytest.approx(many.distribution.chance, abs=1e-14)
    assert forecast_many([]) == []


def test_leavers_are_people_whatever_their_sessions() -> None:
    """One practice with sessions and one without: the heads of both may leave."""
    outlook = forecast(NETWORK[:2], [6.0, 0.0], years=[5])[5]
    both = NETWORK[:2].sum(axis=0, keepdims=True)
    apart = forecast(both, [1.0], years=[5])[5]
    assert outlook.leavers.expected == pytest.approx(apart.expected)
    assert outlook.leavers.distribution.chance == pytest.approx(apart.leaving.distribution.chance)
    assert outlook.retirees.high80 == apart.retirement_high80
    assert outlook.expected < 6 * outlook.leavers.expected


def test_leavers_of_one_practice_are_its_sessions_by_the_head() -> None:
    outlook = forecast(NETWORK[:1], HEADS[:1])[3]
    assert outlook.leavers.expected * 6 == pytest.approx(outlook.expected)
    assert outlook.leavers.high80 * 6 == pytest.approx(outlook.high80)
    assert outlook.retirees.distribution.at_least(1) == pytest.approx(
        outlook.retirement.distribution.at_least(6)
    )


def test_expected_gives_each_row_and_adds_up_to_the_place() -> None:
    rows = expected(NETWORK, HEADS)
    assert rows.sessions.shape == (6, 4)
    outlook = forecast(NETWORK, HEADS)
    assert rows.sessions.sum(axis=0) == pytest.approx([outlook[y].expected for y in HORIZONS])
    assert rows.retirement_sessions.sum(axis=0) == pytest.approx(
        [outlook[y].retirement_expected for y in HORIZONS]
    )
    assert rows.headcount[:, 2].sum() == pytest.approx(outlook[5].headcount_expected)
    assert rows.sessions_now.tolist() == (NETWORK.sum(axis=1) * HEADS).tolist()


def test_nurses_have_a_band_more() -> None:
    outlook = forecast(np.ones((1, 11)), [6.0], bands=NURSE_BANDS)
    assert outlook[1].sessions_now == 66
    with pytest.raises(ValueError, match="11 bands"):
        forecast(np.ones((1, 10)), [6.0], bands=NURSE_BANDS)


@pytest.mark.parametrize(
    ("people", "heads", "message"),
    [
        (np.ones(10), [6.0], "a row for each practice"),
        (np.ones((2, 10)), [6.0], "one number for each row"),
        (-np.ones((1, 10)), [6.0], "People must be known"),
        (np.ones((1, 10)), [np.nan], "Sessions a head must be known"),
    ],
)
def test_what_makes_no_place_is_refused(people: Any, heads: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        forecast(people, heads)


def test_if_any_one_left() -> None:
    assert loss_if_one_leaves(people=4, sessions=25) == 6.25
    assert loss_if_one_leaves(people=0.5, sessions=3) == 3
    with pytest.raises(ValueError, match="nobody"):
        loss_if_one_leaves(people=0, sessions=0)


@pytest.mark.parametrize("rows", [1, 40])
def test_figures_are_plain_enough_for_json(rows: int) -> None:
    outlook = forecast(np.tile(NETWORK, (rows, 1)), np.tile(HEADS, rows))[3]
    figures = [outlook.expected, outlook.low80, outlook.high80, outlook.headcount_expected]
    figures += [outlook.retirement_low80, outlook.chance_of_losing_at_least(40)]
    assert json.loads(json.dumps(figures)) == figures
    assert {type(figure) for figure in figures} == {float}
