"""Whether a practice is rural or urban, as the yearly publication of payments prints it.

Nothing of the payments is read. See docs/formats.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from retention.imports import checks
from retention.imports.files import UnreadableFileError
from retention.imports.reading import Values, read_rows
from retention.imports.results import Reader, ReadResult, Rejection
from retention.imports.tables import Table

FORMAT = "practice_rurality"
COLUMNS: Mapping[str, str] = {
    "practice code": "practice_code",
    "practice name": "practice_name",
    "practice rurality": "rurality",
}
_RURAL = {"rural": True, "urban": False}
# A practice whose postcode the publisher could not place.
_NOT_KNOWN = frozenset({"", "-", "na", "n/a", "unknown", "not known"})
_MARCH = 3
NO_YEAR = (
    "This file does not print its financial year. Give the month in which the year ends (for "
    "2024/25: 2025-03) together with the file."
)


@dataclass(frozen=True, slots=True)
class RuralityRow:
    """A practice in a financial year: rural, urban (False), or not known (None).

    `year` is the one in which the financial year ends.
    """

    line: int
    practice_code: str
    practice_name: str
    year: int
    rural: bool | None

    @property
    def month(self) -> date:
        """The last month of the financial year, by its first day."""
        return date(self.year, _MARCH, 1)


def read(table: Table, month: date | None = None) -> ReadResult[RuralityRow]:
    """Read the practices; `month` is any month of the file's financial year, which it lacks.

    A row is rejected for a wrong code or name, a class that is none, and for a practice's second
    row that says otherwise. Raises UnreadableFileError without a month.
    """
    if month is None:
        raise UnreadableFileError(NO_YEAR)
    year = month.year + (month.month > _MARCH)
    seen: dict[str, tuple[int, str]] = {}
    return read_rows(
        table,
        format=FORMAT,
        columns=COLUMNS,
        # Some sixty columns of money, which differ from year to year: none is our business.
        ignored=table.columns,
        row=lambda line, values: _row(line, values, year, seen),
    )


def _row(
    line: int, values: Values, year: int, seen: dict[str, tuple[int, str]]
) -> RuralityRow | Rejection:
    code, said = values["practice_code"].upper(), values["rurality"].lower()
    # A practice whose contract changed within the year may be paid on two lines.
    first, said_first = seen.setdefault(code, (line, said))
    problems = [
        checks.PRACTICE.problem(code),
        checks.name_problem("practice", values["practice_name"]),
        ""
        if said in _RURAL or said in _NOT_KNOWN
        else f"The rurality “{values['rurality'][:20]}” is not Rural or Urban.",
        checks.repeat_problem(f"Practice {code}", first, line) if said != said_first else "",
    ]
    if any(problems):
        return Rejection.of(line, problems)
    return RuralityRow(line, code, values["practice_name"], year, _RURAL.get(said))


READER = Reader(
    format=FORMAT,
    title="rurality by practice (“NHS Payments to General Practice”: practice file)",
    signature=frozenset(COLUMNS),
    read=read,
)
