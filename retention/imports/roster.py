"""Reads a roster: each row of a spreadsheet, its columns named, as a typed row or a rejection."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from retention.imports.checks import FORMULA_STARTS, MONTHS
from retention.imports.registration import RegistrationError, parse_registration
from retention.imports.results import Rejection
from retention.imports.roster_fields import BY_COLUMN, HALF_DAY_COLUMNS
from retention.imports.roster_private import YEAR
from retention.imports.roster_words import AGE_BANDS, END_REASONS, KINDS, OFF, PROFESSIONS, ROLES

# Of each role, whose profession it is where the file does not say.
PROFESSION_OF_ROLE: Mapping[str, str] = {
    "partner": "gp", "salaried": "gp", "locum": "gp", "retainer": "gp", "trainee": "gp",
    "nurse": "nurse", "advanced_nurse": "nurse", "pharmacist": "pharmacist", "manager": "manager",
    "other_clinical": "other", "other": "other",
}  # fmt: skip
MOST_SESSIONS = 20
MOST_HOURS = 90
DEFAULT_SESSION_MINUTES = 250
LAST_YEAR = 2100
FIRST_DAY = dt.date(1950, 1, 1)
MAX_NAME = 120
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?")
_BRITISH = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_NAMED = re.compile(r"(\d{1,2})[- ]?([A-Za-z]{3})[a-z]*[-, ]*(\d{4})")
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{1,5})?")
_MINUTES = re.compile(r"(?P<kind>.*?)[\s(]*(?P<minutes>\d{2,3}) ?(?:m|min|mins|minutes)?\)?")
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./_-]{0,29}")

# Weekday (Monday is 0) and part of the day; the kind and its minutes, 0 for a whole session.
Half = tuple[int, str]
Week = Mapping[Half, tuple[str, int]]


@dataclass(frozen=True)
class RosterRow:
    """A post as a roster tells it. What the file leaves empty is None or "".

    `contracted_minutes` are a week's; `ends_on` is the first day without the post; `week` is None
    where the file has no half-days for this person.
    """

    line: int
    name: str
    role: str
    profession: str
    org_code: str = ""
    registration: str = ""
    staff_reference: str = ""
    year_of_birth: int | None = None
    age_band: str = ""
    contracted_minutes: int | None = None
    session_minutes: int | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    end_reason: str = ""
    week: Week | None = None
    week_from: dt.date | None = None


@dataclass
class _Reading:
    """The cells of one row by column, and what is wrong with them so far."""

    cells: Mapping[str, str]
    problems: list[str] = field(default_factory=list)

    def text(self, column: str) -> str:
        return self.cells.get(column, "")

    def wrong(self, column: str, what: str) -> None:
        self.problems.append(f"{BY_COLUMN[column].label}: {what}")

    def choice(self, column: str, words: Mapping[str, str], fix: str) -> str:
        text = self.text(column)
        if not text:
            return ""
        found = words.get(_plain(text))
        if found is None:
            self.wrong(column, f"“{text[:30]}” is not on the list. {fix}")
        return found or ""

    def number(self, column: str, most: int) -> float | None:
        text = self.text(column)
        if not text:
            return None
        if not _NUMBER.fullmatch(text) or float(text.replace(",", ".")) > most:
            self.wrong(column, f"“{text[:20]}” is no number from 0 to {most}. Write 6 or 6.5.")
            return None
        return float(text.replace(",", "."))

    def date(self, column: str) -> dt.date | None:
        text = self.text(column)
        if not text:
            return None
        found = parse_day(text)
        if found is None:
            self.wrong(column, f"“{text[:20]}” is no date. Write 2026-04-01 or 01/04/2026.")
        return found


def read_roster(
    rows: Sequence[tuple[int, Mapping[str, str]]],
) -> tuple[list[RosterRow], list[Rejection]]:
    """Return the rows that can be used, and why each of the others cannot.

    `rows` are line numbers with the cells by column of roster_fields.
    """
    good: list[RosterRow] = []
    rejected: list[Rejection] = []
    for line, cells in rows:
        reading = _Reading(cells)
        row = _row(line, reading)
        if reading.problems:
            rejected.append(Rejection(line, " ".join(reading.problems)))
        else:
            good.append(row)
    return good, rejected


@lru_cache(maxsize=4096)
def parse_day(text: str) -> dt.date | None:
    """Read a day as people write it in Britain; None if it is no day from 1950 to 2100."""
    text = text.strip()
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _BRITISH.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    elif (found := _NAMED.fullmatch(text)) and found[2].lower() in MONTHS:
        day, month, year = int(found[1]), MONTHS.index(found[2].lower()) + 1, int(found[3])
    else:
        return None
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return None
    return date if date >= FIRST_DAY and date.year <= LAST_YEAR else None


def _row(line: int, reading: _Reading) -> RosterRow:
    role = reading.choice("STAFF_ROLE", ROLES, "Choose a role from the template's list.")
    if not reading.text("STAFF_ROLE"):
        reading.wrong("STAFF_ROLE", "it is missing. Write the role.")
    profession = reading.choice("PROFESSION", PROFESSIONS, "Choose one, or leave it empty.")
    profession = profession or PROFESSION_OF_ROLE.get(role, "other")
    session_minutes = _session_minutes(reading)
    ends_on, reason = _end(reading)
    starts_on = reading.date("START_DATE_CONTRACT")
    # The day after the last: a post whose last day is the eve of its first lasts no day.
    if starts_on and ends_on and ends_on <= starts_on:
        reading.wrong("END_DATE_CONTRACT", "it lies before the first day. Correct one of the two.")
    return RosterRow(
        line=line,
        name=_name(reading),
        role=role,
        profession=profession,
        org_code=reading.text("EMPLOYING_ORG_CODE").upper(),
        registration=_registration(reading, profession),
        staff_reference=_reference(reading),
        year_of_birth=_year(reading),
        age_band=reading.choice("AGE_BAND", AGE_BANDS, "Write 55 to 59, for example."),
        contracted_minutes=_contracted(reading, session_minutes or DEFAULT_SESSION_MINUTES),
        session_minutes=session_minutes,
        starts_on=starts_on,
        ends_on=ends_on,
        end_reason=reason,
        week=_week(reading),
        week_from=reading.date("WEEK_FROM"),
    )


def _name(reading: _Reading) -> str:
    name = reading.text("NAME")
    if not name:
        name = f"{reading.text('FORENAME')} {reading.text('SURNAME')}".strip()
    elif reading.text("SURNAME") and not reading.text("FORENAME"):
        name = f"{name} {reading.text('SURNAME')}"
    if not name:
        reading.wrong("NAME", "it is missing. Write the first name and the surname.")
    elif not name.isprintable():
        # Told apart: who looks at the cell sees a name, and nothing wrong with it.
        reading.wrong("NAME", "it has an invisible character in it. Type it again.")
    elif len(name) > MAX_NAME or name.startswith(FORMULA_STARTS):
        reading.wrong("NAME", "it is no name. Write the first name and the surname, and no more.")
    return name


def _registration(reading: _Reading, profession: str) -> str:
    try:
        return parse_registration(reading.text("REGISTRATION_NUMBER"), profession)
    except RegistrationError as wrong:
        reading.problems.append(str(wrong))
        return ""


def _reference(reading: _Reading) -> str:
    text = reading.text("EMPLOYEE_NUMBER")
    if text and not _REFERENCE.fullmatch(text):
        reading.wrong("EMPLOYEE_NUMBER", "use up to 30 letters and digits.")
    return text


def _year(reading: _Reading) -> int | None:
    text = reading.text("YEAR_OF_BIRTH")
    if not text:
        return None
    if not YEAR.fullmatch(text):
        reading.wrong("YEAR_OF_BIRTH", "write four digits, such as 1966, or leave it empty.")
        return None
    year = int(text)
    if not 1920 <= year <= 2015:
        reading.wrong("YEAR_OF_BIRTH", "it must lie from 1920 to 2015.")
    return year


def _session_minutes(reading: _Reading) -> int | None:
    minutes = reading.number("SESSION_MINUTES", 360)
    if minutes is not None and (minutes < 120 or minutes != int(minutes)):
        reading.wrong("SESSION_MINUTES", "write whole minutes from 120 to 360.")
        return None
    return None if minutes is None else int(minutes)


def _contracted(reading: _Reading, session_minutes: int) -> int | None:
    """Return a week's contracted minutes; hours go before sessions, which have no one length."""
    hours = reading.number("CONTRACTED_HOURS", MOST_HOURS)
    sessions = reading.number("CONTRACTED_SESSION", MOST_SESSIONS)
    if hours is not None:
        return round(hours * 60)
    minutes = None if sessions is None else round(sessions * session_minutes)
    if minutes is not None and minutes > MOST_HOURS * 60:
        reading.wrong("CONTRACTED_SESSION", f"they are more than {MOST_HOURS} hours a week.")
    return minutes


