"""The individual-level workforce file: a line for each member of staff, without a name.

Its lines are counted and never kept: the identifier is reassigned every month and is not read at
all, so nobody can be followed. See docs/formats.md for its columns, editions and traps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from retention.imports import checks
from retention.imports.cells import Cell
from retention.imports.numbers import NumberError, Numbers, parse_fte
from retention.imports.reading import Values, month_columns, read_rows
from retention.imports.results import Reader, ReadResult, Rejection
from retention.imports.tables import Table

FORMAT = "individual_level"
COLUMNS: Mapping[str, str] = {
    "sub_icb_code": "sub_icb_code",
    "sub_icb_name": "sub_icb_name",
    "data_source": "source",
    "staff_group": "staff_group",
    "staff_role": "role",
    "detailed_staff_role": "detailed_role",
    "age_band": "age_band",
    "gender": "sex",
    "fte": "fte",
}
MONTHS = (("snapshot_year", "snapshot_month"), ("year", "month"))
# The identifier on purpose; a single year of age would say more than a count of a place needs.
IGNORED = (
    "unique_identifier",
    "age_years",
    "comm_region_code",
    "comm_region_name",
    "icb_code",
    "icb_name",
    "country_qualification_area",
    "country_qualification_group",
    "snapshot_year",
    "snapshot_month",
    "snapshot_date",
    "year",
    "month",
)
# Trainees whose practice is not known have no area either.
NOT_KNOWN = frozenset({"", "NULL", "NA", "UNKNOWN"})
# Fields that every line has, and what they are called in a reason.
NAMED: Mapping[str, str] = {
    "staff_group": "staff group",
    "role": "role",
    "age_band": "age band",
    "sex": "gender",
}


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A line: one member of staff in one role; 1.0 FTE is 37.5 hours a week, None is not known.

    `sub_icb_code` is empty where the file names no area.
    """

    line: int
    month: date
    sub_icb_code: str
    sub_icb_name: str
    source: str
    staff_group: str
    role: str
    detailed_role: str
    age_band: str
    sex: str
    fte: float | None


def read(table: Table, month: date | None = None) -> ReadResult[StaffRow]:
    """Read the file; `month` (a first day) is needed where no month is printed, and must agree.

    A line is rejected for a wrong area code, month or FTE, or without a group or role.
    """
    columns = {**COLUMNS, **month_columns(table, MONTHS, month)}
    numbers = Numbers(parse_fte)
    return read_rows(
        table,
        format=FORMAT,
        columns=columns,
        ignored=IGNORED,
        row=lambda line, values: _row(line, values, month, numbers),
    )


def _row(line: int, values: Values, given: date | None, numbers: Numbers) -> StaffRow | Rejection:
    code = values["sub_icb_code"].upper()
    # Kept as a line without an area: to reject it would refuse the file.
    if code in NOT_KNOWN:
        code = ""
    month, month_problem = checks.month_of(values, given)
    fte, fte_problem = _fte(values["fte"], numbers)
    problems = [
        *_area_problems(code, values["sub_icb_name"]),
        *(checks.name_problem(what, values[name]) for name, what in NAMED.items()),
        month_problem,
        fte_problem,
    ]
    if any(problems) or month is None:
        return Rejection.of(line, problems)
    return StaffRow(
        line=line,
        month=month,
        sub_icb_code=code,
        sub_icb_name=values["sub_icb_name"],
        source=values["source"],
        staff_group=values["staff_group"],
        role=values["role"],
        detailed_role=values["detailed_role"],
        age_band=values["age_band"],
        sex=values["sex"],
        fte=fte,
    )


def _area_problems(code: str, name: str) -> tuple[str, ...]:
    """Say what is wrong with a sub-ICB; a line may name none."""
    return (checks.SUB_ICB.problem(code), checks.name_problem("sub-ICB", name)) if code else ()


def _fte(text: str, numbers: Numbers) -> tuple[Cell, str]:
    """Return the FTE (None if not known) and what is wrong with it."""
    if text.upper() in NOT_KNOWN:
        return None, ""
    try:
        return numbers[text], ""
    except NumberError as error:
        return None, f"The FTE {error}."


READER = Reader(
    format=FORMAT,
    title="the individual-level workforce file (“General Practice Workforce”: Individual Level)",
    signature=frozenset({"sub_icb_code", "staff_group", "staff_role", "age_band", "gender", "fte"}),
    read=read,
)
