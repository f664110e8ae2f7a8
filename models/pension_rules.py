"""When a pension opens: dated rules as data, turned into years to and since each opening.

Each workforce brings its own rules (data/pension_rules.csv); the columns are explained in
docs/formats.md. Years are whole calendar years, because no more than a year of birth is kept:
`age` is the age reached in the year, a rule counts for a year if it is in force when that year
ends, and a birthday is taken to be 1 July.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.arrays import Floats

MINIMUM_PENSION_AGE = "minimum_pension_age"
NHS_1995, NHS_2008, NHS_2015 = "nhs_1995_section", "nhs_2008_section", "nhs_2015_scheme"
STATE_PENSION_AGE = "state_pension_age"
SPECIAL_CLASS = "nhs_special_class"
US_JUDGES = "us_judges"
# Rules that bear on general practice, in the order in which they open.
GP_RULES = (MINIMUM_PENSION_AGE, NHS_1995, NHS_2008, NHS_2015)
NURSE_RULES = (SPECIAL_CLASS, *GP_RULES)

_PATH = Path(__file__).with_name("data") / "pension_rules.csv"
_ALWAYS, _EVER = date.min, date.max
_BIRTHDAY = (7, 1)
# 1 July lies half a year before the year's end.
_HALF_YEAR = 0.5
# Service in whole years under which someone was already there, counted from the year joined.
_FIRST_YEAR_OF_SERVICE = 1


@dataclass(frozen=True)
class PensionRule:
    """One dated row: what must be met from `valid_from` by those born and joined in its range.

    Ages in years, with twelfths; `service` and `age_plus_service` in years, 0 where not asked;
    `joined_before` is None where it does not matter when someone joined.
    """

    rule: str
    title: str
    workforce: str
    valid_from: date
    valid_to: date
    born_from: date
    born_to: date
    age: float
    service: float
    age_plus_service: float
    joined_before: date | None
    source: str

    @property
    def asks_service(self) -> bool:
        """Whether age alone does not decide."""
        return bool(self.service or self.age_plus_service or self.joined_before)

    def years_needed(self, age: Floats, service: Floats) -> Floats:
        """Whole years until the conditions are met, negative since then: shape of `age`."""
        # An age in whole years is reached in the year it is turned. One with months is reached by
        # the end of a year: born on 1 July, people are then half a year past their birthday.
        needed = np.ceil(self.age - _HALF_YEAR - age) if self.age % 1 else self.age - age
        if self.service:
            needed = np.maximum(needed, self.service - service)
        if self.age_plus_service:
            # Age and service both grow by one a year.
            needed = np.maximum(needed, np.ceil((self.age_plus_service - age - service) / 2))
        return needed

    def covers(self, birth_year: Floats, joined: Floats) -> NDArray[np.bool_]:
        """Who was born, and joined, in the rule's range; the year joined matters if asked."""
        first, last = _years_of_births(self.born_from, self.born_to)
        born = (birth_year >= first) & (birth_year <= last)
        # Who joined in the year of the rule itself is taken to have joined after it.
        return born if self.joined_before is None else born & (joined < self.joined_before.year)


def years_since_eligible(
    rule: str, year: ArrayLike, age: ArrayLike, service: ArrayLike | None = None
) -> Floats:
    """Years since a pension opened, negative before it does; minus infinity if it never will.

    year, age, service: arrays of one shape, in whole years, `service` 1 in the first year. The
    rule in force decides, and a known later rule for those who do not meet it: who met a rule
    that has since been replaced, and not the new one, waits for the new one. 0 is the year in
    which it opens. Raises ValueError for an unknown rule and where service is needed.
    """
    rows = rule_rows(rule)
    years, ages = np.asarray(year, dtype=np.float64), np.asarray(age, dtype=np.float64)
    if service is None and any(row.asks_service for row in rows):
        raise ValueError(f"The rule {rule} also asks for years of service.")
    served = np.zeros_like(ages) if service is None else np.asarray(service, dtype=np.float64)
    # Never, until a row says otherwise: infinity is the neutral value of a minimum.
    soonest = np.full(np.broadcast_shapes(years.shape, ages.shape), np.inf)
    for row in rows:
        needed = row.years_needed(ages, served)
        in_force = (_last_year(row.valid_from, start=True) <= years) & (
            years <= _last_year(row.valid_to)
        )
        # A rule still to come can open only once it has come.
        later = np.maximum(needed, _last_year(row.valid_from, start=True) - years)
        wait = np.where(in_force, needed, np.where(later > 0, later, np.inf))
        in_time = (wait <= 0) | (years + wait <= _last_year(row.valid_to))
        covered = row.covers(years - ages, years - served + _FIRST_YEAR_OF_SERVICE)
        # Who meets one row in force is not held back by another: the longest wait served counts.
        soonest = np.minimum(soonest, np.where(covered & in_time, wait, np.inf))
    # From nought, so that an opening this year is 0.0 and not -0.0.
    since: Floats = 0.0 - soonest
    return since


