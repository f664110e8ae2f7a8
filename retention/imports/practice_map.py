"""The practice map: every practice with its network, sub-ICB location, ICB and region.

Published each month by NHS England with “Patients Registered at a GP Practice”. See
docs/formats.md for its columns, editions and traps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from retention.imports import checks
from retention.imports.reading import Values, read_rows
from retention.imports.results import Reader, ReadResult, Rejection
from retention.imports.tables import Table

FORMAT = "practice_map"

# Column in the file -> field of the row.
COLUMNS: Mapping[str, str] = {
    "practice_code": "practice_code",
    "practice_name": "practice_name",
    "practice_postcode": "postcode",
    "pcn_code": "pcn_code",
    "pcn_name": "pcn_name",
    "sub_icb_location_code": "sub_icb_code",
    "sub_icb_location_name": "sub_icb_name",
    "icb_code": "icb_code",
    "icb_name": "icb_name",
    "comm_region_code": "region_code",
    "comm_region_name": "region_name",
    "extract_date": "extract_date",
}
# Known, and not needed: second codes of the same places, and the practice's computer system.
IGNORED = frozenset(
    {
        "publication",
        "ons_sub_icb_location_code",
        "ons_icb_code",
        "ons_comm_region_code",
        "supplier_name",
    }
)
CODES: Mapping[str, checks.Code] = {
    "practice_code": checks.PRACTICE,
    "postcode": checks.POSTCODE,
    "pcn_code": checks.NETWORK,
    "sub_icb_code": checks.SUB_ICB,
    "icb_code": checks.ICB,
    "region_code": checks.REGION,
}
NAMES: Mapping[str, str] = {
    "practice_name": "practice",
    "pcn_name": "network",
    "sub_icb_name": "sub-ICB",
    "icb_name": "ICB",
    "region_name": "region",
}
UNALLOCATED = "U"
# What one code may have only one of: (code, the other field, the two in words).
ONE_EACH: tuple[tuple[str, str, str, str], ...] = (
    ("pcn_code", "pcn_name", "Network", "name"),
    ("sub_icb_code", "sub_icb_name", "Sub-ICB", "name"),
    ("icb_code", "icb_name", "ICB", "name"),
    ("region_code", "region_name", "Region", "name"),
    ("sub_icb_code", "icb_code", "Sub-ICB", "ICB"),
    ("icb_code", "region_code", "ICB", "region"),
)


@dataclass(frozen=True)
class PracticeMapRow:
    """A practice and the places it belongs to in one month (its first day).

    `pcn_code` and `pcn_name` are None for a practice in no network (printed as `U`).
    """

    line: int
    practice_code: str
    practice_name: str
    postcode: str
    pcn_code: str | None
    pcn_name: str | None
    sub_icb_code: str
    sub_icb_name: str
    icb_code: str
    icb_name: str
    region_code: str
    region_name: str
    month: date


@dataclass
class _Seen:
    """What earlier rows said, so that a later row cannot contradict them."""

    practices: dict[str, int] = field(default_factory=dict)
    facts: dict[tuple[str, str, str], tuple[str, int]] = field(default_factory=dict)
    extract: tuple[date, int] | None = None

    def contradictions(self, values: Mapping[str, str], extract: date, line: int) -> Iterator[str]:
        """Yield how this row disagrees with earlier ones, and remember what it adds."""
        practice = values["practice_code"]
        first = self.practices.setdefault(practice, line)
        if problem := checks.repeat_problem(f"Practice {practice}", first, line):
            yield problem
        self.extract = self.extract or (extract, line)
        if self.extract[0] != extract:
            yield (
                f"The extract date differs from line {self.extract[1]}. "
                "A file is for one date: split it by date."
            )
        for code, other, place, what in ONE_EACH:
            key = (code, other, values[code])
            known, known_line = self.facts.setdefault(key, (values[other], line))
            if known != values[other]:
                yield (
                    f"{place} {values[code]} has the {what} “{values[other]}” here and “{known}” "
                    f"on line {known_line}. One code has one {what}: correct one of them."
                )


def read(table: Table, month: date | None = None) -> ReadResult[PracticeMapRow]:
    """Read the practice map; it prints its date, and `month` (a first day), if given, must agree.

    A row with a wrong or missing value, a practice printed twice and a row that contradicts an
    earlier one are rejected. Raises UnreadableFileError when a needed column is missing.
    """
    reading = _Reading(month)
    return read_rows(table, format=FORMAT, columns=COLUMNS, ignored=IGNORED, row=reading.row)


class _Reading:
    """One file being read: what its rows said so far."""

    def __init__(self, month: date | None) -> None:
        self.month = month
        self.seen = _Seen()

    def row(self, line: int, printed: Values) -> PracticeMapRow | Rejection:
        """Read one row, or say why it cannot be used."""
        values = {**printed, **{name: printed[name].upper() for name in CODES}}
        problems = [problem for problem in _value_problems(values) if problem]
        extract = checks.parse_date(values["extract_date"])
        if extract is None:
            problems.append("The extract date is missing or not a date. Write it as 01Jul2026.")
        elif problem := checks.other_month_problem(extract, self.month):
            problems.append(problem)
        # A row with a wrong value says nothing that others could contradict.
        if extract is not None and not problems:
            problems = list(self.seen.contradictions(values, extract, line))
        if extract is None or problems:
            return Rejection(line, " ".join(problems))
        return _row(line, values, extract.replace(day=1))


def _value_problems(values: Mapping[str, str]) -> Iterator[str]:
    for name, code in CODES.items():
        yield code.problem(values[name])
    for name, what in NAMES.items():
        yield checks.name_problem(what, values[name])


def _row(line: int, values: Mapping[str, str], month: date) -> PracticeMapRow:
    allocated = values["pcn_code"] != UNALLOCATED
    return PracticeMapRow(
        line=line,
        practice_code=values["practice_code"],
        practice_name=values["practice_name"],
        postcode=values["postcode"],
        pcn_code=values["pcn_code"] if allocated else None,
        pcn_name=values["pcn_name"] if allocated else None,
        sub_icb_code=values["sub_icb_code"],
        sub_icb_name=values["sub_icb_name"],
        icb_code=values["icb_code"],
        icb_name=values["icb_name"],
        region_code=values["region_code"],
        region_name=values["region_name"],
        month=month,
    )


READER = Reader(
    format=FORMAT,
    title="the practice map (“Patients Registered at a GP Practice”: gp-reg-pat-prac-map)",
    signature=frozenset({"practice_code", "pcn_code", "icb_code", "extract_date"}),
    read=read,
)
