"""The check must prove what is best, and nothing else."""

import numpy as np
import pytest
from hypothesis import given

from models.pairing.certificate import certify
from models.pairing.face import UNPAIRED, Face, strict_coverage, whole_face
from tests.models.pairing.small_problems import Small, every_plan, small_problems

LOOSE = np.array([False, False])


def two_by_two(weight: tuple[int, ...], must_pair: bool = False, must_fill: bool = False) -> Face:
    """Two mentees, two mentors with a place each, all four pairs."""
    return Face(
        mentee=np.array([0, 0, 1, 1]),
        mentor=np.array([0, 1, 0, 1]),
        weight=np.array(weight),
        places=np.array([1, 1]),
        must_pair=LOOSE | must_pair,
        must_fill=LOOSE | must_fill,
    )


@given(small_problems())
def test_gap_is_never_less_than_what_a_plan_gives_away(small: Small) -> None:
    problem = small.problem()
    face = whole_face(problem, strict_coverage(problem))
    plans = list(every_plan(problem))
    worths = [sum(int(face.weight[e]) for e in plan) for plan in plans]
    for chosen, worth in zip(plans, worths, strict=True):
        plan = np.full(len(problem.mentees), UNPAIRED)
        for pair in chosen:
            plan[problem.mentee[pair]] = pair
        certificate = certify(face, plan)
        assert certificate.gap is not None
        assert certificate.gap >= max(worths) - worth
        assert certificate.proved == (worth == max(worths))


def test_prices_are_worth_of_one_more_place() -> None:
    face = two_by_two((5, 0, 3, 0))
    certificate = certify(face, np.array([0, UNPAIRED]))
    assert certificate.proved
    assert certificate.prices.tolist() == [3, 0]
    assert certificate.values.tolist() == [2, 0]


def test_weights_below_zero_where_everyone_must_be_paired() -> None:
    face = two_by_two((-1, -5, -6, -7), must_pair=True, must_fill=True)
    assert certify(face, np.array([0, 3])).proved
    assert certify(face, np.array([1, 2])).gap == 3


def test_without_the_rules_nobody_takes_a_weight_below_zero() -> None:
    face = two_by_two((-1, -5, -6, -7))
    assert certify(face, np.array([UNPAIRED, UNPAIRED])).proved
    assert not certify(face, np.array([0, 3])).proved


@pytest.mark.parametrize(
    ("face", "plan"),
    [
        (two_by_two((1, 1, 1, 1)), [0, 2]),
        (two_by_two((1, 1, 1, 1)), [2, 1]),
        (two_by_two((1, 1, 1, 1), must_pair=True), [0, UNPAIRED]),
        (two_by_two((1, 1, 1, 1), must_fill=True), [UNPAIRED, 3]),
    ],
    ids=["two in one place", "another's pair", "someone left out", "a place left free"],
)
def test_a_plan_against_the_rules_has_no_gap_to_tell(face: Face, plan: list[int]) -> None:
    certificate = certify(face, np.array(plan))
    assert certificate.gap is None
    assert not certificate.proved
