"""Takes out of a roster what is never kept, before anything of it is stored or shown.

By header: NI numbers, dates of birth, and what has no place in a workforce record (health, pay,
addresses). By content: anything that looks like an NI number, wherever it stands, and full dates
in a column about birth. Of a date of birth the year alone is left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

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
    has_year = any(simplified(each) in _YEAR_HEADERS for each in headers)
    notes: list[str] = []
    kept: list[int] = []
    # Places whose full dates are cut to the year.
    births: set[int] = set()
    names = list(headers)
    for place, header in enumerate(headers):
        words = simplified(header)
        cells = [cells[place] for _, cells in rows]
        if words in OUR_OWN:
            continue
        if _BIRTH_HEADER.search(words):
            is_year = words in _YEAR_HEADERS
            if _holds_full_dates(cells) or _is_date_header(words):
                notes.append(_birth_note(header, has_year and not is_year))
                if has_year and not is_year:
                    continue
                names[place], has_year = YEAR_HEADER, True
            # Also a day counted as spreadsheets count days is a full date.
            births.add(place)
            kept.append(place)
        elif _NI_HEADER.search(words) or _is_mostly_ni(cells):
            notes.append(f"The column “{_told(header)}” was not kept: NI numbers are never stored.")
        elif _OTHER_HEADER.search(words):
            notes.append(f"The column “{_told(header)}” was not kept: it is not needed here.")
        else:
            kept.append(place)
    cleaned, cut = _without_numbers(rows, kept, births)
    if cut:
        notes.append(f"{cut} cells that look like an NI number were emptied.")
    told = _each_once([_told(names[place]) or f"Column {place + 1}" for place in kept])
    return Cleaned(told, cleaned, tuple(notes))


def without_ni(text: str) -> str:
    """Return `text` without anything that looks like an NI number."""
    return _NI.sub("", text)


def _without_numbers(
    rows: Sequence[tuple[int, Sequence[str]]], kept: Sequence[int], births: set[int]
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
    year = found and next(part for part in found.group("end", "start", "named", "packed") if part)
    return year if year and YEAR.fullmatch(year) else ""


def _holds_full_dates(cells: Sequence[str]) -> bool:
    return any(_FULL_DATE.search(cell) for cell in cells)


def _is_date_header(words: str) -> bool:
    return "date" in words or "dob" in words.replace(" ", "")


def _is_mostly_ni(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    numbers = sum(bool(_NI.fullmatch(cell.strip())) for cell in filled if len(cell) > 7)
    return bool(filled) and numbers * 2 >= len(filled)


def _birth_note(header: str, has_year: bool) -> str:
    left = "" if has_year else " Only the year was taken."
    return f"The column “{_told(header)}” was not kept: full dates of birth are never stored.{left}"


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
