from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.release_plan import Release, by_person, may_tell_of, plan_apart, plan_release
from models.small_groups import Cell, Record


def posts(sizes: dict[str, int], first: int = 0) -> Cell:
    """Return so many people's posts in each practice."""
    return frozenset(
        Record(f"post {n:02} {practice}", f"{n:02} {practice}", practice)
        for practice, size in sizes.items()
        for n in range(first, first + size)
    )


def altered(cell: Cell, number: int) -> Cell:
    """Return the cell with so many records altered, spread over its practices."""
    chosen = sorted(cell, key=lambda record: str(record.person))[:number]
    return cell - set(chosen) | {Record((r.id, "later"), r.person, r.practice) for r in chosen}


@pytest.mark.parametrize(
    ("sizes", "readers", "allowed"),
    [
        ({"A": 4, "B": 4, "C": 4}, [], True),
        ({"A": 4, "B": 4, "C": 3}, [], False),
        ({"A": 50, "B": 4, "C": 3}, [], False),
        ({"A": 50, "B": 4, "C": 4}, [], True),
        ({}, [], False),
        ({"A": 20, "B": 20}, [], False),
        # Somebody who manages A and B would be left with seven others.
        ({"A": 8, "B": 8, "C": 7}, [{"A", "B"}], False),
        ({"A": 8, "B": 8, "C": 8}, [{"A", "B"}], True),
    ],
)
def test_a_cell_needs_three_practices_and_eight_others(
    sizes: dict[str, int], readers: Iterable[set[str]], allowed: bool
) -> None:
    assert may_tell_of(posts(sizes), [frozenset(r) for r in readers]) is allowed


def test_somebody_in_two_practices_is_one_person() -> None:
    cell = posts({"A": 4, "B": 4, "C": 4})
    doubled = frozenset(r for r in cell if r.practice != "C") | {
        Record((n, "C"), f"{n:02} B", "C") for n in range(4)
    }
    # Without A only the four people of B are left, at C too.
    assert not may_tell_of(doubled)


def test_few_people_in_two_networks_are_not_had_by_counting_heads() -> None:
    """Sessions of the hub are those of its networks; its heads are fewer by who is in both."""
    north, south = posts({"A": 9, "B": 9, "C": 9}), posts({"D": 9, "E": 9, "F": 9})
    apart = {"hub": north | south, "north": north, "south": south}
    assert plan_release(apart, []) == ["hub", "north", "south"]
    for both, released in ((7, ["hub", "south"]), (12, ["hub", "south", "north"])):
        # Some of the north work in the south as well.
        there = sorted(north, key=lambda record: str(record.person))[:both]
        second = {Record((r.id, "second"), r.person, "DEF"[n % 3]) for n, r in enumerate(there)}
        own = south | second
        assert plan_release({"hub": north | own, "north": north, "south": own}, []) == released


def test_a_small_rest_withholds_the_smallest_network_as_well() -> None:
    north = posts({"A": 10, "B": 10, "C": 10})
    south = posts({"D": 5, "E": 5, "F": 5})
    west = posts({"G": 1, "H": 1})
    now = {"hub": north | south | west, "north": north, "south": south, "west": west}
    # Hub less north less south would be the two people of the west.
    assert plan_release(now, []) == ["hub", "north"]
    assert plan_release(now | {"hub": north | south}, []) == ["hub", "north", "south"]


def test_a_cell_stands_until_eight_differ() -> None:
    cell = posts({"A": 9, "B": 9, "C": 9})
    out = [Release("north", cell)]
    assert plan_release({"north": cell}, out) == []
    assert plan_release({"north": altered(cell, 7)}, out) == []
    assert plan_release({"north": altered(cell, 12)}, out) == ["north"]
    # All in two practices: whoever knows one of them would have the other's.
    two = posts({"A": 9, "B": 9, "C": 9})
    moved = {r for r in two if r.practice != "C"}
    later = (two - moved) | {Record((r.id, "later"), r.person, r.practice) for r in moved}
    assert plan_release({"north": later}, out) == []
    # The last release counts, not one before it.
    assert plan_release({"north": cell}, [*out, Release("north", altered(cell, 12))]) == ["north"]


def test_two_altered_posts_of_a_person_are_one_change() -> None:
    first = posts({"A": 9, "B": 9, "C": 9})
    both = first | {Record((r.id, "second"), r.person, r.practice) for r in first}
    changed = {r for r in both if str(r.person) < "02"}
    later = (both - changed) | {Record((r.id, "later"), r.person, r.practice) for r in changed}
    # Six people, twelve posts.
    assert plan_release({"north": later}, [Release("north", both)]) == []


