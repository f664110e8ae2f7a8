"""The practice-level workforce file, high level: a line for each practice, role and measure.

It prints totals of the wide file in another form, never anything new. See docs/formats.md for its
columns and traps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from retention.imports import checks
from retention.imports.cells import Cell, Measure, StaffGroup
from retention.imports.numbers import NumberError, Numbers, parse_count, parse_fte
from retention.imports.reading import Values, month_columns, read_rows
from retention.imports.results import Reader, ReadResult, Rejection
from retention.imports.tables import Table

FORMAT = "practice_roles"
COLUMNS: Mapping[str, str] = {
    "prac_code": "practice_code",
    "prac_name": "practice_name",
    "staff_group": "staff_group",
    "detailed_staff_role": "role",
    "measure": "measure",
    "value": "value",
}
MONTH = ("year", "month")
GROUPS: Mapping[str, StaffGroup] = {
    "gp": "gp",
    "nurses": "nurses",
    "direct patient care": "dpc",
    "admin/non-clinical": "admin",
}
MEASURES: Mapping[str, Measure] = {"headcount": "hc", "fte": "fte"}
# The role of the lines that print a staff group's own total.
TOTAL = "Total"


@dataclass(frozen=True)
class _Line:
    line: int
    practice_code: str
    practice_name: str
    month: date
    key: tuple[StaffGroup, str, Measure]
    value: Cell


@dataclass
class PracticeRolesRow:
    """One practice and month; `values` by staff group, role as printed, and measure.

    None is not known. `line` is the practice's first.
    """

    line: int
    practice_code: str
    practice_name: str
    month: date
    values: dict[tuple[StaffGroup, str, Measure], Cell] = field(default_factory=dict)


def read(table: Table, month: date | None = None) -> ReadResult[PracticeRolesRow]:
    """Read the file; a row of the result is a practice in a month, in the order of the file.

    `month` (a first day) is needed where none is printed, and must agree where one is. A line is
    rejected for a wrong code, staff group, measure or number, and if it stands there twice.
    """
    reading = _Reading(month)
    lines = read_rows(
        table,
        format=FORMAT,
        columns={**COLUMNS, **month_columns(table, (MONTH,), month)},
        ignored=(),
        row=reading.line,
    )
    practices = _practices(lines.rows, lines.rejected)
    return ReadResult(
        format=FORMAT,
        rows=practices,
        row_count=len(practices) + len(lines.rejected),
        rejected=lines.rejected,
        warnings=lines.warnings,
        unknown_columns=lines.unknown_columns,
        member=lines.member,
    )


def _practices(lines: Iterable[_Line], rejected: list[Rejection]) -> list[PracticeRolesRow]:
    """Put the lines of each practice and month together; a second one for a figure is rejected."""
    practices: dict[tuple[str, date], PracticeRolesRow] = {}
    for item in lines:
        row = practices.setdefault(
            (item.practice_code, item.month),
            PracticeRolesRow(item.line, item.practice_code, item.practice_name, item.month),
        )
        if item.key in row.values:
            group, role, measure = item.key
            rejected.append(
                Rejection(
                    item.line,
                    f"Practice {item.practice_code} already has a line for {group}, “{role}”, "
                    f"{measure}. Keep one of the two lines.",
                )
            )
        row.values[item.key] = item.value
    return list(practices.values())


class _Reading:
    """Reads lines; the same texts stand in most of them, so numbers are parsed once."""

    def __init__(self, month: date | None) -> None:
        self.given = month
        self.numbers = {"hc": Numbers(parse_count), "fte": Numbers(parse_fte)}

    def line(self, line: int, values: Values) -> _Line | Rejection:
        """Return one line as read, or what is wrong with it."""
        code = values["practice_code"].upper()
        group = GROUPS.get(values["staff_group"].lower())
        measure = MEASURES.get(values["measure"].lower())
        month, month_problem = checks.month_of(values, self.given)
        problems = [
            checks.PRACTICE.problem(code),
            checks.name_problem("practice", values["practice_name"]),
            checks.name_problem("role", values["role"]),
            "" if group else f"The staff group “{values['staff_group'][:40]}” is not known.",
            "" if measure else f"The measure “{values['measure'][:20]}” is not Headcount or FTE.",
            month_problem,
        ]
        value, value_problem = self._value(measure, values["value"])
        problems.append(value_problem)
        if any(problems) or group is None or measure is None or month is None:
            return Rejection.of(line, problems)
        role = TOTAL if values["role"].lower() == TOTAL.lower() else values["role"]
        key = (group, role, measure)
        return _Line(line, code, values["practice_name"], month, key, value)

    def _value(self, measure: Measure | None, text: str) -> tuple[Cell, str]:
        """Return a figure and what is wrong with it; without its measure it cannot be read."""
        if measure is None:
            return None, ""
        try:
            return self.numbers[measure][text], ""
        except NumberError as error:
            return None, f"The value {error}."


READER = Reader(
    format=FORMAT,
    title="the practice-level workforce file (“General Practice Workforce”: Practice Level, High "
    "level)",
    signature=frozenset({"prac_code", "staff_group", "detailed_staff_role", "measure", "value"}),
    read=read,
)
