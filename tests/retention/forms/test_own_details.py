"""The form of one's own details."""

import pytest

from retention.forms.own_details import OwnDetailsForm

DETAILS = {"version": "0", "name": "Dr Ivo Marsh", "profession": "gp"}


def test_the_years_are_nobodys_duty() -> None:
    form = OwnDetailsForm(DETAILS)
    assert form.is_valid()
    assert (form.cleaned_data["year_of_birth"], form.cleaned_data["qualified_year"]) == (None, None)


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("year_of_birth", "68", "Enter a year of four digits, such as 1968"),
        ("year_of_birth", "12/3/1968", "Enter a year of four digits, such as 1968"),
        ("qualified_year", "1899", "Enter a year of four digits, such as 1994"),
    ],
)
def test_a_wrong_year_says_what_to_do(field: str, value: str, problem: str) -> None:
    assert OwnDetailsForm({**DETAILS, field: value}).errors == {field: [problem]}