def under_former_rule(rule: str, year: ArrayLike) -> NDArray[np.bool_]:
    """Whether the rule in force at each year's end has a later successor: shape of `year`."""
    years = np.asarray(year, dtype=np.float64)
    former = np.zeros(years.shape, dtype=bool)
    for row in rule_rows(rule):
        if row.valid_to != _EVER:
            former |= (_last_year(row.valid_from, start=True) <= years) & (
                years <= _last_year(row.valid_to)
            )
    return former


def rule_rows(rule: str) -> tuple[PensionRule, ...]:
    """The dated rows of one rule; raises ValueError for a rule that is not in the file."""
    rows = tuple(row for row in pension_rules() if row.rule == rule)
    if not rows:
        raise ValueError(f"There is no pension rule {rule!r}.")
    return rows


@cache
def pension_rules() -> tuple[PensionRule, ...]:
    """All rules, as the file has them."""
    return read_rules(_PATH)


def read_rules(path: Path) -> tuple[PensionRule, ...]:
    """Read rules from a CSV file; raises ValueError for a row that ends before it starts."""
    with path.open(newline="", encoding="utf-8") as file:
        rules = tuple(_rule(row) for row in csv.DictReader(file))
    validate(rules)
    return rules


def validate(rules: Sequence[PensionRule]) -> None:
    """Raise ValueError unless every row has a source, an age and dates in order."""
    for row in rules:
        if row.valid_from > row.valid_to or row.born_from > row.born_to:
            raise ValueError(f"A row of {row.rule} ends before it starts.")
        # Outside these ages a row is a slip of the pen, such as months in the column of years.
        if not row.source or not 50 <= row.age <= 75:
            raise ValueError(f"A row of {row.rule} lacks a source or a likely age.")


def _rule(row: dict[str, str]) -> PensionRule:
    return PensionRule(
        rule=row["rule"],
        title=row["title"],
        workforce=row["workforce"],
        valid_from=_date(row["valid_from"], _ALWAYS),
        valid_to=_date(row["valid_to"], _EVER),
        born_from=_date(row["born_from"], _ALWAYS),
        born_to=_date(row["born_to"], _EVER),
        age=float(row["age_years"]) + float(row["age_months"] or 0) / 12,
        service=float(row["service_years"] or 0),
        age_plus_service=float(row["age_plus_service"] or 0),
        joined_before=date.fromisoformat(row["joined_before"]) if row["joined_before"] else None,
        source=row["source"],
    )


def _date(text: str, absent: date) -> date:
    return date.fromisoformat(text) if text else absent


def _last_year(day: date, *, start: bool = False) -> int:
    """The last year at whose end a rule ending on `day` holds; with `start`, the first such."""
    at_years_end = (day.month, day.day) == (12, 31)
    return day.year if start or at_years_end else day.year - 1


def _years_of_births(first: date, last: date) -> tuple[float, float]:
    """First and last year of birth whose 1 July lies between two dates."""
    low = first.year if (first.month, first.day) <= _BIRTHDAY else first.year + 1
    high = last.year if (last.month, last.day) >= _BIRTHDAY else last.year - 1
    return low, high
