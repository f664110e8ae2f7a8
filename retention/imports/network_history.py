"""Networks and their practices with dates: the ODS workbook `ePCN`, both sheets together.

See docs/formats.md for its columns and traps.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from retention.imports import checks
from retention.imports.files import UnreadableFileError
from retention.imports.reading import Values, read_rows
from retention.imports.results import ReadResult, Rejection, Rejections, WorkbookReader
from retention.imports.tables import Table, open_table
from retention.imports.workbook import Sheet

FORMAT = "network_history"
NETWORK_COLUMNS: Mapping[str, str] = {
    "pcn code": "network_code",
    "pcn name": "network_name",
    "current sub icb loc code": "sub_icb_code",
    "sub icb location": "sub_icb_name",
    "open date": "starts",
    "close date": "ends",
}
NETWORK_IGNORED = (*(f"address line {n}" for n in range(1, 6)), "postcode")
MEMBER_COLUMNS: Mapping[str, str] = {
    "partner organisation code": "practice_code",
    "partner name": "practice_name",
    "practice parent sub icb loc code": "sub_icb_code",
    "practice parent sub icb loc name": "sub_icb_name",
    "pcn code": "network_code",
    "pcn name": "network_name",
    "practice to pcn relationship start date": "starts",
    "practice to pcn relationship end date": "ends",
}
MEMBER_IGNORED = (
    "pcn parent sub icb loc code",
    "pcn parent sub icb loc name",
    "practice sub icb loc and pcn sub icb loc match",
)
NETWORK = checks.Code("network (PCN) code", checks.NETWORK.pattern, "U and five digits (U89141)")
# Networks were formed on 1 July 2019; a few are dated from the spring.
FIRST_YEAR = 2019
DAY = dt.timedelta(days=1)
# The list corrects itself with periods of a day or two beside the right one (11 practices).
MOST_OVERLAP = 7 * DAY


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """A network with its first and last day (None while it is open)."""

    line: int
    network_code: str
    network_name: str
    sub_icb_code: str
    sub_icb_name: str
    starts: dt.date
    ends: dt.date | None
    month: dt.date


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A practice in a network, with the first and last day (None while it lasts)."""

    line: int
    practice_code: str
    practice_name: str
    network_code: str
    network_name: str
    sub_icb_code: str
    sub_icb_name: str
    starts: dt.date
    ends: dt.date | None
    month: dt.date


@dataclass(frozen=True, slots=True)
class Period:
    """A practice in a network from a day (in) until a day (out)."""

    network_code: str
    starts_on: dt.date
    ends_on: dt.date | None


HistoryRow = NetworkRow | MemberRow


def knows(sheets: Sequence[Sheet]) -> bool:
    """Whether one of the sheets is the networks' or the practices'."""
    return any(
        _fits(table, NETWORK_COLUMNS) or _fits(table, MEMBER_COLUMNS) for table in _tables(sheets)
    )


def read(sheets: Sequence[Sheet], month: dt.date | None = None) -> ReadResult[HistoryRow]:
    """Read both sheets; `month` is the edition's, else that of the latest date they print.

    A row is rejected for a wrong code, name or date, an end before its start, a network's second
    row, or a practice in two networks at once. Raises UnreadableFileError if a sheet is missing.
    """
    tables = _tables(sheets)
    networks = next((table for table in tables if _fits(table, NETWORK_COLUMNS)), None)
    members = next((table for table in tables if _fits(table, MEMBER_COLUMNS)), None)
    if networks is None or members is None:
        raise UnreadableFileError(
            "This looks like the ODS list of networks, but one of its two sheets (networks; the "
            "practices in each) is missing. Choose the workbook as published."
        )
    seen: dict[str, int] = {}
    found = read_rows(
        networks,
        format=FORMAT,
        columns=NETWORK_COLUMNS,
        ignored=NETWORK_IGNORED,
        row=lambda line, values: _network(line, values, seen),
    )
    periods: dict[str, list[MemberRow]] = {}
    joined = read_rows(
        members,
        format=FORMAT,
        columns=MEMBER_COLUMNS,
        ignored=MEMBER_IGNORED,
        row=lambda line, values: _member(line, values, periods),
    )
    return _together((networks, found), (joined, members), month)


def _together(
    first: tuple[Table, ReadResult[NetworkRow]],
    second: tuple[ReadResult[MemberRow], Table],
    month: dt.date | None,
) -> ReadResult[HistoryRow]:
    (networks, found), (joined, members) = first, second
    rows: list[HistoryRow] = [*found.rows, *joined.rows]
    rejected = Rejections()
    for table, result in ((networks, found), (members, joined)):
        for item in result.rejected:
            rejected.append(Rejection(item.line, f"Sheet “{table.file.member}”: {item.reason}"))
    # By starts alone: ends are printed ahead of time.
    latest = max((row.starts for row in rows), default=dt.date(FIRST_YEAR, 7, 1)).replace(day=1)
    if rows and month and month < latest:
        row = rows.pop()
        rejected.append(
            Rejection(
                row.line,
                f"The list has dates as late as {latest:%B %Y}: it is not of {month:%B %Y}.",
            )
        )
    return ReadResult(
        format=FORMAT,
        rows=[replace(row, month=month or latest) for row in rows],
        row_count=len(rows) + len(rejected),
        rejected=rejected,
        warnings=[*found.warnings, *joined.warnings],
        unknown_columns=(*found.unknown_columns, *joined.unknown_columns),
        member=members.file.member,
    )


