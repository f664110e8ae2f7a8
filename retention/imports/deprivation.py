"""Deprivation of the people a practice serves: one score for each practice."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from retention.imports import checks
from retention.imports.reading import Values, read_rows
from retention.imports.results import Reader, ReadResult, Rejection
from retention.imports.tables import Table

FORMAT = "deprivation"
COLUMNS: Mapping[str, str] = {
    "practice_code": "practice_code",
    "practice_name": "practice_name",
    "imd_year": "year",
    "imd_score": "score",
}
# The index runs from 0 (least deprived) to 100; no score of an area has been over 93.
SCORES = (0.0, 100.0)


@dataclass(frozen=True, slots=True)
class DeprivationRow:
    """A practice's score in an edition (year) of the Index of Multiple Deprivation."""

    line: int
    practice_code: str
    practice_name: str
    year: int
    score: float

    @property
    def month(self) -> date:
        """The first of the edition's year: an edition is of no month."""
        return date(self.year, 1, 1)


def read(table: Table, month: date | None = None) -> ReadResult[DeprivationRow]:
    """Read the scores; `month` is not used, since an edition is of a year.

    A row is rejected for a wrong code, name, year or score, and for a practice's second row.
    """
    seen: dict[tuple[str, str], int] = {}
    return read_rows(
        table,
        format=FORMAT,
        columns=COLUMNS,
        ignored=(),
        row=lambda line, values: _row(line, values, seen),
    )


def _row(line: int, values: Values, seen: dict[tuple[str, str], int]) -> DeprivationRow | Rejection:
    code, year = values["practice_code"].upper(), checks.parse_month(values["year"], "1")
    score = _score(values["score"])
    first = seen.setdefault((code, values["year"]), line)
    problems = [
        checks.PRACTICE.problem(code),
        checks.name_problem("practice", values["practice_name"]),
        "" if year else f"The year “{values['year'][:20]}” is not the year of an edition (2025).",
        "" if score is not None else "The score is not a number from 0 to 100, such as 24.556.",
        checks.repeat_problem(f"Practice {code}", first, line),
    ]
    if any(problems) or year is None or score is None:
        return Rejection.of(line, problems)
    return DeprivationRow(line, code, values["practice_name"], year.year, score)


def _score(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and SCORES[0] <= value <= SCORES[1] else None


READER = Reader(
    format=FORMAT,
    title="deprivation by practice (columns PRACTICE_CODE, PRACTICE_NAME, IMD_YEAR, IMD_SCORE)",
    signature=frozenset({"practice_code", "imd_year", "imd_score"}),
    read=read,
)
