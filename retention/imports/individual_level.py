"""The individual-level workforce file: a line for each member of staff, without a name.

Its lines are counted and never kept: the identifier is reassigned every month and is not read at
all, so nobody can be followed. See docs/formats.md for its columns, editions and traps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from retention.imports import checks
from retention.imports.files import UnreadableFileError
from retention.imports.numbers import NumberError, Numbers, parse_fte
from retention.imports.reading import Values, read_rows
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
    there = table.position().keys()
    printed = next((pair for pair in MONTHS if set(pair) <= there), None)
    if printed is None and month is None:
        raise UnreadableFileError(
            "This file does not print its month. Give the month it is for, and load it again."
        )
    columns = dict(COLUMNS)
    if printed:
        columns |= {printed[0]: "year", printed[1]: "month"}
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
    if code in NOT_KNOWN:
        code = ""
    month = checks.parse_month(values["year"], values["month"]) if "month" in values else given
    problems = [
        checks.SUB_ICB.problem(code) if code else "",
        checks.name_problem("sub-ICB", values["sub_icb_name"]) if code else "",
        *(
            checks.name_problem(what, values[name])
            for what, name in (
                ("staff group", "staff_group"),
                ("role", "role"),
                ("age band", "age_band"),
                ("gender", "sex"),
            )
        ),
        ""
        if month
        else "The month is missing or not a month. Write the year as 2023, the month 2.",
        f"The file is for {month:%B %Y}, not for {given:%B %Y} as you gave."
        if month and given and month != given
        else "",
    ]
    fte: float | int | None = None
    try:
        fte = None if values["fte"].upper() in NOT_KNOWN else numbers[values["fte"]]
    except NumberError as error:
        problems.append(f"The FTE {error}.")
    if any(problems) or month is None:
        return Rejection(line, " ".join(problem for problem in problems if problem))
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


READER = Reader(
    format=FORMAT,
    title="the individual-level workforce file (“General Practice Workforce”: Individual Level)",
    signature=frozenset({"sub_icb_code", "staff_group", "staff_role", "age_band", "gender", "fte"}),
    read=read,
)
