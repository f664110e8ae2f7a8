"""A few practices against sums made point by point, at each value of the rate multiplier."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.arrays import Floats
from models.few_practices import LATTICE_STEP, losses_of_few
from models.sum_of_people import sum_of

# Two bands, two cases, three values of the multiplier; the second case is certain to stay.
CHANCES = np.array([[[0.1, 0.2, 0.4], [0.0, 0.0, 0.0]], [[0.5, 0.7, 0.95], [0.0, 0.0, 0.0]]])
WEIGHTS = np.array([0.25, 0.5, 0.25])


def point_by_point(people: Floats, steps: list[int], case: int) -> Floats:
    """The loss in steps, added up person by person."""
    total: Floats = np.zeros(int(people.sum(axis=1) @ steps) + 1)
    for node, weight in enumerate(WEIGHTS):
        whole = np.ones(1)
        for row, step in zip(people.astype(int), steps, strict=True):
            for band, heads in enumerate(row):
                one = np.zeros(step + 1)
                one[0] += 1 - CHANCES[band, case, node]
                one[step] += CHANCES[band, case, node]
                for _ in range(heads):
                    whole = np.convolve(whole, one)
        total[: len(whole)] += weight * whole
    return total


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=4),
    st.permutations([31, 40, 56, 63]),
)
def test_practices_are_convolved_exactly(rows: list[tuple[int, int]], order: list[int]) -> None:
    people, steps = np.array(rows, dtype=float), order[: len(rows)]
    own = sum_of(people, np.array(steps) * LATTICE_STEP)
    if len(own.sessions) < 2:
        return
    (losses,) = losses_of_few([own], CHANCES, WEIGHTS)
    expected = point_by_point(people, steps, 0)
    points = losses.chance.shape[1]
    assert losses.step == LATTICE_STEP
    assert losses.chance[0] == pytest.approx(expected[:points], abs=1e-12)
    assert expected[points:].sum() < 1e-12
    # Nobody leaves: nothing is lost, and nothing else is possible.
    assert losses.chance[1, 0] == pytest.approx(1)
    assert (losses.low[1], losses.high[1]) == (0, 0)


def test_sessions_between_two_points_keep_their_mean() -> None:
    people, sessions = np.array([[3.0, 2.0], [1.0, 4.0]]), np.array([5.03, 6.17])
    (losses,) = losses_of_few([sum_of(people, sessions)], CHANCES, WEIGHTS)
    points = np.arange(losses.chance.shape[1]) * LATTICE_STEP
    assert points @ losses.chance[0] == pytest.approx(sessions @ people @ CHANCES[:, 0] @ WEIGHTS)


def test_several_places_are_each_as_alone_and_none_is_none() -> None:
    sums = [
        sum_of(np.array([[2.0, 1.0], [0.0, 3.0]]), np.array([5.0, 6.13])),
        sum_of(np.array([[1.0, 4.0], [3.0, 0.0], [0.5, 0.5]]), np.array([4.4, 7.0, 8.1])),
    ]
    together = losses_of_few(sums, CHANCES, WEIGHTS)
    for own, losses in zip(sums, together, strict=True):
        (alone,) = losses_of_few([own], CHANCES, WEIGHTS)
        assert losses.chance == pytest.approx(alone.chance, abs=1e-14)
    assert losses_of_few([], CHANCES, WEIGHTS) == []
