"""What every reader gives back: the rows it could use, and what was wrong with the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from retention.imports.files import UnreadableFileError
from retention.imports.tables import Table
from retention.imports.workbook import Sheet

Row = TypeVar("Row", covariant=True)

# Names printed in a warning before it says how many more there are.
NAMES_IN_A_WARNING = 10
# A file with more is another file; without a limit its reasons alone would fill the memory.
MAX_REJECTIONS = 10_000


@dataclass(frozen=True)
class Rejection:
    """A row that cannot be used.

    `line` counts lines of the file from 1 (the header is usually line 1); a row that spreads over
    several lines is named by its first. `reason` says what is wrong and what to do.
    """

    line: int
    reason: str

    @classmethod
    def of(cls, line: int, problems: Iterable[str]) -> Rejection:
        """Return a row's rejection for what its checks said; an empty text is a check passed."""
        return cls(line, " ".join(problem for problem in problems if problem))


class Rejections(list[Rejection]):
    """The rows that cannot be used, up to the number at which reading on helps nobody."""

    def append(self, rejection: Rejection) -> None:
        """Add one; raises UnreadableFileError when there are too many."""
        if len(self) >= MAX_REJECTIONS:
            first = self[0]
            raise UnreadableFileError(
                f"More than {MAX_REJECTIONS:,} rows cannot be used, so reading stopped. The first "
                f"is line {first.line}: {first.reason} Check that this is the right file."
            )
        super().append(rejection)


@dataclass(frozen=True)
class ReadResult(Generic[Row]):
    """One file as read: `len(rows) + len(rejected) == row_count`, the header not counted.

    `member` is the name inside a zip, empty otherwise. `unknown_columns` were not read;
    `missing_columns` are not in this edition of the file.
    """

    format: str
    rows: Sequence[Row]
    row_count: int
    rejected: list[Rejection] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unknown_columns: tuple[str, ...] = ()
    missing_columns: tuple[str, ...] = ()
    member: str = ""


@dataclass(frozen=True)
class Reader:
    """One file format: how to know it, and the function that reads it.

    `signature` holds lower-case column names that the format always has and no other has together.
    `read` takes the table and the month given by the user, for editions that print none.
    """

    format: str
    title: str
    signature: frozenset[str]
    read: Callable[[Table, date | None], ReadResult[Any]]
    headerless: Headerless | None = None


@dataclass(frozen=True)
class Headerless:
    """How to know a file without a header by its first row, and what its columns are called."""

    columns: tuple[str, ...]
    knows: Callable[[Sequence[str]], bool]


@dataclass(frozen=True)
class WorkbookReader:
    """A format that is several sheets together, known by looking at them."""

    format: str
    title: str
    knows: Callable[[Sequence[Sheet]], bool]
    read: Callable[[Sequence[Sheet], date | None], ReadResult[Any]]


def shortened(names: Sequence[str]) -> str:
    """Name the first few of many, and say how many more there are."""
    shown = ", ".join(names[:NAMES_IN_A_WARNING])
    rest = len(names) - NAMES_IN_A_WARNING
    return f"{shown} and {rest} more" if rest > 0 else shown


def counted(number: int, one: str, many: str) -> str:
    """Write a number with its noun: "1 row", "1,204 rows"."""
    return f"{number:,} {one if number == 1 else many}"


def column_warnings(unknown: Sequence[str], missing: Sequence[str]) -> list[str]:
    """Say which columns were left out, and which this edition does not have."""
    warnings = []
    if unknown:
        columns = counted(len(unknown), "column is", "columns are")
        warnings.append(f"{columns} unknown and not read: {shortened(unknown)}.")
    if missing:
        columns = counted(len(missing), "column is", "columns are")
        warnings.append(f"{columns} not in this edition: {shortened(missing)}.")
    return warnings
