"""Checks that several readers share: codes, names, dates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

MAX_NAME_CHARS = 200
# A spreadsheet runs a cell that starts so as a formula when someone opens a download of it.
FORMULA_STARTS = ("=", "+", "@")
FIRST_YEAR = 2015
LAST_YEAR = 2100
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAY_MONTH_NAME = re.compile(r"([0-9]{1,2})[ -]?([A-Za-z]{3})[ -]?([0-9]{4})")
DAY_MONTH_YEAR = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
EIGHT_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
YEAR_MONTH_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True)
class Code:
    """A kind of organisation code: its name in a sentence, its shape, and the shape in words."""

    name: str
    pattern: re.Pattern[str]
    shape: str

    def problem(self, value: str) -> str:
        """Say what is wrong with `value`, or nothing."""
        if not value:
            return f"The {self.name} is missing. It is {self.shape}."
        if not self.pattern.fullmatch(value):
            return f"The {self.name} “{value[:20]}” is not valid. It is {self.shape}."
        return ""


PRACTICE = Code("practice code", re.compile("[A-Z][0-9]{5}"), "a letter and five digits (A81001)")
NETWORK = Code(
    "network (PCN) code",
    re.compile("U([0-9]{5})?"),
    "U and five digits (U89141), or U alone for a practice in no network",
)
# Sub-ICBs and ICBs made by the mergers of 2026 have five characters (D7T5G).
SUB_ICB = Code(
    "sub-ICB code", re.compile("[A-Z0-9]{3}|[A-Z0-9]{5}"), "three or five letters and digits (16C)"
)
ICB = Code(
    "ICB code", re.compile("[A-Z0-9]{3}|[A-Z0-9]{5}"), "three or five letters and digits (QHM)"
)
REGION = Code("region code", re.compile("Y[0-9]{2}"), "Y and two digits (Y63)")
POSTCODE = Code(
    "postcode",
    re.compile("[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}"),
    "written in full, such as TS18 1HU",
)


def tidy(value: str) -> str:
    """Make every run of spaces, tabs, line breaks and hard spaces one plain space."""
    return " ".join(value.split())


def name_problem(what: str, value: str) -> str:
    """Say what is wrong with `value` as the name of a `what` (“practice”), or nothing."""
    if not value:
        return f"The {what} name is missing."
    if len(value) > MAX_NAME_CHARS:
        return f"The {what} name has {len(value):,} characters; the most is {MAX_NAME_CHARS}."
    if value.startswith(FORMULA_STARTS):
        return f"The {what} name starts with “{value[0]}” like a formula. Write the name itself."
    # Also marks that turn the direction of writing: what is read is then not what is stored.
    if not value.isprintable():
        return f"The {what} name has an invisible character in it. Type it again."
    return ""


def width_problem(cells: int, columns: int) -> str:
    """Say that a row does not fit its header."""
    return (
        f"The row has {cells:,} cells and the header {columns:,} columns: "
        "a comma or a quotation mark is missing or out of place."
    )


def parse_date(value: str) -> date | None:
    """Read a day as publishers write it: 01Jul2026, 2026-07-01 or 01/07/2026."""
    if found := DAY_MONTH_NAME.fullmatch(value):
        day, name, year = found.groups()
        month = MONTHS.index(name.lower()) + 1 if name.lower() in MONTHS else 0
        return _date(int(year), month, int(day))
    if found := YEAR_MONTH_DAY.fullmatch(value):
        return _date(*(int(part) for part in found.groups()))
    if found := DAY_MONTH_YEAR.fullmatch(value):
        return _date(*(int(part) for part in reversed(found.groups())))
    return None


def parse_day(value: str, first_year: int) -> date | None:
    """Read a day of an organisation's history, written 20190701 or as `parse_date` reads it.

    Practices are older than the workforce files: the year is from `first_year` on.
    """
    found = EIGHT_DIGITS.fullmatch(value) or YEAR_MONTH_DAY.fullmatch(value)
    if found is None:
        return parse_date(value)
    year, month, day = (int(part) for part in found.groups())
    return _date(year, month, day, first_year)


def parse_month(year: str, month: str) -> date | None:
    """Read a year and a month number, such as 2025 and 06, as the first day of that month."""
    if re.fullmatch("[0-9]{4}", year) and re.fullmatch("[0-9]{1,2}", month):
        return _date(int(year), int(month), 1)
    return None


def month_of(values: Mapping[str, str], given: date | None) -> tuple[date | None, str]:
    """Return the month of a row and what is wrong with it.

    It is printed in `year` and `month`, and must be the `given` one if there is one; a file that
    prints none has no such texts.
    """
    # The columns are found once for a file: a row has both texts or neither.
    if "month" not in values:
        return given, ""
    month = parse_month(values["year"], values["month"])
    if month is None:
        return None, "The month is missing or not a month. Write the year as 2026, the month 6."
    return month, other_month_problem(month, given)


def other_month_problem(printed: date, given: date | None) -> str:
    """Say that a file prints another month than the one it was said to be of, or nothing."""
    if given is None or printed.replace(day=1) == given:
        return ""
    return f"The file is for {printed:%B %Y}, not for {given:%B %Y} as you gave."


def repeat_problem(what: str, first: int, line: int) -> str:
    """Say that `what` (“Practice A81001”) stood on a line before, or nothing if on this one."""
    if first == line:
        return ""
    return f"{what} is already on line {first}. Keep one of the two lines."


def _date(year: int, month: int, day: int, first_year: int = FIRST_YEAR) -> date | None:
    if not first_year <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
