"""Which people adding and subtracting released cells could single out.

A released figure is a sum over the records behind it. Whoever reads several cells, at several
dates, can form every linear combination of them; a combination tells of the people on whom it is
not zero. `reveals` asks whether all those groups are as large and as mixed as a cell must be.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
# Arithmetic modulo this prime is exact and fast. It gives the rank over the rationals for up to 22
# independent cells (Hadamard's bound for 0/1 matrices stays below it), and but for a chance in
# 10^9 beyond.
PRIME = 2**31 - 1
# Branches before the search gives up and calls the cells revealing: safe, at worst too strict.
BRANCHES = 2_000


@dataclass(frozen=True, slots=True)
class Record:
    """One state of one post behind a figure. An altered post is another record, same person."""

    id: Hashable
    person: Hashable
    practice: Hashable


Cell = frozenset[Record]
Allowed = Callable[[Collection[Record]], bool]


def reveals(cells: Sequence[Cell], allowed: Allowed) -> bool:
    """Return whether some linear combination of the cells tells of a group that is not allowed.

    cells: all that one reader may come to see, of every place and date. allowed: the rule for one
    group of records; it must hold for every larger group too. Exact, except that a search of more
    than BRANCHES steps ends with True.
    """
    matrix, kinds = _kinds(cells)
    # A combination that is not zero on records that may be shown by themselves is allowed.
    by_themselves = [allowed(records) for records in kinds]
    # What is left are the combinations that vanish on all such records: only these can reveal.
    left = _zero_on(_independent(matrix), np.flatnonzero(by_themselves))
    return _Search(allowed, kinds).finds(left)


def _kinds(cells: Sequence[Cell]) -> tuple[Integers, list[list[Record]]]:
    """Return the cells as rows of 0 and 1 over kinds of record, and the records of each kind.

    Records of a kind stand in the same cells, so that no combination can tell them apart.
    """
    # A bit for each cell: two records with one number can never be told apart.
    stands_in: dict[Record, int] = defaultdict(int)
    for row, cell in enumerate(cells):
        for record in cell:
            stands_in[record] |= 1 << row
    alike: dict[int, list[Record]] = defaultdict(list)
    for record, rows in stands_in.items():
        alike[rows].append(record)
    # The largest first: the sooner those taken may be shown, the shorter the search.
    kinds = dict(sorted(alike.items(), key=lambda each: (-len(each[1]), each[0])))
    matrix = [[rows >> row & 1 for rows in kinds] for row in range(len(cells))]
    return np.array(matrix, dtype=np.int64).reshape(len(cells), len(kinds)), list(kinds.values())


class _Search:
    """Looks through the combinations of some rows for a group that is not allowed."""

    def __init__(self, allowed: Allowed, kinds: Sequence[Sequence[Record]]) -> None:
        self.allowed = allowed
        self.kinds = kinds
        self.branches = 0

    def finds(self, rows: Integers, first: int = 0, taken: tuple[Record, ...] = ()) -> bool:
        """Return whether a combination that is not zero has a group that is not allowed.

        rows: independent. Kinds before `first` are decided: they are in `taken`, or the rows are
        zero on them. Each further kind is left out, or taken while what is taken is too small to
        be allowed.
        """
        self.branches += 1
        if not len(rows):
            return False
        if self.branches > BRANCHES:
            return True
        for at in range(first, len(self.kinds)):
            if not rows[:, at].any():
                continue
            # With one row left, leaving the kind out would leave the zero combination.
            if len(rows) > 1 and self.finds(_zero_on(rows, [at]), at + 1, taken):
                return True
            # From here on the combination is not zero on this kind, so its people are told of.
            taken = (*taken, *self.kinds[at])
            # The rule holds for larger groups too: nothing below this branch can be revealing.
            if self.allowed(taken):
                return False
        return True


def _zero_on(rows: Integers, columns: Iterable[int]) -> Integers:
    """Return a basis of the combinations of independent rows that are zero on the columns."""
    left = rows.copy()
    for column in columns:
        (at,) = np.nonzero(left[:, column])
        if len(at):
            left = _cleared(left, int(at[0]), column)
    return left


def _independent(rows: Integers) -> Integers:
    """Return independent rows with the same span."""
    left, kept = rows, []
    while len(left := left[left.any(axis=1)]):
        kept.append(left[0])
        left = _cleared(left, 0, int(np.flatnonzero(left[0])[0]))
    return np.array(kept, dtype=np.int64).reshape(len(kept), rows.shape[1])


def _cleared(rows: Integers, at: int, column: int) -> Integers:
    """Return the other rows with row `at` subtracted so that they are zero in the column."""
    # Division modulo a prime is multiplication by the inverse; below 2**31, products fit 64 bits.
    pivot = rows[at] * pow(int(rows[at, column]), -1, PRIME) % PRIME
    others = np.delete(rows, at, axis=0)
    cleared: Integers = (others - others[:, column, None] * pivot) % PRIME
    return cleared
