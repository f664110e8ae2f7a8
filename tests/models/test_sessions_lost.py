from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from models.sessions_lost import (
    LATTICE_STEP,
    LatticeLoss,
    Leavers,
    SmoothLoss,
    convolve,
    count_leavers,
    lattice_step,
    smooth,
)

ONE_NODE = np.ones(1)


def leavers(people: int, sessions: float, chance: float) -> Leavers:
    return Leavers(people, sessions, np.array([[chance]]))


def by_hand(groups: list[Leavers]) -> dict[float, float]:
    """Every combination of people leaving or staying, with its chance."""
    people = [(g.sessions, g.chance[0, 0]) for g in groups for _ in range(g.people)]
    losses: dict[float, float] = {}
    for leaves in product([True, False], repeat=len(people)):
        lost = sum(s for (s, _), gone in zip(people, leaves, strict=True) if gone)
        chance = np.prod(
            [p if gone else 1 - p for (_, p), gone in zip(people, leaves, strict=True)]
        )
        losses[lost] = losses.get(lost, 0.0) + chance
    return losses


def test_people_alike_give_the_binomial() -> None:
    (loss,) = convolve([leavers(9, 6.3, 0.2)], ONE_NODE)
    assert loss.step == 6.3
    assert loss.chance == pytest.approx(binom.pmf(np.arange(10), 9, 0.2))


def test_different_people_give_every_combination() -> None:
    groups = [leavers(3, 4.0, 0.2), leavers(2, 6.3, 0.5), leavers(4, 7.7, 0.05)]
    (loss,) = convolve(groups, ONE_NODE)
    for lost, chance in by_hand(groups).items():
        at = loss.at_least(lost) - loss.at_least(lost + LATTICE_STEP / 2)
        assert at == pytest.approx(chance)
    assert loss.chance.sum() == pytest.approx(1)


def test_sessions_between_two_steps_keep_their_mean() -> None:
    groups = [leavers(5, 5.9, 0.3), leavers(4, 6.13, 0.1)]
    (loss,) = convolve(groups, ONE_NODE)
    points = np.arange(len(loss.chance)) * loss.step
    mean = points @ loss.chance
    assert mean == pytest.approx(5 * 5.9 * 0.3 + 4 * 6.13 * 0.1)
    true_variance = 5 * 5.9**2 * 0.21 + 4 * 6.13**2 * 0.09
    added = (points**2) @ loss.chance - mean**2 - true_variance
    # One rounding for each of the two practices, however many leave.
    assert 0 <= added <= 2 * LATTICE_STEP**2 / 4


def test_the_rate_multiplier_is_averaged_over() -> None:
    chance = np.array([[0.1, 0.6]])
    (loss,) = convolve([Leavers(3, 5.0, chance)], np.array([0.75, 0.25]))
    counts = np.arange(4)
    mixed = 0.75 * binom.pmf(counts, 3, 0.1) + 0.25 * binom.pmf(counts, 3, 0.6)
    assert loss.chance == pytest.approx(mixed)


def test_cases_are_kept_apart() -> None:
    chance = np.array([[0.1], [0.6]])
    losses = convolve([Leavers(3, 5.0, chance)], ONE_NODE)
    assert [loss.chance[3] for loss in losses] == pytest.approx([0.1**3, 0.6**3])


def test_people_without_sessions_lose_none() -> None:
    (loss,) = convolve([leavers(2, 0.0, 0.5), leavers(1, 4.0, 0.5)], ONE_NODE)
    assert loss.step == 4.0
    assert loss.chance == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize(
    ("sessions", "step"), [([6.3, 6.3, 0], 6.3), ([6.3, 6.4], LATTICE_STEP), ([], LATTICE_STEP)]
)
def test_one_figure_a_head_is_its_own_lattice(sessions: list[float], step: float) -> None:
    assert lattice_step(sessions) == step


def test_quantiles_are_the_smallest_number_that_reaches_the_share() -> None:
    loss = LatticeLoss(2.0, np.array([0.5, 0.3, 0.15, 0.05]))
    assert [loss.quantile(q) for q in (0.1, 0.5, 0.51, 0.9, 1.0)] == [0, 0, 2, 4, 6]


def test_at_least_counts_the_number_itself() -> None:
    loss = LatticeLoss(2.0, np.array([0.5, 0.3, 0.15, 0.05]))
    assert [loss.at_least(n) for n in (-1, 0, 2, 2.1, 6, 6.1)] == pytest.approx(
        [1, 1, 0.5, 0.2, 0.05, 0]
    )


@given(
    st.lists(
        st.tuples(st.integers(1, 4), st.sampled_from([3.0, 4.5, 6.25]), st.floats(0.01, 0.9)),
        min_size=1,
        max_size=5,
    )
)
def test_the_interval_holds_the_median_and_at_least_its_share(
    rows: list[tuple[int, float, float]],
) -> None:
    (loss,) = convolve([leavers(*row) for row in rows], ONE_NODE)
    low, middle, high = (loss.quantile(q) for q in (0.1, 0.5, 0.9))
    assert low <= middle <= high
    assert loss.at_least(low) - loss.at_least(high + loss.step) >= 0.8 - 1e-6


def big(people: int, chance: float) -> tuple[LatticeLoss, SmoothLoss]:
    """(exact, smooth) for many people of two kinds of sessions and one chance."""
    half = people // 2
    exact = convolve([leavers(half, 5.0, chance), leavers(half, 8.0, chance)], ONE_NODE)[0]
    moments = np.array([[half * (5.0**k + 8.0**k)] for k in (1, 2, 3)])
    return exact, smooth(moments, np.array([[[chance]]]), ONE_NODE)[0]


@pytest.mark.parametrize("chance", [0.03, 0.1, 0.5, 0.75])
def test_the_smooth_form_is_close_where_it_takes_over(chance: float) -> None:
    exact, smoothed = big(160, chance)
    for share in (0.1, 0.5, 0.9):
        assert smoothed.quantile(share) == pytest.approx(exact.quantile(share), abs=1.5)


def test_the_smooth_form_closes_in_as_places_grow() -> None:
    def gap(people: int) -> float:
        exact, smoothed = big(people, 0.1)
        deviation = smoothed.deviation[0]
        gaps = [abs(smoothed.quantile(q) - exact.quantile(q)) / deviation for q in (0.1, 0.9)]
        return float(max(gaps))

    assert gap(800) < 0.01
    assert gap(40) > gap(800)


def test_the_skew_correction_earns_its_place() -> None:
    exact, smoothed = big(160, 0.03)
    plain = replace(smoothed, skew=np.zeros(1))

    def worst(loss: SmoothLoss) -> float:
        # Halfway between two whole numbers, where rounding to the lattice plays no part.
        return max(abs(loss.at_least(n - 0.5) - exact.at_least(n)) for n in range(1, 100))

    assert worst(smoothed) < worst(plain) / 1.5


def test_the_smooth_form_ends_at_nothing_and_at_all() -> None:
    _, smoothed = big(160, 0.1)
    assert smoothed.at_least(0) == 1
    assert smoothed.at_least(160 * 6.5 + 1) == 0
    assert 0 <= smoothed.at_least(160 * 6.5) < 1e-6


def test_counting_leavers_of_different_chances_is_poisson_binomial() -> None:
    (counted,) = count_leavers([leavers(1, 5.0, 0.2), leavers(2, 5.0, 0.5)])
    assert counted[0] == pytest.approx([0.8 * 0.25, 0.2 * 0.25 + 0.8 * 0.5, 0.3, 0.05])
