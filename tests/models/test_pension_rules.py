import csv
import itertools
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models import pension_rules
from models.pension_rules import (
    MINIMUM_PENSION_AGE,
    NHS_1995,
    NHS_2015,
    SPECIAL_CLASS,
    STATE_PENSION_AGE,
    US_JUDGES,
    under_former_rule,
    years_since_eligible,
)


def since(rule: str, year: int, age: int, service: int | None = None) -> float:
    """Years since a pension opened for one person."""
    return float(years_since_eligible(rule, year, age, service))


@pytest.mark.parametrize(("age", "expected"), [(58, -2), (60, 0), (63, 3)])
def test_an_age_alone(age: int, expected: int) -> None:
    assert since(NHS_1995, 2026, age) == expected


@pytest.mark.parametrize(
    ("year", "age", "expected"),
    [
        (2026, 54, -1),  # 55 in 2027, when 55 is still enough
        (2026, 53, -4),  # 55 in 2028, when it no longer is: 57 in 2030
        (2027, 55, 0),
        (2028, 56, -1),  # was old enough in 2027; since April 2028 waits for 57
        (2028, 57, 0),
        (2030, 60, 3),
    ],
)
def test_the_rise_from_55_to_57(year: int, age: int, expected: int) -> None:
    assert since(MINIMUM_PENSION_AGE, year, age) == expected


@pytest.mark.parametrize(
    ("born", "opens"),
    [
        (1953, 2018),  # 65
        (1959, 2025),  # 66
        (1960, 2026),  # 66 and 3 months on 1 July
        (1961, 2028),  # 67
        (1976, 2043),  # 67
        (1977, 2044),  # 67 and 3 months
        (1978, 2046),  # 68
        (1990, 2058),
    ],
)
def test_state_pension_age_by_year_of_birth(born: int, opens: int) -> None:
    assert since(STATE_PENSION_AGE, opens, opens - born) == 0
    assert since(STATE_PENSION_AGE, opens - 1, opens - 1 - born) == -1
    assert since(NHS_2015, opens, opens - born) == 0


def test_every_year_of_birth_has_one_state_pension_age() -> None:
    born = np.arange(1930, 2011)
    for year in (2024, 2040):
        assert np.all(np.isfinite(years_since_eligible(STATE_PENSION_AGE, year, year - born)))


@pytest.mark.parametrize(("joined", "opens"), [(1990, True), (1994, True), (1995, False)])
def test_special_class_status_is_for_those_who_joined_in_time(joined: int, opens: bool) -> None:
    years = since(SPECIAL_CLASS, 2026, 56, 2026 - joined + 1)
    assert years == (1 if opens else -np.inf)


@pytest.mark.parametrize(
    ("year", "age", "service", "expected"),
    [
        (2000, 65, 15, 0),
        (2000, 66, 13, -1),  # 79 now, 81 in a year
        (2000, 64, 30, -1),
        (2000, 70, 10, 0),
        (2000, 75, 5, -5),  # the sum is met, ten years of service are not
        (2000, 68, 20, 3),
        (1980, 66, 14, -1),  # before 1984: 65 with 15
        (1980, 69, 9, -1),  # or 70 with 10
        (1983, 66, 13, -1),  # the new rule comes first
        (1984, 66, 14, 0),
        (1970, 40, 1, -25),  # the new rule will stand by then
    ],
)
def test_the_rule_of_age_and_service(year: int, age: int, service: int, expected: int) -> None:
    assert since(US_JUDGES, year, age, service) == expected


def test_waiting_a_year_is_a_year_less() -> None:
    year, age, service = np.meshgrid(np.arange(1984, 2024), np.arange(45, 80), np.arange(1, 30))
    now = years_since_eligible(US_JUDGES, year, age, service)
    then = years_since_eligible(US_JUDGES, year + 1, age + 1, service + 1)
    waiting = now < 0
    assert np.array_equal(then[waiting], now[waiting] + 1)
    assert np.all(then >= 0, where=~waiting)


def test_former_rules_are_told_apart() -> None:
    assert under_former_rule(US_JUDGES, [1983, 1984]).tolist() == [True, False]
    assert under_former_rule(MINIMUM_PENSION_AGE, [2027, 2028]).tolist() == [True, False]
    assert not under_former_rule(NHS_1995, [1990, 2026]).any()


def test_service_must_be_given_where_it_counts() -> None:
    with pytest.raises(ValueError, match="years of service"):
        years_since_eligible(US_JUDGES, 2000, 65)


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="no pension rule 'teachers'"):
        years_since_eligible("teachers", 2000, 65)


def test_every_row_names_a_source_and_a_workforce() -> None:
    rules = pension_rules.pension_rules()
    assert {rule.rule for rule in rules} >= {*pension_rules.NURSE_RULES, STATE_PENSION_AGE}
    assert all(rule.source and rule.workforce and rule.title for rule in rules)


def test_births_follow_on_without_a_gap() -> None:
    rows = sorted(pension_rules.rule_rows(STATE_PENSION_AGE), key=lambda row: row.born_from)
    for before, after in itertools.pairwise(rows):
        assert (after.born_from - before.born_to).days == 1
        assert after.age >= before.age


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"valid_from": date(2030, 1, 1), "valid_to": date(2029, 1, 1)}, "before it starts"),
        ({"source": ""}, "source"),
        ({"age": 40.0}, "likely age"),
    ],
)
def test_a_faulty_row_is_refused(change: dict[str, Any], message: str) -> None:
    rule = replace(pension_rules.rule_rows(NHS_1995)[0], **change)
    with pytest.raises(ValueError, match=message):
        pension_rules.validate([rule])


def test_a_file_is_read_as_written(tmp_path: Path) -> None:
    path = tmp_path / "rules.csv"
    row = {
        **dict.fromkeys(("valid_to", "born_from", "born_to", "service_years"), ""),
        **dict.fromkeys(("age_plus_service", "joined_before"), ""),
        **{"rule": "r", "title": "t", "workforce": "w", "source": "s"},
        **{"valid_from": "2020-01-01", "age_years": "61", "age_months": "6"},
    }
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow(row)
    (rule,) = pension_rules.read_rules(path)
    assert (rule.age, rule.valid_from, rule.valid_to) == (61.5, date(2020, 1, 1), date.max)
