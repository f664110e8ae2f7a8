"""Registered patients by practice, sex and five-year age.

All levels of organisation stand in one file. Only practices are kept; the others, and the printed
totals, are what they are checked against. See docs/formats.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from retention.imports import checks
from retention.imports.numbers import NumberError, parse_count
from retention.imports.reading import Once, positions, result_of
from retention.imports.results import (
    Reader,
    ReadResult,
    Rejection,
    Rejections,
)
from retention.imports.tables import Table

FORMAT = "registered_patients"
COLUMNS: Mapping[str, str] = {
    "extract_date": "extract_date",
    "org_type": "kind",
    "org_code": "code",
    "sex": "sex",
    "age_group_5": "age",
    "number_of_patients": "patients",
}
IGNORED = frozenset({"publication", "ons_code", "postcode"})
PRACTICES = "GP"
ALL = "all"
SEXES = ("female", "male")
AGES = (*(f"{start}_{start + 4}" for start in range(0, 95, 5)), "95+")
# Each sex in each age, each sex in all ages, and everyone.
LINES = len(SEXES) * (len(AGES) + 1) + 1


@dataclass(frozen=True, slots=True)
class PatientsRow:
    """A practice's registered patients on the first of a month; `counts` by sex, in order of AGES.

    `line` is that of the practice's first line; a practice has 43.
    """

    line: int
    practice_code: str
    month: date
    counts: Mapping[str, tuple[int, ...]]
    total: int


@dataclass
class _Practice:
    """What the lines of one practice said so far."""

    line: int
    cells: dict[tuple[str, str], int] = field(default_factory=dict)
    problem: Rejection | None = None


class _Key(NamedTuple):
    """What a line counts, and what is wrong with its words."""

    sex: str
    age: str
    problem: str


def read(table: Table, month: date | None = None) -> ReadResult[PatientsRow]:
    """Read the practices; `month` (a first day), if given, must be the file's.

    A row is a practice. It is rejected for a wrong line, a missing or second one, or figures that
    do not add up to its printed totals. So is the file where the practices do not add up to what it
    prints for a wider level.
    """
    reading = _Reading(table, month)
    for line, cells in table.records():
        reading.take(line, cells)
    rejected = Rejections()
    rows: list[PatientsRow] = []
    for code, practice in reading.practices.items():
        outcome = reading.practice(code, practice)
        if isinstance(outcome, Rejection):
            rejected.append(outcome)
        else:
            rows.append(outcome)
    # With a practice missing the totals differ for certain, which would only hide the reason.
    if not rejected:
        rejected.extend(reading.other_totals(sum(row.total for row in rows)))
    rejected.extend(reading.stray)
    return result_of(table, FORMAT, rows, rejected, known={*COLUMNS, *IGNORED})


class _Reading:
    """One file being read."""

    def __init__(self, table: Table, month: date | None) -> None:
        self.places = positions(table, COLUMNS)
        self.width = len(table.columns)
        self.given = month
        self.extract: date | None = None
        self.practices: dict[str, _Practice] = {}
        # Printed totals of wider levels: the first line of each, and their sum.
        self.wider: dict[str, tuple[int, int]] = {}
        self.stray = Rejections()
        # 326,241 lines hold some thousand different texts: each is looked at once.
        self.keys: Once[tuple[str, str], _Key] = Once(lambda texts: _key(*texts))
        self.counts = Once(_count)
        self.dates = Once(self._date_problem)

    def take(self, line: int, cells: list[str]) -> None:
        """Take one line in; what is wrong with it is kept with its practice."""
        if len(cells) != self.width:
            self.stray.append(Rejection(line, checks.width_problem(len(cells), self.width)))
            return
        places = self.places
        key = self.keys[cells[places["sex"]], cells[places["age"]]]
        count, problem = self.counts[cells[places["patients"]]]
        problem = problem or self.dates[cells[places["extract_date"]]] or key.problem
        kind = cells[places["kind"]].strip()
        if kind.upper() == PRACTICES:
            self._take_practice(line, cells[places["code"]].strip().upper(), key, count, problem)
        elif problem:
            self.stray.append(Rejection(line, problem))
        elif key.sex == key.age == ALL:
            first, total = self.wider.get(kind, (line, 0))
            self.wider[kind] = (first, total + count)

    def practice(self, code: str, practice: _Practice) -> PatientsRow | Rejection:
        """Return a practice's row, or why it has none."""
        if practice.problem:
            return practice.problem
        cells = practice.cells
        if len(cells) != LINES:
            return Rejection(
                practice.line,
                f"Practice {code} has {len(cells)} of its {LINES} lines. Download the file again.",
            )
        counts = {sex: tuple(cells[sex, age] for age in AGES) for sex in SEXES}
        sums = {sex: sum(counts[sex]) for sex in SEXES}
        printed = {sex: cells[sex, ALL] for sex in SEXES}
        if sums != printed or sum(sums.values()) != cells[ALL, ALL]:
            return Rejection(
                practice.line,
                f"The figures of practice {code} add up to {sum(sums.values()):,}, and its printed "
                f"total is {cells[ALL, ALL]:,}. Download the file again.",
            )
        assert self.extract is not None  # every line has been through _date_problem
        month = self.extract.replace(day=1)
        return PatientsRow(practice.line, code, month, counts, cells[ALL, ALL])

    def other_totals(self, patients: int) -> Iterator[Rejection]:
        """Yield each wider level whose printed totals differ from the practices' sum."""
        for kind, (line, total) in self.wider.items():
            if total != patients:
                yield Rejection(
                    line,
                    f"The practices add up to {patients:,} patients, and the level “{kind[:40]}” "
                    f"to {total:,}: part of the file is missing. Download it again.",
                )

    def _take_practice(self, line: int, code: str, key: _Key, count: int, problem: str) -> None:
        practice = self.practices.get(code)
        if practice is None:
            practice = self.practices[code] = _Practice(line)
            problem = checks.PRACTICE.problem(code) or problem
        at = (key.sex, key.age)
        if not problem and at in practice.cells:
            problem = f"Practice {code} already has a line for {key.sex}, {key.age}. Keep one."
        if problem and practice.problem is None:
            practice.problem = Rejection(line, problem)
        # Kept also where it is wrong: its line is not missing, and one reason is enough.
        practice.cells[at] = count

    def _date_problem(self, text: str) -> str:
        extract = checks.parse_date(checks.tidy(text))
        if extract is None:
            return "The extract date is missing or not a date. Write it as 2026-07-01."
        if problem := checks.other_month_problem(extract, self.given):
            return problem
        self.extract = self.extract or extract
        if extract != self.extract:
            return (
                f"The extract date differs from the first line's, {self.extract:%d %B %Y}. "
                "A file is for one date: split it by date."
            )
        return ""


def _count(text: str) -> tuple[int, str]:
    try:
        count = parse_count(text)
    except NumberError as error:
        return 0, f"The number of patients {error}."
    if count is None:
        return 0, "The number of patients is missing. Download the file again."
    return count, ""


def _key(sex: str, age: str) -> _Key:
    sex, age = sex.strip().lower(), age.strip().lower()
    if sex not in (*SEXES, ALL):
        return _Key(sex, age, f"The sex “{sex[:20]}” is not FEMALE, MALE or ALL.")
    if age not in (*AGES, ALL):
        wrong = f"The age “{age[:20]}” is not a group of five years such as 20_24, 95+ or ALL."
        return _Key(sex, age, wrong)
    if sex == ALL and age != ALL:
        return _Key(sex, age, "A line for both sexes has all ages. Download the file again.")
    return _Key(sex, age, "")


READER = Reader(
    format=FORMAT,
    title="registered patients by age (“Patients Registered at a GP Practice”: quin-age)",
    signature=frozenset({"org_type", "org_code", "sex", "age_group_5", "number_of_patients"}),
    read=read,
)
