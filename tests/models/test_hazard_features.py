import numpy as np
import pytest

from models.hazard_features import AVERAGE_SESSIONS, design
from models.pension_rules import MINIMUM_PENSION_AGE, NHS_1995, SPECIAL_CLASS, US_JUDGES
from models.person_years import PersonYears, person_years


def people(ages: list[int], **columns: object) -> PersonYears:
    """One row for each age, in 2026 and the tenth year."""
    rows = len(ages)
    given = {"person": range(rows), "year": [2026] * rows, "age": ages, "tenure": [10] * rows}
    return person_years(**{**given, "event": [0] * rows, **columns})  # type: ignore[arg-type]  # columns by name


def column(name: str, rows: PersonYears, rules: list[str], **options: object) -> list[float]:
    """One column of the design."""
    made = design(rows, rules, **options)  # type: ignore[arg-type]  # options by name
    return [float(value) for value in made.values[:, made.names.index(name)]]


def test_every_column_has_one_name() -> None:
    made = design(people([40, 60]), [MINIMUM_PENSION_AGE, NHS_1995], ["partner"])
    assert made.values.shape == (2, len(made.names))
    assert len(set(made.names)) == len(made.names)
    assert np.all(np.isfinite(made.values))


def test_a_pension_opens_in_its_year() -> None:
    ages = [58, 59, 60, 61, 70]
    assert column(f"{NHS_1995}:open", people(ages), [NHS_1995]) == [0, 0, 1, 1, 1]
    assert column(f"{NHS_1995}:first_year", people(ages), [NHS_1995]) == [0, 0, 1, 0, 0]
    assert column(f"{NHS_1995}:last_year_before", people(ages), [NHS_1995]) == [0, 1, 0, 0, 0]
    to_go = column(f"{NHS_1995}:years_to_go", people(ages), [NHS_1995])
    assert to_go == pytest.approx([0.2, 0.1, 0, 0, 0])
    assert column(f"{NHS_1995}:years_open_to_5", people(ages), [NHS_1995])[-1] == 1
    assert column(f"{NHS_1995}:years_open_from_5", people(ages), [NHS_1995])[-1] == 0.5


def test_a_replaced_rule_has_its_own_first_year() -> None:
    rows = people([55, 57], year=[2026, 2029])
    name = f"{MINIMUM_PENSION_AGE}:first_year_former_rule"
    assert column(name, rows, [MINIMUM_PENSION_AGE]) == [1, 0]


def test_unknown_values_count_as_average() -> None:
    rows = people([40, 41], female=[np.nan, 1.0], sessions=[np.nan, AVERAGE_SESSIONS - 2])
    assert column("female", rows, []) == [0.5, 1]
    assert column("sessions", rows, []) == pytest.approx([0, -1])
    assert column("sessions_change", rows, []) == [0, 0]


def test_roles_are_told_from_the_base() -> None:
    rows = people([40, 41], role=["partner", "salaried"])
    assert column("role:partner", rows, [], roles=["partner"]) == [1, 0]


def test_sessions_can_be_left_out() -> None:
    assert "sessions" not in design(people([40]), [], sessions=False).names


def test_age_and_service_together_get_columns_of_their_own() -> None:
    rows = people([65, 70, 70], tenure=[15, 20, 5])
    assert column(f"{US_JUDGES}:open_at_minimum", rows, [US_JUDGES]) == [1, 0, 0]
    assert column(f"{US_JUDGES}:opened_at_minimum", rows, [US_JUDGES]) == [1, 1, 0]
    assert column(f"{US_JUDGES}:not_open_over_minimum", rows, [US_JUDGES]) == [0, 0, 0.5]


def test_a_pension_that_never_opens_is_far_away() -> None:
    rows = people([58], tenure=[3])
    assert column(f"{SPECIAL_CLASS}:open", rows, [SPECIAL_CLASS]) == [0]
    assert column(f"{SPECIAL_CLASS}:years_to_go", rows, [SPECIAL_CLASS]) == [1]
