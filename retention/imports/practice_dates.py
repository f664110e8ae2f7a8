"""Practices with their opening and closing dates: the ODS list `epraccur`, which has no header.

The list holds every prescribing cost centre; only GP practices of England are kept. See
docs/formats.md for its columns and traps.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from retention.imports import checks
from retention.imports.reading import Values, read_rows
from retention.imports.results import Headerless, Reader, ReadResult, Rejection, counted
from retention.imports.tables import Table

FORMAT = "practice_dates"
WIDTH = 27
# Place (from 1) of each column that is used, and its field.
USED = {
    1: "practice_code",
    2: "practice_name",
    4: "icb_code",
    10: "postcode",
    11: "opened",
    12: "closed",
    13: "status",
    15: "sub_icb_code",
    16: "joined",
    17: "left",
    26: "setting",
}
COLUMNS = tuple(USED.get(place, f"column {place}") for place in range(1, WIDTH + 1))
GP_PRACTICE = "4"
WELSH = "W"
# The National Health Service begins.
FIRST_YEAR = 1948
STATUSES = {"A": "active", "C": "closed", "D": "dormant", "P": "proposed"}


@dataclass(frozen=True, slots=True)
class PracticeDatesRow:
    """A practice with the days it opened and closed (its last day; None while it is open).

    `joined` and `left` are its days in the sub-ICB (its last CCG, for one that closed before).
    `month` is the first of the edition's: given, or that of the latest date that the list prints.
    """

    line: int
    practice_code: str
    practice_name: str
    postcode: str
    opened: date
    closed: date | None
    sub_icb_code: str
    joined: date
    left: date | None
    icb_code: str
    month: date


@dataclass
class _Passed:
    """What was passed over, and the latest date of anything in the list."""

    rows: int = 0
    latest: date = date(FIRST_YEAR, 1, 1)

    def note(self, *dates: date | None) -> None:
        self.latest = max([self.latest, *(day for day in dates if day)])


def knows(first: Sequence[str]) -> bool:
    """Whether a first row is this list's: 27 cells, with a code, dates and a setting in place."""
    cells = [cell.strip() for cell in first]
    return (
        len(cells) == WIDTH
        and re.fullmatch("[A-Z][A-Z0-9]{2,7}", cells[0].strip("\ufeff")) is not None
        and checks.EIGHT_DIGITS.fullmatch(cells[10]) is not None
        and cells[12] in STATUSES
        and cells[25].isdigit()
    )


def read(table: Table, month: date | None = None) -> ReadResult[PracticeDatesRow]:
    """Read the GP practices of England; `month` is the edition's, which the list does not print.

    A row is rejected for a wrong code, name or date, a closing before its opening, or a practice's
    second row.
    """
    passed, seen = _Passed(), dict[str, int]()
    result = read_rows(
        table,
        format=FORMAT,
        columns={name: name for name in USED.values()},
        ignored=COLUMNS,
        row=lambda line, values: _row(line, values, passed, seen),
    )
    latest = passed.latest.replace(day=1)
    rows = [replace(row, month=month or latest) for row in result.rows if row is not None]
    rejected = list(result.rejected)
    if rows and month and month < latest:
        rejected.append(
            Rejection(
                rows[0].line,
                f"The list has dates as late as {latest:%B %Y}, so it is not of {month:%B %Y} as "
                "you gave.",
            )
        )
        rows = rows[1:]
    others = counted(passed.rows, "row", "rows")
    return ReadResult(
        format=FORMAT,
        rows=rows,
        row_count=len(rows) + len(rejected),
        rejected=rejected,
        warnings=[f"{others} of other settings or of Wales were passed over."]
        if passed.rows
        else [],
        member=result.member,
    )


def _row(
    line: int, values: Values, passed: _Passed, seen: dict[str, int]
) -> PracticeDatesRow | Rejection | None:
    """Return a practice, None for another kind of organisation, or why the row cannot be used."""
    opened = checks.parse_day(values["opened"], FIRST_YEAR)
    closed = checks.parse_day(values["closed"], FIRST_YEAR) if values["closed"] else None
    code = values["practice_code"].strip("\ufeff").upper()
    # Prisons, hospitals and clinics prescribe too, and are no practices.
    if values["setting"] != GP_PRACTICE or code.startswith(WELSH):
        passed.note(opened)
        passed.rows += 1
        return None
    first = seen.setdefault(code, line)
    problems = [
        checks.PRACTICE.problem(code),
        checks.name_problem("practice", values["practice_name"]),
        checks.POSTCODE.problem(values["postcode"].upper()),
        checks.SUB_ICB.problem(values["sub_icb_code"].upper()),
        checks.ICB.problem(values["icb_code"].upper()),
        _dates_problem(values, opened, closed),
        checks.repeat_problem(f"Practice {code}", first, line),
    ]
    if any(problems) or opened is None:
        return Rejection.of(line, problems)
    joined = checks.parse_day(values["joined"], FIRST_YEAR)
    left = checks.parse_day(values["left"], FIRST_YEAR)
    passed.note(opened, joined, closed, left)
    return PracticeDatesRow(
        line=line,
        practice_code=code,
        practice_name=values["practice_name"],
        postcode=values["postcode"].upper(),
        opened=opened,
        closed=closed,
        sub_icb_code=values["sub_icb_code"].upper(),
        joined=joined or opened,
        left=left,
        icb_code=values["icb_code"].upper(),
        month=opened.replace(day=1),
    )


def _dates_problem(values: Values, opened: date | None, closed: date | None) -> str:
    if opened is None:
        return (
            f"The opening date “{values['opened'][:20]}” is not a day since 1948, as 19740401 is."
        )
    if values["closed"] and closed is None:
        return (
            f"The closing date “{values['closed'][:20]}” is not a day since 1948, as 20230228 is."
        )
    if closed and closed < opened:
        return f"It closed ({closed:%d %B %Y}) before it opened ({opened:%d %B %Y})."
    left = checks.parse_day(values["left"], FIRST_YEAR)
    joined = checks.parse_day(values["joined"], FIRST_YEAR) or opened
    if left and left < joined:
        return f"It left its sub-ICB ({left:%d %B %Y}) before it joined ({joined:%d %B %Y})."
    return ""


READER = Reader(
    format=FORMAT,
    title="practices with opening and closing dates (ODS list epraccur, without a header)",
    signature=frozenset(COLUMNS),
    read=read,
    headerless=Headerless(COLUMNS, knows),
)
