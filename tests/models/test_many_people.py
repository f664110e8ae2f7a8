"""Many people against sums made person by person, for several places and cases at once."""

from functools import cache

import numpy as np
import pytest

from models.arrays import Floats
from models.many_people import losses_of_many
from models.sum_of_people import Rates, Sum, sum_of

RATES = Rates(np.array([[0.04, 0.01], [0.6, 0.5]]), np.array([0.15, 0.2]))
NODES = 9


@cache
def rates_at(nodes: int, case: int) -> tuple[Floats, Floats]:
    return RATES.at(nodes, slice(case, case + 1))


def person_by_person(own: Sum, step: float, case: int) -> Floats:
    """The loss in steps of people whose sessions are whole steps."""
    steps = np.rint(own.sessions / step).astype(int)
    chances, weights = rates_at(NODES, case)
    total = np.zeros(int(steps @ own.people.sum(axis=1)) + 1)
    for node, weight in enumerate(weights):
        whole = np.ones(1)
        for kind, people in zip(steps, own.people.astype(int), strict=True):
            for band, heads in enumerate(people):
                one = np.zeros(kind + 1)
                one[[0, kind]] = 1 - chances[band, 0, node], chances[band, 0, node]
                for _ in range(heads):
                    whole = np.convolve(whole, one)
        total[: len(whole)] += weight * whole
    return total


def test_places_of_different_size_are_each_the_sum_of_their_people() -> None:
    # Half-sessions lie on the lattice of places of up to 2,000 sessions, so nothing is rounded.
    sums = [
        sum_of(np.array([[70.0, 30.0], [20.0, 1.0]]), np.array([4.5, 7.0])),
        sum_of(np.array([[10.0, 40.0], [60.0, 0.0], [3.0, 3.0]]), np.array([1.5, 5.0, 9.0])),
        sum_of(np.array([[101.0, 0.0], [0.0, 2.0]]), np.array([6.0, 6.5])),
    ]
    found = losses_of_many(sums, rates_at, np.full((3, 2), NODES))
    for own, losses in zip(sums, found, strict=True):
        assert losses.step == 0.5
        for case in (0, 1):
            expected = person_by_person(own, 0.5, case)
            points = losses.chance.shape[1]
            assert losses.chance[case] == pytest.approx(expected[:points], abs=1e-10)
            assert expected[points:].sum() < 1e-10
            reached = np.cumsum(expected)
            assert losses.low[case] == np.argmax(reached >= 0.1) * 0.5
            assert losses.high[case] == np.argmax(reached >= 0.9) * 0.5


def test_people_alike_keep_their_own_sessions_as_the_step() -> None:
    own = sum_of(np.array([[90.0, 60.0]]), np.array([6.37]))
    (losses,) = losses_of_many([own], rates_at, np.full((1, 2), NODES))
    assert losses.step == 6.37
    heads = person_by_person(Sum(np.array([1.0]), own.people), 1.0, 0)
    points = losses.chance.shape[1]
    assert losses.chance[0] == pytest.approx(heads[:points], abs=1e-10)


def test_no_places_have_no_losses() -> None:
    assert losses_of_many([], rates_at, np.zeros((0, 2), dtype=np.int64)) == []