def _end(reading: _Reading) -> tuple[dt.date | None, str]:
    """Return the first day without the post, and why it ended; files print the last day."""
    last_day = reading.date("END_DATE_CONTRACT")
    reason = reading.choice("REASON_FOR_LEAVING", END_REASONS, "Choose a reason from the list.")
    if last_day is None:
        if reason:
            reading.wrong("REASON_FOR_LEAVING", "there is no last day. Write it, or clear this.")
        return None, ""
    return last_day + dt.timedelta(days=1), reason or "not_known"


def _week(reading: _Reading) -> Week | None:
    """Return the half-days; None if the row fills in none of them."""
    filled = {column: reading.text(column) for column in HALF_DAY_COLUMNS if reading.text(column)}
    if not filled:
        return None
    week: dict[Half, tuple[str, int]] = {}
    for column, text in filled.items():
        found = _half_day(text)
        if found is None:
            reading.wrong(column, f"“{text[:20]}” is not on the list. Write clinical, or leave it.")
        elif found[0]:
            week[HALF_DAY_COLUMNS[column]] = found
    return week


# A roster holds few different words and days, each of them many times.
@lru_cache(maxsize=4096)
def _half_day(text: str) -> tuple[str, int] | None:
    """Return kind and minutes (0: a whole session) of a cell; ("", 0) if off, None if unknown."""
    plain = _plain(text)
    if plain in OFF:
        return "", 0
    if plain in KINDS:
        return KINDS[plain], 0
    found = _MINUTES.fullmatch(text.strip())
    kind = KINDS.get(_plain(found["kind"])) if found else None
    if found and kind and 1 <= int(found["minutes"]) <= 480:
        return kind, int(found["minutes"])
    return None


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9✓]+", " ", text.lower()).split())
