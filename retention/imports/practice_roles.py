"""The practice-level workforce file, high level: a line for each practice, role and measure.

It prints totals of the wide file in another form, never anything new. See docs/formats.md for its
columns and traps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from retention.imports import checks
from retention.imports.cells import Cell, Measure, StaffGroup
from retention.imports.files import UnreadableFileError
from retention.imports.numbers import NumberError, Numbers, parse_count, parse_fte
from retention.imports.reading import Values, read_rows
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
    printed = set(MONTH) <= table.position().keys()
    if not printed and month is None:
        raise UnreadableFileError(
            "This file does not print its month. Give the month it is for (year and month, such as "
            "2025-06) together with the file."
        )
    reading = _Reading(month)
    lines = read_rows(
        table,
        format=FORMAT,
        columns={**COLUMNS, **({name: name for name in MONTH} if printed else {})},
        ignored=(),
        row=reading.line,
    )
    practices: dict[tuple[str, date], PracticeRolesRow] = {}
    for item in lines.rows:
        row = practices.setdefault(
            (item.practice_code, item.month),
            PracticeRolesRow(item.line, item.practice_code, item.practice_name, item.month),
        )
        if item.key in row.values:
            group, role, measure = item.key
            lines.rejected.append(
                Rejection(
                    item.line,
                    f"Practice {item.practice_code} already has a line for {group}, “{role}”, "
                    f"{measure}. Keep one of the two lines.",
                )
            )
        row.values[item.key] = item.value
    return ReadResult(
        format=FORMAT,
        rows=list(practices.values()),
        row_count=len(practices) + len(lines.rejected),
        rejected=lines.rejected,
        warnings=lines.warnings,
        unknown_columns=lines.unknown_columns,
        member=lines.member,
    )


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
        month, month_problem = self._month(values)
        problems = [
            checks.PRACTICE.problem(code),
            checks.name_problem("practice", values["practice_name"]),
            checks.name_problem("role", values["role"]),
            "" if group else f"The staff group “{values['staff_group'][:40]}” is not known.",
            "" if measure else f"The measure “{values['measure'][:20]}” is not Headcount or FTE.",
            month_problem,
        ]
        value: Cell = None
        if measure:
            try:
                value = self.numbers[measure][values["value"]]
            except NumberError as error:
                problems.append(f"The value {error}.")
        if any(problems) or group is None or measure is None or month is None:
            return Rejection(line, " ".join(problem for problem in problems if problem))
        role = TOTAL if values["role"].lower() == TOTAL.lower() else values["role"]
        key = (group, role, measure)
        return _Line(line, code, values["practice_name"], month, key, value)

    def _month(self, values: Values) -> tuple[date | None, str]:
        if "year" not in values:
            return self.given, ""
        month = checks.parse_month(values["year"], values["month"])
        if month is None:
            return None, "The year and month are not valid. Write them as 2025 and 06."
        if self.given and month != self.given:
            return None, f"The row is for {month:%B %Y}, not for {self.given:%B %Y} as you gave."
        return month, ""


READER = Reader(
    format=FORMAT,
    title="the practice-level workforce file (“General Practice Workforce”: Practice Level, High "
    "level)",
    signature=frozenset({"prac_code", "staff_group", "detailed_staff_role", "measure", "value"}),
    read=read,
)
