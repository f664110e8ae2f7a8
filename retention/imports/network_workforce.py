"""Staff of the primary care networks: the individual-level file, one line for each post.

Its lines are counted by network and role and never kept: the identifier is not read at all. See
docs/formats.md for its columns, editions and traps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from retention.imports import checks
from retention.imports.numbers import NumberError, parse_fte
from retention.imports.reading import Values, month_columns, read_rows
from retention.imports.results import Reader, ReadResult, Rejection
from retention.imports.tables import Table

FORMAT = "network_workforce"
COLUMNS: Mapping[str, str] = {
    "pcn_code": "network_code",
    "pcn_name": "network_name",
    "staff_group": "staff_group",
    "staff_role": "role",
    "fte": "fte",
}
# Not in every edition; empty where it is missing.
SOMETIMES: Mapping[str, str] = {"data_source": "source", "detailed_staff_role": "detailed_role"}
# The definitions beside the file say YEAR and MONTH, the file itself CENSUS_YEAR and CENSUS_MONTH.
MONTHS = (("census_year", "census_month"), ("year", "month"))
# The identifier is reassigned, and the areas are the practice map's to tell.
IGNORED = (
    "unique_identifier",
    "sub_icb_code",
    "sub_icb_name",
    "icb_code",
    "icb_name",
    "comm_region_code",
    "comm_region_name",
)
NETWORK = checks.Code("network (PCN) code", checks.NETWORK.pattern, "U and five digits (U89141)")
# A person can hold several posts; one line of 6.7 FTE is printed, of a contracted service.
MOST_FTE = 100


@dataclass(frozen=True, slots=True)
class NetworkPostRow:
    """A line: a post, or part of a contracted service; 1.0 FTE is 37.5 hours a week."""

    line: int
    month: date
    network_code: str
    network_name: str
    source: str
    staff_group: str
    role: str
    detailed_role: str
    fte: float | None


def read(table: Table, month: date | None = None) -> ReadResult[NetworkPostRow]:
    """Read the file; `month` (a first day) is needed where no month is printed, and must agree.

    A line is rejected for a wrong network code, month or FTE, or without a role.
    """
    there = table.position()
    sometimes = {name: to for name, to in SOMETIMES.items() if name in there}
    return read_rows(
        table,
        format=FORMAT,
        columns={**COLUMNS, **sometimes, **month_columns(table, MONTHS, month)},
        ignored=IGNORED,
        row=lambda line, values: _row(line, values, month),
    )


def _row(line: int, values: Values, given: date | None) -> NetworkPostRow | Rejection:
    code = values["network_code"].upper()
    month, month_problem = checks.month_of(values, given)
    fte, number_problem = _fte(values["fte"])
    problems = [
        # U is no network, and staff of none cannot be counted anywhere.
        NETWORK.problem("" if code == "U" else code),
        checks.name_problem("network", values["network_name"]),
        checks.name_problem("staff group", values["staff_group"]),
        checks.name_problem("role", values["role"]),
        number_problem,
        month_problem,
    ]
    if any(problems) or month is None:
        return Rejection.of(line, problems)
    return NetworkPostRow(
        line=line,
        month=month,
        network_code=code,
        network_name=values["network_name"],
        source=values.get("source", ""),
        staff_group=values["staff_group"],
        role=values["role"],
        detailed_role=values.get("detailed_role", ""),
        fte=fte,
    )


def _fte(text: str) -> tuple[float | None, str]:
    """Return the FTE (None if not known) and what is wrong with it."""
    try:
        fte = parse_fte(text)
    except NumberError as error:
        return None, f"The FTE {error}."
    if fte is not None and fte > MOST_FTE:
        return None, f"The FTE {fte:g} is more than any post has. Correct the number."
    return fte, ""


READER = Reader(
    format=FORMAT,
    title="the network workforce file (“Primary Care Network Workforce”: Individual Level)",
    signature=frozenset({"pcn_code", "staff_group", "staff_role", "fte"}),
    read=read,
)
