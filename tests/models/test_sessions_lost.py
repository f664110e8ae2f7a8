from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import binom

import models.many_people
import models.sessions_lost
from models.arrays import Floats
from models.few_practices import LATTICE_STEP
from models.lattice import LatticeLoss, Losses
from models.sessions_lost import (
    PRACTICES_UP_TO,
    Rates,
    Sum,
    distributions,
    sum_of,
)

# Three bands and two cases; the second is rarer. With a spread, chances differ by the rates.
CHANCES = np.array([[0.05, 0.002], [0.2, 0.12], [0.6, 0.5]])
CERTAIN = Rates(CHANCES, np.zeros(2))


def lost(people: list[list[float]], sessions: list[float], rates: Rates = CERTAIN) -> Losses:
    (losses,) = distributions([sum_of(np.array(people, float), np.array(sessions))], rates)
    return losses


def every_way(people: list[list[int]], sessions: list[float]) -> dict[float, float]:
    """Every combination of people leaving or staying (first case), with its chance."""
    each = [
        (heads, CHANCES[band, 0])
        for row, heads in zip(people, sessions, strict=True)
        for band, number in enumerate(row)
        for _ in range(number)
    ]
    losses: dict[float, float] = {}
    for leaves in product([True, False], repeat=len(each)):
        total = round(sum(s for (s, _), gone in zip(each, leaves, strict=True) if gone), 9)
        chance = np.prod([p if gone else 1 - p for (_, p), gone in zip(each, leaves, strict=True)])
        losses[total] = losses.get(total, 0.0) + chance
    return losses


def mean_and_variance(loss: LatticeLoss) -> tuple[float, float]:
    points = np.arange(len(loss.chance)) * loss.step
    mean = points @ loss.chance
    return float(mean), float((points - mean) ** 2 @ loss.chance)


def draw(
    people: Floats, sessions: Floats, rates: Rates, case: int, draws: int = 40_000
) -> NDArray[np.float64]:
    """Losses drawn person by person; nothing is shared with the code but the rates' meaning."""
    rng = np.random.default_rng(77)
    sigma = np.sqrt(np.log1p(rates.spread[case] ** 2))
    multiplier = rng.lognormal(-(sigma**2) / 2, sigma, draws)
    losses = np.zeros(draws)
    for row, heads in zip(people.astype(int), sessions, strict=True):
        for band, number in enumerate(row):
            chance = 1 - (1 - rates.chances[band, case]) ** multiplier
            losses += heads * rng.binomial(number, chance)
    return losses


def test_people_alike_give_the_binomial() -> None:
    loss = lost([[0, 9, 0]], [6.3]).case(0)
    assert loss.step == 6.3
    assert loss.chance == pytest.approx(binom.pmf(np.arange(10), 9, 0.2), abs=1e-15)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(*[st.integers(0, 2)] * 3), min_size=2, max_size=4),
    st.permutations([4.0, 6.3, 7.7, 5.9]),
)
def test_a_few_people_give_every_combination(
    rows: list[tuple[int, int, int]], sessions: list[float]
) -> None:
    people = [list(row) for row in rows]
    while sum(map(sum, people)) > 12:
        people.pop()
    heads = sessions[: len(people)]
    if not sum(map(sum, people)):
        return
    loss = lost(people, heads).case(0)  # type: ignore[arg-type]  # whole numbers are numbers
    ways = every_way(people, heads)
    for total in ways:
        exact = sum(chance for other, chance in ways.items() if other >= total - 1e-6)
        assert loss.at_least(total) == pytest.approx(exact, abs=1e-12)


def test_sessions_between_two_steps_keep_their_mean() -> None:
    loss = lost([[0, 5, 0], [0, 0, 4]], [5.9, 6.13]).case(0)
    mean, variance = mean_and_variance(loss)
    assert mean == pytest.approx(5 * 5.9 * 0.2 + 4 * 6.13 * 0.6)
    true = 5 * 5.9**2 * 0.16 + 4 * 6.13**2 * 0.24
    # One rounding for each of the two practices, however many leave.
    assert 0 <= variance - true <= 2 * LATTICE_STEP**2 / 4


def test_the_rate_multiplier_is_averaged_over() -> None:
    rates = Rates(CHANCES, np.array([0.3, 0.3]))
    loss = lost([[0, 3, 0]], [5.0], rates).case(0)
    chances, weights = rates.at(9)
    mixed = binom.pmf(np.arange(4)[:, np.newaxis], 3, chances[1, 0]) @ weights
    assert loss.chance == pytest.approx(mixed, abs=1e-15)
    # More extreme than without: everybody shares the same good or bad years.
    assert loss.chance[3] > 0.2**3


