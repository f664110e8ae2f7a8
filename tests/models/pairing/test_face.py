"""The plans that share an optimum are kept, all of them and no others."""

from itertools import pairwise

from hypothesis import given

from models.pairing.certificate import certify
from models.pairing.face import Face, face_of_best, strict_coverage, whole_face
from models.pairing.flow import best_plan
from models.pairing.problem import PairingProblem
from models.pairing.ties import tie_numbers
from tests.models.pairing.small_problems import Small, every_plan, small_problems


def keeps(face: Face, allowed: set[int], problem: PairingProblem, plan: tuple[int, ...]) -> bool:
    """Whether a plan, given by pairs of the problem, belongs to the face."""
    paired = {int(problem.mentee[e]) for e in plan}
    used = [sum(1 for e in plan if problem.mentor[e] == j) for j in range(len(face.places))]
    return (
        set(plan) <= allowed
        and all(i in paired for i, must in enumerate(face.must_pair) if must)
        and all(used[j] == face.places[j] for j, must in enumerate(face.must_fill) if must)
    )


@given(small_problems())
def test_face_of_best_holds_every_best_plan_and_no_other(small: Small) -> None:
    problem = small.problem()
    whole = whole_face(problem, strict_coverage(problem))
    proof = certify(whole, best_plan(whole))
    face, positions = face_of_best(whole, proof.values, proof.prices, -tie_numbers(problem))
    plans = list(every_plan(problem))
    worths = [sum(int(whole.weight[e]) for e in plan) for plan in plans]
    for plan, worth in zip(plans, worths, strict=True):
        assert keeps(face, set(positions.tolist()), problem, plan) == (worth == max(worths))


@given(small_problems(scores=(-900, 1000)))
def test_one_more_covered_outweighs_all_scores(small: Small) -> None:
    problem = small.problem()
    face = whole_face(problem, strict_coverage(problem))
    least: dict[int, int] = {}
    greatest: dict[int, int] = {}
    for plan in every_plan(problem):
        covered = sum(int(problem.band[problem.mentee[e]]) for e in plan)
        worth = sum(int(face.weight[e]) for e in plan)
        least[covered] = min(least.get(covered, worth), worth)
        greatest[covered] = max(greatest.get(covered, worth), worth)
    levels = sorted(least)
    assert all(greatest[a] < least[b] for a, b in pairwise(levels))
