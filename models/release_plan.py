"""Which private outlooks may be released together, given all that was released before."""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from models import disclosure, small_groups
from models.small_groups import Cell, Record

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Release:
    """The records behind a figure that was let out, whether it still stands or not."""

    cell: Hashable
    records: Cell


def may_tell_of(records: Collection[Record], readers: Collection[frozenset[Hashable]] = ()) -> bool:
    """Return whether a figure may rest on these records: three practices, eight people left.

    Eight people are left without any one practice, whose manager knows its own people. readers:
    further sets of practices whose people one account knows. Someone who works in two practices
    is left unless both are taken away. Adding records never turns True into False.
    """
    practices_of: dict[Hashable, set[Hashable]] = defaultdict(set)
    for record in records:
        practices_of[record.person].add(record.practice)
    # By the set of practices: without one of two somebody is left, without both they are not.
    people_of = Counter(frozenset(practices) for practices in practices_of.values())
    alone = {practice for practices in people_of for practice in practices}
    people = len(practices_of)
    return (
        disclosure.enough_practices(len(alone))
        and all(
            disclosure.enough_left(people - people_of[frozenset([practice])]) for practice in alone
        )
        and all(
            disclosure.enough_left(
                people - sum(number for where, number in people_of.items() if where <= known)
            )
            for known in readers
        )
    )


def plan_release(
    now: Mapping[Key, Cell],
    history: Sequence[Release],
    readers: Collection[frozenset[Hashable]] = (),
) -> list[Key]:
    """Return the cells to release now; each other cell keeps what it has, or is withheld.

    now: the records behind each cell (place x staff group) today. history: every release so far,
    oldest first. The widest cell is tried first, then each that leaves every sum and difference
    of what is out, at any date, a group that might be a cell itself: the others are withheld to
    protect their neighbours. Same answer for the same input, in whatever order it comes.
    """
    now, history = _one_key_each(now, history)
    last: dict[Hashable, Cell] = {release.cell: release.records for release in history}
    waiting = [
        (cell, records)
        for cell, records in now.items()
        if may_tell_of(records, readers)
        and (
            cell not in last
            or disclosure.may_release_again(_contributors(last[cell]), _contributors(records))
        )
    ]
    # The widest first: it serves most readers. Then by name, so that the order of input decides
    # nothing.
    waiting.sort(key=lambda each: (-len(each[1]), str(each[0])))
    out = [release.records for release in history]
    chosen: list[Key] = []
    for cell, records in waiting:
        # Cells that share nobody, near or far, cannot be set off against each other.
        if not _reveals(_connected(records, [*out, records]), readers):
            chosen.append(cell)
            out.append(records)
    return chosen


def _reveals(cells: Sequence[Cell], readers: Collection[frozenset[Hashable]]) -> bool:
    """Return whether sums and differences of what is told of the cells single out too few.

    Sessions add up post by post. Heads do not: who has posts in two networks is one person in
    each, and one in the hub that holds both, so that heads less heads leaves those people.
    """

    def allowed(group: Collection[Record]) -> bool:
        return may_tell_of(group, readers)

    if small_groups.reveals(cells, allowed):
        return True
    people = [by_person(cell) for cell in cells]
    return people != list(cells) and small_groups.reveals(people, allowed)


def by_person(cell: Cell) -> Cell:
    """Return the cell with each post known by all that its person has in the cell.

    A figure of heads depends on whoever has several posts here as on nobody with one of them.
    """
    posts: dict[Hashable, set[Hashable]] = defaultdict(set)
    for record in cell:
        posts[record.person].add(record.id)
    return frozenset(
        replace(record, id=(record.id, frozenset(posts[record.person])))
        if len(posts[record.person]) > 1
        else record
        for record in cell
    )


def plan_apart(
    now: Mapping[Key, Cell],
    history: Sequence[Release],
    readers: Collection[frozenset[Hashable]] = (),
) -> list[Key]:
    """Return what `plan_release` would, for many areas in the time of each by itself.

    Cells that share nobody, directly or through others, at no date, do not concern each other.
    """
    now, history = _one_key_each(now, history)
    rows = [*now.values(), *(release.records for release in history)]
    group_of = _groups(rows)
    cells: dict[int, dict[Key, Cell]] = defaultdict(dict)
    past: dict[int, list[Release]] = defaultdict(list)
    for (cell, records), group in zip(now.items(), group_of, strict=False):
        cells[group][cell] = records
    for release, group in zip(history, group_of[len(now) :], strict=True):
        past[group].append(release)
    # A cell whose people have all been replaced stands in two groups: its last release decides.
    last: dict[Hashable, Cell] = {release.cell: release.records for release in history}
    for group, own in cells.items():
        standing = [Release(cell, last[cell]) for cell in own if cell in last]
        past[group] += [one for one in standing if one not in past[group]]
    return [cell for group in cells for cell in plan_release(cells[group], past[group], readers)]


def _one_key_each(
    now: Mapping[Key, Cell], history: Sequence[Release]
) -> tuple[Mapping[Key, Cell], Sequence[Release]]:
    """Return the same with one person behind each record, whatever they were called at each date.

    A person's key can change while a post of theirs stands as it is: where two practices list one
    number, with whichever of them has a post. A record under two keys would differ from itself,
    and be counted as two people behind whom others hide.
    """
    leader: dict[Hashable, Hashable] = {}

    def find(person: Hashable) -> Hashable:
        while leader.setdefault(person, person) != person:
            leader[person] = leader[leader[person]]
            person = leader[person]
        return person

    first: dict[Hashable, Hashable] = {}
    for cell in (*now.values(), *(release.records for release in history)):
        for record in cell:
            leader[find(record.person)] = find(first.setdefault(record.id, record.person))
    # Nearly always, and the copy of all that was ever let out is saved.
    if all(find(person) == person for person in list(leader)):
        return now, history

    def renamed(cell: Cell) -> Cell:
        return frozenset(Record(r.id, find(r.person), r.practice) for r in cell)

    return (
        {key: renamed(cell) for key, cell in now.items()},
        [Release(release.cell, renamed(release.records)) for release in history],
    )


def _groups(rows: Sequence[Cell]) -> list[int]:
    """Return the number of each cell's group: cells in two groups share nobody."""
    leader = list(range(len(rows)))

    def find(row: int) -> int:
        while leader[row] != row:
            # Paths are halved on the way, or long chains of cells would take a square of the time.
            leader[row] = leader[leader[row]]
            row = leader[row]
        return row

    first: dict[Hashable, int] = {}
    for row, records in enumerate(rows):
        for record in records:
            leader[find(row)] = find(first.setdefault(record.person, row))
    return [find(row) for row in range(len(rows))]


def _contributors(records: Cell) -> set[tuple[Hashable, frozenset[Hashable]]]:
    """Return each person with the state of their records: two altered posts are one change."""
    posts: dict[Hashable, set[Hashable]] = defaultdict(set)
    for record in records:
        posts[record.person].add(record.id)
    return {(person, frozenset(ids)) for person, ids in posts.items()}


def _connected(records: Cell, cells: Sequence[Cell]) -> list[Cell]:
    """Return the cells that share people with these records, directly or through others."""
    people = {record.person for record in records}
    left = [(cell, {record.person for record in cell}) for cell in cells]
    found: list[Cell] = []
    while near := [each for each in left if not people.isdisjoint(each[1])]:
        left = [each for each in left if people.isdisjoint(each[1])]
        found += [cell for cell, _ in near]
        people = people.union(*(theirs for _, theirs in near))
    return found