def test_people_without_sessions_lose_none() -> None:
    losses = lost([[0, 2, 0], [0, 0, 1]], [0.0, 4.0])
    assert losses.case(0).chance == pytest.approx([0.4, 0.6])
    (nothing,) = distributions([sum_of(np.zeros((0, 3)), np.zeros(0))], CERTAIN)
    assert nothing.case(1).chance == pytest.approx([1.0])
    assert nothing.high.tolist() == [0, 0]


def test_practices_with_the_same_sessions_are_one() -> None:
    gathered = sum_of(np.array([[1.0, 0, 2], [0, 3, 0], [1, 1, 1]]), np.array([6.0, 5.0, 6.0]))
    assert gathered.sessions.tolist() == [5.0, 6.0]
    assert gathered.people.tolist() == [[0, 3, 0], [2, 1, 3]]


def test_many_sums_at_once_are_each_as_alone() -> None:
    rng = np.random.default_rng(5)
    sums = [
        sum_of(rng.integers(0, 4, (rows, 3)).astype(float), rng.uniform(3, 9, rows))
        for rows in (1, 4, 1, 60, 0, 2, 1)
    ]
    rates = Rates(CHANCES, np.array([0.15, 0.2]))
    for loss, alone in zip(
        distributions(sums, rates), [distributions([one], rates)[0] for one in sums], strict=True
    ):
        assert loss.chance == pytest.approx(alone.chance, abs=1e-15)
        assert (loss.low.tolist(), loss.high.tolist()) == (alone.low.tolist(), alone.high.tolist())


def big(rows: int = 90) -> Sum:
    rng = np.random.default_rng(8)
    return sum_of(rng.integers(0, 4, (rows, 3)).astype(float), rng.uniform(3, 9, rows).round(2))


@pytest.mark.parametrize("case", [0, 1])
@pytest.mark.parametrize("rows", [40, 90, 300])
def test_a_large_place_agrees_with_a_simulation(rows: int, case: int) -> None:
    place, rates = big(rows), Rates(CHANCES, np.array([0.15, 0.2]))
    assert place.people.sum() > PRACTICES_UP_TO
    loss = distributions([place], rates)[0].case(case)
    drawn = draw(place.people, place.sessions, rates, case)
    # The code centres each chance; the draws do not, which moves their mean by up to 2 %.
    mean, variance = mean_and_variance(loss)
    drawn *= mean / drawn.mean()
    assert np.sqrt(variance) == pytest.approx(drawn.std(), rel=0.03)
    for share in (0.1, 0.25, 0.5, 0.75, 0.9):
        chance = np.mean(drawn > loss.quantile(share))
        assert chance == pytest.approx(1 - share, abs=0.015)


