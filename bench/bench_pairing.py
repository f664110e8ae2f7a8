"""Times the pairing of 20,000 mentees with 5,000 mentors and 1,000,000 candidate pairs.

Beside it, on the same problem: another exact solver (SciPy's sparse assignment, one column for each
place) and the floor, best pair first. `python -m bench.bench_pairing`
"""

import sys
from statistics import median
from time import perf_counter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching
from scipy.spatial import cKDTree

from models.pairing import PairingProblem, pairing_problem, solve

MENTEES, MENTORS, CANDIDATES, MOST_PLACES = 20_000, 5_000, 50, 19_854
RUNS = 3
AIMS = {"first flow": 1.5, "second flow": 1.5, "in all": 5.0}


class Input(NamedTuple):
    """Candidate pairs as arrays, and the places of each mentor."""

    mentee: npt.NDArray[np.int64]
    mentor: npt.NDArray[np.int64]
    score: npt.NDArray[np.int64]
    places: npt.NDArray[np.int64]


class Outcome(NamedTuple):
    """What one method made of the problem."""

    seconds: float
    pairs: int
    total: int


def people_on_a_map(seed: int = 20_000) -> Input:
    """Give each mentee the nearest mentors; a score is made of distance and of interests."""
    rng = np.random.default_rng(seed)
    homes, surgeries = rng.random((MENTEES, 2)), rng.random((MENTORS, 2))
    distance, mentor = cKDTree(surgeries).query(homes, k=CANDIDATES)
    near = 600 * (1 - distance.ravel() / distance.max())
    score = near.astype(np.int64) + rng.integers(0, 401, MENTEES * CANDIDATES)
    places = rng.integers(1, 8, MENTORS)
    while places.sum() > MOST_PLACES:
        one = rng.integers(MENTORS)
        # Everybody keeps a place, or there would be fewer mentors than told.
        places[one] -= places[one] > 1
    return Input(np.repeat(np.arange(MENTEES), CANDIDATES), mentor.ravel(), score, places)


def ours(given: Input) -> tuple[Outcome, dict[str, float]]:
    """Pair with the engine; return the outcome and the seconds of each step."""
    mentees = [f"T{i}" for i in range(MENTEES)]
    mentors = [f"M{j}" for j in range(MENTORS)]
    start = perf_counter()
    problem: PairingProblem = pairing_problem(
        mentees=mentees,
        mentors=mentors,
        places=given.places,
        pair_mentee=given.mentee,
        pair_mentor=given.mentor,
        score=given.score,
    )
    checked = perf_counter()
    pairing = solve(problem)
    end = perf_counter()
    if not pairing.proved_optimal:
        sys.exit(f"Not proved optimal: {pairing.gaps}")
    steps = {"check and sort": checked - start} | pairing.seconds
    del steps["all"]
    steps["in all"] = end - start
    return Outcome(end - start, len(pairing.pairs), pairing.total), steps


def by_sparse_assignment(given: Input) -> Outcome:
    """Pair with SciPy: a column for each place, and a dear one for each mentee to go without."""
    start = perf_counter()
    copies = given.places[given.mentor]
    first_column = np.concatenate([[0], np.cumsum(given.places)])
    total_places = int(first_column[-1])
    of_pair = np.repeat(np.arange(len(copies)), copies)
    # Which of a mentor's places each copy stands for.
    nth = np.arange(len(of_pair)) - np.repeat(np.cumsum(copies) - copies, copies)
    most = int(given.score.max())
    row = np.concatenate([given.mentee[of_pair], np.arange(MENTEES)])
    column = np.concatenate(
        [first_column[given.mentor[of_pair]] + nth, total_places + np.arange(MENTEES)]
    )
    # Dearer than all scores together: going without is the last way out.
    dear = (most + 1) * (MENTEES + 1)
    cost = np.concatenate([most + 1 - given.score[of_pair], np.full(MENTEES, dear)])
    costs = coo_array((cost, (row, column)), shape=(MENTEES, total_places + MENTEES)).tocsr()
    rows, columns = min_weight_full_bipartite_matching(costs)
    chosen = columns < total_places
    total = (most + 1) * chosen.sum() - costs[rows[chosen], columns[chosen]].sum()
    return Outcome(perf_counter() - start, int(chosen.sum()), int(total))


def best_pair_first(given: Input) -> Outcome:
    """Take the pair of the highest score that is still free, again and again."""
    start = perf_counter()
    order = np.argsort(-given.score, kind="stable")
    left = given.places.tolist()
    waiting = [True] * MENTEES
    pairs = total = 0
    ordered = zip(
        given.mentee[order].tolist(),
        given.mentor[order].tolist(),
        given.score[order].tolist(),
        strict=True,
    )
    for mentee, mentor, score in ordered:
        if waiting[mentee] and left[mentor]:
            waiting[mentee] = False
            left[mentor] -= 1
            pairs += 1
            total += score
    return Outcome(perf_counter() - start, pairs, total)


def main() -> int:
    """Print the tables; return 1 if the other exact solver disagrees."""
    given = people_on_a_map()
    print(
        f"{MENTEES:,} mentees, {MENTORS:,} mentors with {given.places.sum():,} places, "
        f"{len(given.score):,} candidate pairs; median of {RUNS} runs\n"
    )
    runs = [ours(given) for _ in range(RUNS)]
    print(f"{'step':<16}{'seconds':>9}{'aim':>7}")
    for step in runs[0][1]:
        seconds = median(steps[step] for _, steps in runs)
        print(f"{step:<16}{seconds:>9.2f}{AIMS.get(step, ''):>7}")

    outcome = runs[0][0]._replace(seconds=median(run.seconds for run, _ in runs))
    other = by_sparse_assignment(given)
    print(f"\n{'method':<34}{'seconds':>9}{'pairs':>9}{'total':>13}")
    for name, result in (
        ("this engine, proved and unique", outcome),
        ("SciPy sparse assignment (one run)", other),
        ("best pair first (one run)", best_pair_first(given)),
    ):
        print(f"{name:<34}{result.seconds:>9.2f}{result.pairs:>9,}{result.total:>13,}")
    return int(outcome[1:] != other[1:])


if __name__ == "__main__":
    sys.exit(main())
