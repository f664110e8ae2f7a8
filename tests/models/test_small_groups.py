import itertools
from collections.abc import Collection, Iterable

import numpy as np
import pytest

from models import small_groups
from models.small_groups import Cell, Record, reveals


def people(numbers: Iterable[int], state: int = 0) -> Cell:
    return frozenset(Record((n, state), n, n % 4) for n in numbers)


def eight(records: Collection[Record]) -> bool:
    return len({record.person for record in records}) >= 8


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ([], False),
        ([people(range(8))], False),
        ([people(range(7))], True),
        ([frozenset()], False),
        # A whole and its parts.
        ([people(range(24)), people(range(8)), people(range(8, 16))], False),
        ([people(range(23)), people(range(8)), people(range(8, 16))], True),
        # The same cell twice tells nothing more.
        ([people(range(8)), people(range(8))], False),
        # Overlapping cells: two wholes with one part each out of three.
        ([people(range(16)), people(range(8, 24))], False),
        ([people(range(16)), people(range(7, 23))], False),  # 7 on each side make 14
        ([people(range(16)), people(range(4, 16))], True),
        # A ring of three overlaps: A + B - C is twice the part that A and B share.
        (
            [
                people([*range(0, 10), *range(10, 20)]),
                people([*range(10, 20), *range(20, 24)]),
                people([*range(20, 24), *range(0, 10)]),
            ],
            True,
        ),
    ],
)
def test_small_groups_are_found_in_sums_and_differences(cells: list[Cell], found: bool) -> None:
    assert reveals(cells, eight) is found


def test_altered_records_are_one_person_each() -> None:
    # Seven altered: the difference holds 14 records but tells of seven people.
    before = people(range(30))
    after = people(range(23)) | people(range(23, 30), state=1)
    assert reveals([before, after], eight)
    assert not reveals([before, people(range(22)) | people(range(22, 30), state=1)], eight)


def test_two_small_kinds_hide_each_other_until_a_third_cell_parts_them() -> None:
    # Four left and four joined: only their difference is told.
    before, after = people(range(24)), people(range(4, 28))
    assert not reveals([before, after], eight)
    assert reveals([before, after, people(range(4, 24))], eight)


def test_a_search_too_long_ends_with_the_safe_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = [people(range(start, start + 20)) for start in range(0, 12, 4)]
    assert not reveals(cells, eight)
    monkeypatch.setattr(small_groups, "BRANCHES", 1)
    assert reveals(cells, eight)


def by_ranks(cells: list[Cell], allowed: int) -> bool:
    """Whether some group of fewer people can be had: without it the cells say less."""
    everyone = sorted(set().union(*cells), key=repr)
    rows = np.array([[record in cell for record in everyone] for cell in cells], dtype=float)
    kinds, sizes = np.unique(rows, axis=1, return_counts=True)
    groups = np.array(list(itertools.product((0, 1), repeat=len(sizes))))
    small = groups[groups @ sizes < allowed]
    ranks = np.linalg.matrix_rank(kinds[None] * (1 - small[:, None, :]))
    return bool((ranks < np.linalg.matrix_rank(kinds)).any())


def test_the_search_agrees_with_ranks_on_random_cells() -> None:
    """Any coefficients, not plus and minus one alone: every small group is left out in turn."""
    rng = np.random.default_rng(20261122)
    found = []
    for _ in range(300):
        rows, kinds = int(rng.integers(2, 6)), int(rng.integers(3, 10))
        stands_in = np.repeat(rng.integers(0, 2, (rows, kinds)), rng.integers(1, 9, kinds), axis=1)
        cells = [people(np.flatnonzero(row).tolist()) for row in stands_in]
        if any(cells):
            found.append(reveals(cells, eight))
            assert found[-1] is by_ranks(cells, 8)
    assert 50 < sum(found) < len(found) - 50


def test_the_answer_does_not_hang_on_the_order_of_cells() -> None:
    cells = [people(range(start, start + 9)) for start in range(0, 30, 5)]
    answers = {reveals(list(order), eight) for order in itertools.permutations(cells[:5])}
    assert len(answers) == 1