@pytest.mark.parametrize("case", [0, 1])
def test_the_wider_lattice_agrees_with_the_narrow_one(
    case: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, rates = big(40), Rates(CHANCES, np.array([0.15, 0.2]))
    wide = distributions([place], rates)[0].case(case)
    monkeypatch.setattr(models.sessions_lost, "PRACTICES_UP_TO", 1_000)
    narrow = distributions([place], rates)[0].case(case)
    assert (wide.step, narrow.step) == (0.5, LATTICE_STEP)
    halfway = np.arange(0.25, 400)
    gaps = [wide.at_least(number) - narrow.at_least(number) for number in halfway]
    assert np.abs(gaps).max() < 0.0005
    assert wide.quantile(0.9) == pytest.approx(narrow.quantile(0.9), abs=0.5)


@pytest.mark.parametrize(("rows", "step"), [(40, 0.5), (300, 1.0), (3_000, 2.0)])
def test_a_wider_lattice_keeps_the_mean_and_hardly_adds_to_the_variance(
    rows: int, step: float
) -> None:
    place = big(rows)
    first, second = place.sessions @ place.people, place.sessions**2 @ place.people
    for case in (0, 1):
        chance = CHANCES[:, case]
        loss = distributions([place], CERTAIN)[0].case(case)
        assert loss.step == step
        mean, variance = mean_and_variance(loss)
        assert mean == pytest.approx(first @ chance, rel=1e-6)
        true = second @ (chance * (1 - chance))
        leavers = place.people.sum(axis=0) @ chance
        assert -1e-6 * true <= variance - true <= leavers * step**2 / 4


@pytest.mark.parametrize("chance", [0.02, 0.4, 0.55, 0.9])
def test_parts_of_people_hardly_move_a_mean_where_the_wider_lattice_takes_over(
    chance: float,
) -> None:
    """The worst is a place of many small practices, hardly anybody of the same kind."""
    rng = np.random.default_rng(2)
    place = sum_of(np.ones((101, 1)), rng.uniform(3, 9, 101))
    loss = distributions([place], Rates(np.array([[chance]]), np.zeros(1)))[0].case(0)
    mean, _ = mean_and_variance(loss)
    assert mean == pytest.approx(place.sessions.sum() * chance, rel=0.002)


def test_many_people_alike_stay_exact() -> None:
    loss = lost([[0, 5_000, 0]], [6.2]).case(0)
    assert loss.step == 6.2
    points = len(loss.chance)
    assert loss.chance == pytest.approx(binom.pmf(np.arange(points), 5_000, 0.2), abs=1e-10)
    # The lattice ends where no more is lost by any chance that is worth a digit.
    assert 1_100 < points < 2_000
    assert binom.sf(points - 1, 5_000, 0.2) < 1e-12


@pytest.mark.parametrize("chance", [0.02, 0.3, 0.9])
def test_beyond_the_end_of_a_lattice_lies_nothing(chance: float) -> None:
    """Against the whole distribution, added up person by person."""
    people, steps = 150, np.array([3, 7])
    place = sum_of(np.full((2, 1), people / 2), steps * 0.5)
    rates = Rates(np.array([[chance]]), np.zeros(1))
    loss = distributions([place], rates)[0].case(0)
    whole = np.ones(1)
    for step in np.repeat(steps, people // 2):
        one = np.zeros(step + 1)
        one[0], one[step] = 1 - chance, chance
        whole = np.convolve(whole, one)
    points = len(loss.chance)
    assert loss.step == 0.5
    assert loss.chance == pytest.approx(whole[:points], abs=1e-11)
    assert whole[points:].sum() < 1e-12


def test_leaving_frequencies_out_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rates = Rates(CHANCES, np.array([0.15, 0.2]))
    (fewer,) = distributions([big(400)], rates)
    monkeypatch.setattr(models.many_people, "_NEGLIGIBLE", np.inf)
    (every,) = distributions([big(400)], rates)
    assert fewer.chance == pytest.approx(every.chance, abs=1e-10)


@pytest.mark.parametrize("rows", [1, 5, 90])
def test_chances_are_chances(rows: int) -> None:
    for row in distributions([big(rows)], Rates(CHANCES, np.array([0.2, 0.3])))[0].chance:
        assert row.min() >= 0
        assert row.sum() == pytest.approx(1, abs=1e-9)


def test_the_interval_is_that_of_the_distribution_in_every_form() -> None:
    for rows in (1, 5, 90):
        (losses,) = distributions([big(rows)], CERTAIN)
        for case in (0, 1):
            one = losses.case(case)
            assert losses.low[case] == pytest.approx(one.quantile(0.1))
            assert losses.high[case] == pytest.approx(one.quantile(0.9))
            assert one.at_least(one.quantile(0.1)) - one.at_least(one.quantile(0.9) + one.step) >= (
                0.8 - 1e-6
            )


def test_the_order_of_kinds_changes_nothing() -> None:
    place = big(5)
    other = replace(place, sessions=place.sessions[::-1], people=place.people[::-1])
    (before,), (after,) = distributions([place], CERTAIN), distributions([other], CERTAIN)
    assert after.chance == pytest.approx(before.chance, abs=1e-15)


@pytest.mark.parametrize("chance", [0.01, 0.4])
def test_practices_add_up_to_the_sum_person_by_person(chance: float) -> None:
    """Rare numbers of leavers are left out, and rare cases put on half a lattice."""
    people, steps = np.array([12, 9, 15]), np.array([45, 63, 54])
    place = sum_of(people[:, np.newaxis].astype(float), steps * LATTICE_STEP)
    chances = np.array([[chance, chance / 20]])
    for case, loss in enumerate(
        distributions([place], Rates(chances, np.zeros(2)))[0].case(case) for case in (0, 1)
    ):
        whole = np.ones(1)
        for step in np.repeat(steps, people):
            one = np.zeros(step + 1)
            one[0], one[step] = 1 - chances[0, case], chances[0, case]
            whole = np.convolve(whole, one)
        points = len(loss.chance)
        assert loss.chance == pytest.approx(whole[:points], abs=1e-12)
        assert whole[points:].sum() < 1e-12
