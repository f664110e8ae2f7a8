"""The engine against every plan of small problems, known optima, and problems built backwards."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.pairing import Pair, PairingProblem, levels, pairing_problem, solve
from models.pairing.face import Face
from models.pairing.problem import IntArray
from tests.models.pairing.small_problems import Small, best_by_trying_all, small_problems


def pairs_of(problem: PairingProblem, plan: tuple[int, ...]) -> tuple[Pair, ...]:
    return tuple(
        Pair(
            problem.mentees[problem.mentee[e]],
            problem.mentors[problem.mentor[e]],
            int(problem.score[e]),
        )
        for e in plan
    )


@given(small_problems() | small_problems(scores=(-900, 1000)))
def test_is_the_one_best_of_all_plans(small: Small) -> None:
    problem = small.problem()
    pairing = solve(problem)
    best = best_by_trying_all(problem)
    assert len(best) == 1
    assert pairing.pairs == pairs_of(problem, best[0])
    assert pairing.proved_optimal
    assert pairing.gaps == {"coverage and score": 0, "ties": 0}


@given(small_problems())
def test_everyone_is_paired_blocked_or_unpaired(small: Small) -> None:
    problem = small.problem()
    pairing = solve(problem)
    everyone = [*(pair.mentee for pair in pairing.pairs), *pairing.blocked, *pairing.unpaired]
    assert sorted(everyone) == sorted(problem.mentees)
    without_candidates = {i for i, row in enumerate(small.score) if set(row) <= {None}}
    assert set(pairing.blocked) == {f"trainee {i}" for i in without_candidates}


@given(small_problems(), st.data())
def test_order_of_input_changes_nothing(small: Small, data: st.DataObject) -> None:
    mentees = data.draw(st.permutations(range(len(small.band))))
    mentors = data.draw(st.permutations(range(len(small.places))))
    one, other = solve(small.problem()), solve(small.problem(mentees, mentors))
    assert one.pairs == other.pairs
    assert one.one_more_place == other.one_more_place
    assert (one.blocked, one.unpaired) == (other.blocked, other.unpaired)


@given(small_problems(), st.data())
def test_a_shorter_list_pairs_nobody_who_was_unpaired(small: Small, data: st.DataObject) -> None:
    unpaired = solve(small.problem()).unpaired
    listed = [
        (i, j)
        for i, row in enumerate(small.score)
        for j, score in enumerate(row)
        if score is not None and f"trainee {i}" in unpaired
    ]
    if listed:
        mentee, mentor = data.draw(st.sampled_from(listed))
        after = solve(small.without(mentee, mentor).problem())
        assert f"trainee {mentee}" not in {pair.mentee for pair in after.pairs}


def test_covering_more_outweighs_any_score() -> None:
    """A chain: to cover the last mentee, everyone moves from their best mentor to the worst."""
    length = 30
    chain = range(length)
    problem = pairing_problem(
        mentees=[f"T{i:02}" for i in range(length + 1)],
        mentors=[f"M{j:02}" for j in range(length + 1)],
        places=[1] * (length + 1),
        pair_mentee=[*chain, *chain, length],
        pair_mentor=[*chain, *(j + 1 for j in chain), 0],
        score=[*(1000 for _ in chain), *(0 for _ in chain), 0],
    )
    pairing = solve(problem)
    assert len(pairing.pairs) == length + 1
    assert pairing.total == 0
    assert pairing.proved_optimal


def test_a_higher_band_goes_first_whatever_the_score() -> None:
    problem = Small(places=[1], band=[1, 2, 3], score=[[1000], [999], [0]]).problem()
    pairing = solve(problem)
    assert pairing.pairs == (Pair("trainee 2", "mentor 0", 0),)
    assert pairing.unpaired == ("trainee 0", "trainee 1")


def test_nobody_to_pair() -> None:
    pairing = solve(Small(places=[], band=[], score=[]).problem())
    assert (pairing.pairs, pairing.total, pairing.proved_optimal) == ((), 0, True)


def test_more_places_than_fit_64_bits_together() -> None:
    most = np.iinfo(np.int64).max
    pairing = solve(Small(places=[most, most], band=[1, 1], score=[[1, 2], [3, 3]]).problem())
    assert (len(pairing.pairs), pairing.total) == (2, 5)


@pytest.mark.parametrize("name", ["assign100", "assign200"])
def test_published_optimum(name: str, real_data: Path) -> None:
    """Beasley's assignment problems (OR-Library): least cost, so a score is 0 - cost."""
    numbers = (real_data / "assignment" / f"{name}.txt").read_text().split()
    optima = (real_data / "assignment" / "known_optima.txt").read_text().split()
    size = int(numbers[0])
    rows, columns = np.divmod(np.arange(size * size), size)
    problem = pairing_problem(
        mentees=[f"row {i}" for i in range(size)],
        mentors=[f"column {j}" for j in range(size)],
        places=[1] * size,
        pair_mentee=rows,
        pair_mentor=columns,
        score=[-int(cost) for cost in numbers[1:]],
    )
    pairing = solve(problem)
    assert len(pairing.pairs) == size
    assert -pairing.total == int(optima[optima.index(name) + 1])
    assert pairing.proved_optimal


def planted(mentees: int, mentors: int, degree: int, seed: int) -> tuple[PairingProblem, int]:
    """Choose a plan, prices and values first, then scores that make the plan the best one.

    A pair of the plan scores value + price, any other pair at most that; a mentor with a free place
    has price 0. So the plan's total is the optimum, by linear programming duality.
    """
    rng = np.random.default_rng(seed)
    partner = rng.integers(mentors, size=mentees)
    taken = np.bincount(partner, minlength=mentors)
    free = rng.integers(0, 2, mentors)
    price = np.where(free, 0, rng.integers(0, 400, mentors))
    value = rng.integers(100, 600, mentees)
    pairs = {(i, int(partner[i])) for i in range(mentees)}
    pairs |= {(i, int(j)) for i in range(mentees) for j in rng.integers(mentors, size=degree)}
    first, second = np.array(sorted(pairs)).T
    less = np.where(partner[first] == second, 0, rng.integers(0, 100, len(first)))
    problem = pairing_problem(
        mentees=[f"T{i}" for i in range(mentees)],
        mentors=[f"M{j}" for j in range(mentors)],
        places=taken + free,
        pair_mentee=first,
        pair_mentor=second,
        score=value[first] + price[second] - less,
    )
    return problem, int((value + price[partner]).sum())


@pytest.mark.parametrize(("mentees", "mentors"), [(300, 60), (3000, 700)])
def test_planted_optimum(mentees: int, mentors: int) -> None:
    problem, optimum = planted(mentees, mentors, degree=20, seed=mentees)
    pairing = solve(problem)
    assert len(pairing.pairs) == mentees
    assert pairing.total == optimum
    assert pairing.proved_optimal


def test_a_solver_that_errs_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def first_come(face: Face) -> IntArray:
        return np.array([0, 3])

    monkeypatch.setattr(levels, "best_plan", first_come)
    pairing = solve(Small(places=[1, 1], band=[1, 1], score=[[1, 9], [9, 1]]).problem())
    assert pairing.gaps == {"coverage and score": 16}
    assert not pairing.proved_optimal
    assert pairing.total == 2


def test_seconds_are_told_for_each_step() -> None:
    seconds = solve(Small(places=[1], band=[1], score=[[1]]).problem()).seconds
    assert set(seconds) == {"all", "first flow", "first check", "second flow", "second check"}
    assert 0 < seconds["first flow"] < seconds["all"]