def _tables(sheets: Sequence[Sheet]) -> list[Table]:
    """Open the sheets that have a header; others hold notes, and nothing of this list."""
    tables = []
    for sheet in sheets:
        try:
            tables.append(open_table(sheet))
        except UnreadableFileError:
            continue
    return tables


def _fits(table: Table, columns: Mapping[str, str]) -> bool:
    return columns.keys() <= set(table.columns)


def _dates(values: Values) -> tuple[dt.date | None, dt.date | None, str]:
    """Return the first and last day of a row, and what is wrong with them."""
    starts = checks.parse_day(values["starts"], FIRST_YEAR)
    ends = checks.parse_day(values["ends"], FIRST_YEAR) if values["ends"] else None
    if starts is None:
        return (
            None,
            None,
            f"The start “{values['starts'][:20]}” is not a day since 2019 (20191001).",
        )
    if values["ends"] and ends is None:
        return None, None, f"The end “{values['ends'][:20]}” is not a day since 2019 (20200331)."
    if ends and ends < starts:
        return None, None, f"It ends ({ends:%d %B %Y}) before it starts ({starts:%d %B %Y})."
    return starts, ends, ""


def _network(line: int, values: Values, seen: dict[str, int]) -> NetworkRow | Rejection:
    starts, ends, date_problem = _dates(values)
    code = values["network_code"].upper()
    first = seen.setdefault(code, line)
    problems = [
        *_place_problems(values),
        date_problem,
        checks.repeat_problem(f"Network {code}", first, line),
    ]
    if any(problems) or starts is None:
        return Rejection.of(line, problems)
    return NetworkRow(
        line=line,
        network_code=code,
        network_name=values["network_name"],
        sub_icb_code=values["sub_icb_code"].upper(),
        sub_icb_name=values["sub_icb_name"],
        starts=starts,
        ends=ends,
        month=starts.replace(day=1),
    )


def _member(
    line: int, values: Values, periods: dict[str, list[MemberRow]]
) -> MemberRow | Rejection:
    starts, ends, date_problem = _dates(values)
    practice = values["practice_code"].upper()
    problems = [
        checks.PRACTICE.problem(practice),
        checks.name_problem("practice", values["practice_name"]),
        *_place_problems(values),
        date_problem,
    ]
    if any(problems) or starts is None:
        return Rejection.of(line, problems)
    row = MemberRow(
        line=line,
        practice_code=practice,
        practice_name=values["practice_name"],
        network_code=values["network_code"].upper(),
        network_name=values["network_name"],
        sub_icb_code=values["sub_icb_code"].upper(),
        sub_icb_name=values["sub_icb_name"],
        starts=starts,
        ends=ends,
        month=starts.replace(day=1),
    )
    others = periods.setdefault(practice, [])
    if other := next((one for one in others if _overlap(one, row) > MOST_OVERLAP), None):
        return Rejection(
            line,
            f"Practice {practice} is in network {other.network_code} at the same time (line "
            f"{other.line}). Correct the dates of one of them.",
        )
    others.append(row)
    return row


def _place_problems(values: Values) -> list[str]:
    return [
        NETWORK.problem(
            "" if values["network_code"].upper() == "U" else values["network_code"].upper()
        ),
        checks.name_problem("network", values["network_name"]),
        checks.SUB_ICB.problem(values["sub_icb_code"].upper()),
        checks.name_problem("sub-ICB", values["sub_icb_name"]),
    ]


def _overlap(one: MemberRow, other: MemberRow) -> dt.timedelta:
    """Return for how long two periods, first and last day included, hold at once."""
    last = min(one.ends or dt.date.max, other.ends or dt.date.max)
    return max(last - max(one.starts, other.starts), -DAY) + DAY


def periods(rows: Iterable[MemberRow]) -> list[Period]:
    """Return one practice's periods in order, none at the same time as another.

    The list corrects itself with periods of a day or two beside the right one: of two that start
    together the shorter is dropped, and so is one that lies inside another; else the earlier ends
    as the later starts.
    """
    found: list[Period] = []
    for row in sorted(rows, key=lambda row: (row.starts, row.ends or dt.date.max)):
        if found and _lies_inside(row, found[-1]):
            continue
        _make_room(found, row.starts)
        found.append(Period(row.network_code, row.starts, row.ends + DAY if row.ends else None))
    return found


def _make_room(found: list[Period], day: dt.date) -> None:
    """Have what began before a day end by it, and drop what begins on it."""
    if found and found[-1].starts_on == day:
        found.pop()
    if found and (found[-1].ends_on is None or found[-1].ends_on > day):
        found[-1] = replace(found[-1], ends_on=day)


def _lies_inside(row: MemberRow, period: Period) -> bool:
    """Whether a row begins after a period and ends before it."""
    if row.starts <= period.starts_on or row.ends is None:
        return False
    return period.ends_on is None or row.ends + DAY < period.ends_on


READER = WorkbookReader(
    format=FORMAT,
    title="networks and their practices with dates (ODS workbook ePCN)",
    knows=knows,
    read=read,
)
