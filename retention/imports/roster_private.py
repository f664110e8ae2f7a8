"""Takes out of a roster what is never kept, before anything of it is stored or shown.

By header: NI numbers, dates of birth, and what has no place in a workforce record (health, pay,
addresses). By content: anything that looks like an NI number, wherever it stands, and full dates
in a column about birth. Of a date of birth the year alone is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retention.imports.results import counted
from retention.imports.roster_fields import simplified

# His Majesty's Revenue and Customs: two letters (some never used), six digits, A to D. Without the
# last letter it could be a number of the HCPC.
_NI = re.compile(
    r"(?<![A-Z0-9])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D]"
    r"(?![A-Z0-9])",
    re.IGNORECASE,
)
_NI_HEADER = re.compile(r"\b(national insurance|ni|nino|ni number|ni no|insurance (number|no))\b")
_BIRTH_HEADER = re.compile(r"\b(d ?o ?b|birth|born|birthday|yob)\b")
# Special categories and what a practice keeps for pay: not asked for, not taken.
_OTHER_HEADER = re.compile(
    r"\b(ethnic\w*|disab\w*|religio\w*|sexual\w*|sick\w*|absence\w*|health|medical|matern\w*"
    r"|salar\w*|pay|wage\w*|bank|sort code|account (number|no)|home address|address|postcode"
    r"|phone|mobile|telephone|e ?mail|next of kin|notes?|comments?|gender identity)\b"
)
_FULL_DATE = re.compile(
    r"\b(\d{1,2}[-/. ]\d{1,2}[-/. ](?P<end>\d{4}|\d{2})|(?P<start>\d{4})[-/.]\d{1,2}[-/.]\d{1,2}"
    r"|\d{1,2}[- ]?[A-Za-z]{3,9}[-, ]*(?P<named>\d{4})"
    r"|(?P<packed>(19|20)\d{2})(0[1-9]|1[0-2])\d{2})"
    r"(?![0-9])"
)
# What our download of rejected rows adds to them.
OUR_OWN = frozenset({"line", "why not loaded"})
YEAR = re.compile(r"(19|20)\d{2}")
YEAR_HEADER = "YEAR_OF_BIRTH"
_YEAR_HEADERS = frozenset({"year of birth", "yob", "birth year", "year born"})


@dataclass(frozen=True)
class Cleaned:
    """A table without what is never kept; `notes` say what was left out, one sentence each."""

    headers: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    notes: tuple[str, ...]


def clean(headers: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]) -> Cleaned:
    """Return a table (header, then line number and cells) without what must not be stored."""
    columns = _Columns(headers)
    for place, header in enumerate(headers):
        if simplified(header) not in OUR_OWN:
            columns.sort(place, header, [cells[place] for _, cells in rows])
    cleaned, cut = _without_numbers(rows, columns.kept, columns.births)
    if cut:
        cells = counted(cut, "cell that looks", "cells that look")
        columns.notes.append(f"Emptied: {cells} like an NI number.")
    names = [_told(columns.kept[place]) or f"Column {place + 1}" for place in columns.kept]
    return Cleaned(_each_once(names), cleaned, tuple(columns.notes))


class _Columns:
    """Sorts columns into those that are kept, those cut to a year, and those left out."""

    def __init__(self, headers: Sequence[str]) -> None:
        self.has_year = any(simplified(each) in _YEAR_HEADERS for each in headers)
        # Place in the file, and the header that it gets.
        self.kept: dict[int, str] = {}
        # Places whose full dates are cut to the year.
        self.births: set[int] = set()
        self.notes: list[str] = []

    def sort(self, place: int, header: str, cells: Sequence[str]) -> None:
        """Decide on one column by its header and by what is in it."""
        words = simplified(header)
        if _BIRTH_HEADER.search(words):
            self._take_birth(place, header, cells)
        elif _NI_HEADER.search(words) or _is_mostly_ni(cells):
            self._leave_out(header, "NI numbers are never stored")
        elif _OTHER_HEADER.search(words):
            self._leave_out(header, "it is not needed here")
        else:
            self.kept[place] = header

    def _take_birth(self, place: int, header: str, cells: Sequence[str]) -> None:
        words = simplified(header)
        if any(_FULL_DATE.search(cell) for cell in cells) or _is_date_header(words):
            has_other = self.has_year and words not in _YEAR_HEADERS
            self._leave_out(header, "full dates of birth are never stored")
            if has_other:
                return
            self.notes[-1] += " Only the year was taken."
            header, self.has_year = YEAR_HEADER, True
        # Also a day counted as spreadsheets count days is a full date.
        self.births.add(place)
        self.kept[place] = header

    def _leave_out(self, header: str, why: str) -> None:
        self.notes.append(f"The column “{_told(header)}” was not kept: {why}.")


def without_ni(text: str) -> str:
    """Return `text` without anything that looks like an NI number."""
    return _NI.sub("", text)


def _without_numbers(
    rows: Sequence[tuple[int, Sequence[str]]], kept: Iterable[int], births: set[int]
) -> tuple[tuple[tuple[int, tuple[str, ...]], ...], int]:
    cut = 0
    cleaned = []
    for line, cells in rows:
        row = []
        for place in kept:
            text = cells[place]
            if place in births:
                text = _year_of(text)
            elif len(text) > 7 and (shorter := without_ni(text)) != text:
                text, cut = shorter.strip(), cut + 1
            row.append(text)
        cleaned.append((line, tuple(row)))
    return tuple(cleaned), cut


def _year_of(text: str) -> str:
    """Return the year in a date of birth; nothing where it is not written in full."""
    if YEAR.fullmatch(text.strip()):
        return text.strip()
    found = _FULL_DATE.search(text)
    # Written with two digits a year could be of either century, so none is taken.
    year = found and next(part for part in found.group("end", "start", "named", "packed") if part)
    return year if year and YEAR.fullmatch(year) else ""


def _is_date_header(words: str) -> bool:
    return "date" in words or "dob" in words.replace(" ", "")


def _is_mostly_ni(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    numbers = sum(bool(_NI.fullmatch(cell.strip())) for cell in filled if len(cell) > 7)
    return bool(filled) and numbers * 2 >= len(filled)


def _each_once(headers: Sequence[str]) -> tuple[str, ...]:
    """Number headers that stand twice: a column is chosen by its header."""
    found: list[str] = []
    for header in headers:
        number, name = 2, header
        while name in found:
            name, number = f"{header} ({number})", number + 1
        found.append(name)
    return tuple(found)


def _told(header: str) -> str:
    """A header may hold what its column holds, when somebody forgot the header line."""
    return without_ni(_FULL_DATE.sub("", header))[:60].strip()
