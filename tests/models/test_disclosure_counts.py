"""No group of 1 to 7 people can be had from counts, whatever cells, roles and dates are united.

Every population of a few families of cells is made. Those that look alike to somebody who reads
all cells are put together: what the group of any union of atoms may be in them is all that this
reader can know.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from models.disclosure import COUNT_FROM, Withheld, count_band, count_of_practices

Counts = NDArray[np.int8]
# Cells as the atoms (kinds of people) in them. A population is a number of people in each atom.
# The last atom is elsewhere in the hub, where somebody can always be: a locum, or retired.
FAMILIES: dict[str, tuple[int, Sequence[tuple[int, ...]]]] = {
    "a hub and a network": (2, [(0, 1), (0,)]),
    "a hub and two networks": (3, [(0, 1, 2), (0,), (1,)]),
    "a hub and three networks": (4, [(0, 1, 2, 3), (0,), (1,), (2,)]),
    # Atoms: stayed, joined, left.
    "a hub at two dates": (3, [(0, 2), (0, 1)]),
    # Atoms by who is there: 1, 2, 3, 1-2, 2-3.
    "a hub at three dates": (5, [(0, 3), (1, 3, 4), (2, 4)]),
    # Atoms: left and joined in the network, left and joined elsewhere, stayed in each.
    "a hub and a network at two dates": (
        6,
        [(0, 2, 4, 5), (0, 4), (1, 3, 4, 5), (1, 4)],
    ),
}
# Ends a band. Fewer where there are more atoms than can all be tried.
MOST = 31
MOST_OF_MANY = 15


def band(count: int) -> int:
    """The rule: the lower end of the band, 0 for withheld."""
    found = count_band(count)
    return 0 if isinstance(found, Withheld) else found.low


def exact_from_eight(count: int) -> int:
    """The rule before: every count from 8 on as it is."""
    return count if count >= COUNT_FROM else 0


def populations(atoms: int, cells: Sequence[tuple[int, ...]]) -> Counts:
    """Return every population with no cell above the limit, shape (n, atoms).

    Each atom is in a cell and the limit ends a band, so that no population is left out that looks
    like one of them. Built atom by atom, since most of the whole grid would not be kept.
    """
    most = MOST if atoms < 5 else MOST_OF_MANY
    people = np.zeros((1, 0), dtype=np.int8)
    for atom in range(atoms):
        added = np.arange(most + 1, dtype=np.int8)
        people = np.column_stack(
            [np.repeat(people, len(added), axis=0), np.tile(added, len(people))]
        )
        for cell in cells:
            inside = [a for a in cell if a <= atom]
            people = people[people[:, inside].sum(axis=1, dtype=np.int16) <= most]
    return people


def small_groups(
    atoms: int, cells: Sequence[tuple[int, ...]], rule: Callable[[int], int]
) -> list[tuple[int, ...]]:
    """Return the unions of atoms that some reader knows to be a group of 1 to 7 people."""
    people = populations(atoms, cells)
    shown = np.array([rule(count) for count in range(MOST + 1)])
    key = np.zeros(len(people), dtype=np.int64)
    for cell in cells:
        key = key * (MOST + 1) + shown[people[:, list(cell)].sum(axis=1, dtype=np.int16)]
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(key[order]) != 0])
    found = []
    for size in range(1, atoms + 1):
        for union in itertools.combinations(range(atoms), size):
            group = people[order][:, list(union)].sum(axis=1, dtype=np.int16)
            least = np.minimum.reduceat(group, starts)
            most = np.maximum.reduceat(group, starts)
            if ((least >= 1) & (most < COUNT_FROM)).any():
                found.append(union)
    return found


@pytest.mark.parametrize("name", FAMILIES)
def test_bands_of_all_cells_together_give_no_small_group(name: str) -> None:
    atoms, cells = FAMILIES[name]
    assert small_groups(atoms, cells, band) == []


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("a hub and a network", (1,)),  # those elsewhere, by taking the network from the hub
        ("a hub and two networks", (2,)),
    ],
)
def test_exact_counts_from_eight_do(name: str, group: tuple[int, ...]) -> None:
    """Shows that the test above would see a small group."""
    assert group in small_groups(*FAMILIES[name], exact_from_eight)


def test_bands_need_somebody_who_may_be_elsewhere() -> None:
    """Were everyone in a network, 16 in three withheld ones would be at least 2 in each."""
    assert small_groups(3, [(0, 1, 2), (0,), (1,), (2,)], band) == [(0,), (1,), (2,)]


def test_all_populations_are_tried() -> None:
    # As many as ways to put up to 31 people into the hub's two atoms.
    assert len(populations(*FAMILIES["a hub and a network"])) == 33 * 32 // 2


# Where each of some people is at each of three dates: 0 out, 1 elsewhere, 2 to 5 in a network.
histories = st.lists(st.tuples(*[st.integers(0, 5)] * 3), max_size=120)


def told(people: Sequence[tuple[int, ...]]) -> list[int]:
    """Return what is told of the hub and its networks at each date."""
    by_date = [[person[date] for person in people] for date in range(3)]
    return [
        band(count)
        for places in by_date
        for count in (sum(p > 0 for p in places), *(places.count(n) for n in range(2, 6)))
    ]


@given(histories)
def test_the_proof_a_world_of_eights_is_told_alike(people: list[tuple[int, ...]]) -> None:
    """Other people at each date, as many as the lower ends say; the rest of them elsewhere."""
    world: list[tuple[int, ...]] = []
    for date in range(3):
        hub, *networks = told(people)[date * 5 : date * 5 + 5]
        assert hub >= sum(networks)
        for place, number in ((1, hub - sum(networks)), *enumerate(networks, start=2)):
            history = [0, 0, 0]
            history[date] = place
            world += [tuple(history)] * number
    assert told(world) == told(people)
    assert all(number % 8 == 0 for number in Counter(world).values())


def test_whoever_knows_one_practice_is_told_of_no_few_others() -> None:
    """All populations of four practices: one of them is known by name, and the figure is told."""
    rest: dict[tuple[str, int], set[int]] = {}
    alone: dict[tuple[int, int], set[int]] = {}
    for sizes in itertools.product(range(10), repeat=4):
        people = {str(code): set(range(code * 10, code * 10 + n)) for code, n in enumerate(sizes)}
        told = str(count_of_practices(people))
        others = sum(sizes[1:])
        rest.setdefault((told, sizes[0]), set()).add(others)
        alone.setdefault((band(sum(sizes)), sizes[0]), set()).add(others)
    assert all(min(others) >= COUNT_FROM for (told, _), others in rest.items() if told != "*")
    assert all(0 in others for (told, _), others in rest.items() if told == "*")
    # The band of all of them alone leaves the reader with fewer.
    assert any(0 < min(others) < COUNT_FROM for others in alone.values())


def test_leavers_and_retired_hide_every_part_of_the_others() -> None:
    """A reader who knows how many of one practice left, and retired, reads both counts.

    Of the others' leavers, of them retired and of the rest, none is known to be 1 to 7.
    """
    told: dict[tuple[int, int, int, int | None], list[tuple[int, int]]] = {}
    for retired, rest in itertools.product(range(32), repeat=2):
        if retired + rest < COUNT_FROM:
            continue  # nothing is told
        for own_retired, own_rest in itertools.product(range(10), repeat=2):
            every = band(retired + rest + own_retired + own_rest)
            of_them = band(retired + own_retired) if retired >= COUNT_FROM else None
            key = (own_retired, own_rest, every, of_them)
            told.setdefault(key, []).append((retired, rest))
    # A band that lies wholly within what was tried.
    whole = [found for (_, _, every, _), found in told.items() if every < 32]
    assert len(whole) > 500
    for found in whole:
        for part in ({a for a, _ in found}, {b for _, b in found}, {a + b for a, b in found}):
            assert not part <= set(range(1, COUNT_FROM))
