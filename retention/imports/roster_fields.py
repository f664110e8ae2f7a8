"""The columns of a roster: our template's, and how other spreadsheets name the same things.

Names are those of the national workforce minimum dataset (wMDS, DAPB1067) where it has the field.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

DAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT")
PARTS = ("AM", "PM", "EVE")
_DAY_WORDS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
_PART_WORDS = {"AM": ("morning",), "PM": ("afternoon",), "EVE": ("evening",)}


@dataclass(frozen=True)
class RosterField:
    """A column that the service can read. `also` are other headers for it, simplified."""

    column: str
    label: str
    hint: str
    also: tuple[str, ...] = ()
    # Read from other people's spreadsheets, left out of our own template.
    in_template: bool = True


FIELDS: tuple[RosterField, ...] = (
    RosterField(
        "EMPLOYEE_NUMBER",
        "Your staff reference",
        "Any number or code by which you know the person again, the same every month.",
        ("employee no", "employee id", "staff number", "staff no", "staff id", "staff reference",
         "payroll number", "payroll no", "assignment number", "reference", "ref", "id"),
    ),
    RosterField(
        "REGISTRATION_NUMBER",
        "Professional registration number",
        "GMC: 7 digits. NMC: 12A3456E. GPhC: 7 digits. HCPC: 2 letters and 5 or 6 digits.",
        ("registration no", "professional registration number", "professional registration",
         "prof reg no", "registration", "reg no", "gmc", "gmc number", "gmc no", "nmc",
         "nmc pin", "nmc number", "pin", "gphc", "gphc number", "hcpc", "hcpc number"),
    ),
    RosterField(
        "NAME",
        "Full name",
        "First name and surname.",
        ("full name", "staff name", "employee name", "clinician", "clinician name", "staff",
         "person", "employee", "gp", "gp name"),
    ),
    RosterField(
        "FORENAME", "First name", "Where the name is in two columns.",
        ("first name", "given name", "forenames", "first names"), in_template=False,
    ),
    RosterField(
        "SURNAME", "Surname", "Where the name is in two columns.",
        ("last name", "family name"), in_template=False,
    ),
    RosterField(
        "PROFESSION", "Profession", "Left empty, it follows from the role.",
        ("professional group", "staff group"),
    ),
    RosterField(
        "STAFF_ROLE",
        "Role",
        "From the list. Someone with two roles has two rows.",
        ("role", "job role", "job title", "post", "position", "title of post", "staff role name"),
    ),
    RosterField(
        "EMPLOYING_ORG_CODE",
        "Practice (ODS) code",
        "Your own practice's code; left empty, it is your practice.",
        ("employing organisation code", "org code", "organisation code", "ods code", "ods",
         "practice code", "prac code"),
    ),
    RosterField(
        "YEAR_OF_BIRTH", "Year of birth", "Four digits. Never the full date of birth.",
        ("birth year", "yob", "year born"),
    ),
    RosterField(
        "AGE_BAND", "Age band", "In place of the year of birth: 55 to 59, for example.",
        ("age group", "age range"),
    ),
    RosterField(
        "CONTRACTED_SESSION",
        "Contracted sessions a week",
        "As in the contract: 6, or 6.5.",
        ("contracted sessions", "sessions", "sessions per week", "sessions a week",
         "weekly sessions", "no of sessions", "number of sessions"),
    ),
    RosterField(
        "CONTRACTED_HOURS",
        "Contracted hours a week",
        "As in the contract: 37.5, for example. Sessions or hours will do.",
        ("hours", "hours per week", "hours a week", "weekly hours", "contracted hours per week",
         "contract hours"),
    ),
    RosterField(
        "SESSION_MINUTES",
        "Length of a session in minutes",
        "From 120 to 360; left empty, 250 (4 hours 10 minutes).",
        ("session length", "minutes per session", "session length minutes"),
    ),
    RosterField(
        "START_DATE_CONTRACT",
        "First day in this role",
        "2026-04-01 or 01/04/2026. Left empty for someone new, it is the day of the upload.",
        ("start date", "contract start date", "date started", "start", "started", "joined",
         "date of joining", "from"),
    ),
    RosterField(
        "END_DATE_CONTRACT",
        "Last day in this role",
        "Left empty while it goes on.",
        ("end date", "contract end date", "date left", "leaving date", "left",
         "end date last working day", "last working day", "until"),
    ),
    RosterField(
        "REASON_FOR_LEAVING", "Why the post ended", "From the list; only with a last day.",
        ("leaving reason", "reason", "reason left", "end reason"),
    ),
    RosterField(
        "WEEK_FROM",
        "The half-days hold from",
        "The first day of this week of half-days; left empty, the day of the upload.",
        ("pattern from", "week starting", "rota from"),
    ),
    *(
        RosterField(
            f"{day}_{part}",
            f"{words.capitalize()} {long[0]}",
            "What the half-day is for, from the list; empty if off.",
            (f"{words} {part}".lower(), f"{day} {part}".lower(), f"{words} {long[0]}",
             f"{day} {long[0]}".lower()),
        )
        for day, words in zip(DAYS, _DAY_WORDS, strict=True)
        for part, long in _PART_WORDS.items()
    ),
)  # fmt: skip
BY_COLUMN: Mapping[str, RosterField] = {field.column: field for field in FIELDS}
HALF_DAY_COLUMNS: Mapping[str, tuple[int, str]] = {
    f"{day}_{part}": (number, part.lower()) for number, day in enumerate(DAYS) for part in PARTS
}
# Without one of these nobody can be known again.
NAME_COLUMNS = frozenset({"NAME", "SURNAME"})


def simplified(header: str) -> str:
    """Write a header the one way in which headers are compared: small letters, single spaces."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", header.lower()).split())


_KNOWN: Mapping[str, str] = {
    **{words: field.column for field in FIELDS for words in map(simplified, field.also)},
    **{simplified(field.column): field.column for field in FIELDS},
    **{simplified(field.label): field.column for field in FIELDS},
}


def guess(headers: Sequence[str]) -> dict[int, str]:
    """Return for each place whose header is known the column that it means, each column once."""
    found: dict[int, str] = {}
    for place, header in enumerate(headers):
        column = _KNOWN.get(simplified(header))
        # Of two columns that could mean the same the first counts; the person may say otherwise.
        if column and column not in found.values():
            found[place] = column
    return found


def mapping_problem(columns: Iterable[str]) -> str:
    """Say what a choice of columns lacks, has twice or makes up; nothing if it will do."""
    chosen = [column for column in columns if column]
    made_up = sorted(set(chosen) - set(BY_COLUMN))
    if made_up:
        return f"A roster has no column “{made_up[0][:40]}”. Choose from: {', '.join(BY_COLUMN)}."
    twice = sorted({column for column in chosen if chosen.count(column) > 1})
    if twice:
        return f"Two columns are said to be “{BY_COLUMN[twice[0]].label}”. Choose one of them."
    if not NAME_COLUMNS & set(chosen):
        return "Say which column holds the name."
    if "STAFF_ROLE" not in chosen:
        return "Say which column holds the role."
    return ""


def fingerprint(headers: Sequence[str]) -> str:
    """Return what stands for a set of headers, in any order, case or punctuation."""
    text = "\n".join(sorted(simplified(header) for header in headers))
    return hashlib.sha256(text.encode()).hexdigest()