def test_a_person_whose_key_changed_hides_nobody_as_a_second_one() -> None:
    """Two practices listed one number; one of the two ended its post, and the other's stays."""
    staying = posts({"A": 9, "B": 9, "C": 9}, first=50)
    leaving = posts({"A": 4, "B": 4, "C": 3})
    two_posts = frozenset(Record(f"post of one {p}", "known by A", p) for p in "AB")
    left_over = frozenset({Record("post of one B", "known by B", "B")})
    before, after = staying | leaving | two_posts, staying | left_over
    for plan in (plan_release, plan_apart):
        # Without A's people seven differ, and the one at B is not an eighth: that post stands.
        assert plan({"north": after}, [Release("north", before)]) == []
        more = posts({"C": 1}, first=30)
        assert plan({"north": after | more}, [Release("north", before)]) == ["north"]


def test_what_was_released_before_guards_what_is_released_now() -> None:
    """The hub told of twelve changes; the network may not tell which nine of them were its own."""
    north, south = posts({"A": 9, "B": 9, "C": 9}), posts({"D": 9, "E": 9, "F": 9})
    changed_north, changed_south = altered(north, 20), altered(south, 4)
    history = [
        Release("hub", north | south),
        Release("north", north),
        Release("hub", changed_north | changed_south),
    ]
    assert plan_release({"north": changed_north}, history) == []
    assert plan_release({"north": changed_north}, history[:2]) == ["north"]


def test_cells_that_share_nobody_do_not_hold_each_other_back() -> None:
    north = posts({"A": 9, "B": 9, "C": 9})
    elsewhere = [Release("far", posts({"X": 1, "Y": 1, "Z": 1}))]
    assert plan_release({"north": north}, elsewhere) == ["north"]


def test_areas_planned_apart_are_planned_as_together() -> None:
    """Three hubs of one world, over four months in which people join, leave and are altered."""
    rng = np.random.default_rng(20261122)
    together: list[Release] = []
    apart: list[Release] = []
    now: dict[str, Cell] = {}
    for month in range(4):
        for hub in range(3):
            sizes = {f"{hub} {letter}": int(rng.integers(2, 9)) for letter in "ABCDEF"}
            people = posts(sizes, first=int(rng.integers(0, 3)))
            people = altered(people, int(rng.integers(0, 12))) if month else people
            now[f"hub {hub}"] = people
            now[f"north {hub}"] = frozenset(r for r in people if str(r.practice)[-1] in "ABC")
            now[f"south {hub}"] = frozenset(r for r in people if str(r.practice)[-1] in "DEF")
        first, second = plan_release(now, together), plan_apart(now, apart)
        assert sorted(first) == sorted(second)
        together += [Release(cell, now[cell]) for cell in first]
        apart += [Release(cell, now[cell]) for cell in second]
    assert len(apart) > 12


def test_a_cell_whose_people_were_all_replaced_keeps_its_last_release_in_mind() -> None:
    before, after = posts({"A": 3, "B": 3, "C": 3}), posts({"A": 3, "B": 3, "C": 1}, first=50)
    # Seven came and nine went: enough; but seven are too few for a cell of their own.
    assert plan_apart({"north": after}, [Release("north", before)]) == []
    stands = posts({"A": 9, "B": 9, "C": 9})
    assert plan_apart({"north": stands}, [Release("north", stands)]) == []


def test_planning_nothing_releases_nothing() -> None:
    assert plan_apart({}, []) == []
    assert plan_apart({"empty": frozenset()}, []) == []


RECORDS = st.builds(
    Record,
    id=st.integers(0, 3),
    person=st.integers(0, 11),
    practice=st.sampled_from(["A", "B", "C", "D"]),
)
READERS = st.lists(st.frozensets(st.sampled_from(["A", "B", "C", "D"])), max_size=2)


@given(st.frozensets(RECORDS, min_size=10), st.frozensets(RECORDS), READERS)
def test_more_records_never_forbid_what_fewer_allow(
    some: Cell, more: Cell, readers: list[frozenset[str]]
) -> None:
    """The search of small_groups rests on it: it stops where a group may be told of."""
    if may_tell_of(some, readers):
        assert may_tell_of(some | more, readers)


@given(st.frozensets(RECORDS))
def test_a_cell_by_person_has_the_same_people_in_the_same_practices(cell: Cell) -> None:
    told = by_person(cell)
    assert len(told) == len(cell)
    assert {(r.person, r.practice) for r in told} == {(r.person, r.practice) for r in cell}
    for person in {record.person for record in cell}:
        own = {record for record in cell if record.person == person}
        # Alone in the cell or beside another post, a post is not the same.
        assert (own <= told) is (len({record.id for record in own}) == 1)
