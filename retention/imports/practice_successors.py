"""Practices that merged into another: a CSV that a hub keeps, since no open file prints it.

Columns PRACTICE_CODE, SUCCESSOR_CODE and MERGED_ON. See docs/formats.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from retention.imports import checks
from retention.imports.reading import Values, read_rows
from retention.imports.results import Reader, ReadResult, Rejection
from retention.imports.tables import Table

FORMAT = "practice_successors"
COLUMNS: Mapping[str, str] = {
    "practice_code": "practice_code",
    "successor_code": "successor_code",
    "merged_on": "merged_on",
}
SUCCESSOR = checks.Code("successor's code", checks.PRACTICE.pattern, checks.PRACTICE.shape)
FIRST_YEAR = 1948


@dataclass(frozen=True, slots=True)
class SuccessorRow:
    """The practice that has looked after another's patients since a day."""

    line: int
    practice_code: str
    successor_code: str
    merged_on: date

    @property
    def month(self) -> date:
        """The first of the month of the merger."""
        return self.merged_on.replace(day=1)


def read(table: Table, month: date | None = None) -> ReadResult[SuccessorRow]:
    """Read the mergers; `month` is not used, since each row has its day.

    A row is rejected for a wrong code or day, a practice's second row, or one that succeeds itself.
    """
    seen: dict[str, int] = {}
    return read_rows(
        table,
        format=FORMAT,
        columns=COLUMNS,
        ignored=(),
        row=lambda line, values: _row(line, values, seen),
    )


def _row(line: int, values: Values, seen: dict[str, int]) -> SuccessorRow | Rejection:
    code, successor = values["practice_code"].upper(), values["successor_code"].upper()
    merged_on = checks.parse_day(values["merged_on"], FIRST_YEAR)
    first = seen.setdefault(code, line)
    problems = [
        checks.PRACTICE.problem(code),
        SUCCESSOR.problem(successor),
        "" if merged_on else "The day of the merger is missing or no day. Write it as 2025-04-01.",
        "A practice cannot succeed itself." if code == successor else "",
        checks.repeat_problem(f"Practice {code}", first, line),
    ]
    if any(problems) or merged_on is None:
        return Rejection.of(line, problems)
    return SuccessorRow(line, code, successor, merged_on)


READER = Reader(
    format=FORMAT,
    title="mergers of practices (columns PRACTICE_CODE, SUCCESSOR_CODE, MERGED_ON)",
    signature=frozenset(COLUMNS),
    read=read,
)
