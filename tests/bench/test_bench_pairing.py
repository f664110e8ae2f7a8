"""The benchmark's rivals, on a problem small enough for a test."""

import pytest

from bench import bench_pairing
from bench.bench_pairing import best_pair_first, by_sparse_assignment, ours, people_on_a_map


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_other_exact_solver_agrees_and_best_pair_first_does_no_better(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    # Fewer places than people, so that who goes without is decided too.
    sizes = {"MENTEES": 60, "MENTORS": 15, "CANDIDATES": 5, "MOST_PLACES": 45}
    for name, number in sizes.items():
        monkeypatch.setattr(bench_pairing, name, number)
    given = people_on_a_map(seed)
    assert given.places.min() >= 1
    assert given.places.sum() <= 45
    mine, steps = ours(given)
    other, floor = by_sparse_assignment(given), best_pair_first(given)
    assert (mine.pairs, mine.total) == (other.pairs, other.total)
    assert (floor.pairs, floor.total) < (mine.pairs, mine.total)
    assert set(bench_pairing.AIMS) <= set(steps)
