"""What a network enters of its entitlement: numbers, or nothing."""

from decimal import Decimal

import pytest

from retention.forms.entitlement import EntitlementForm
from retention.models.entitlement import NetworkEntitlement


def test_what_is_left_empty_is_not_known() -> None:
    form = EntitlementForm({"version": "0", "fte": "9.5"})
    assert form.is_valid()
    assert form.cleaned_data == {
        "version": 0,
        "pounds": None,
        "committed": None,
        "fte": Decimal("9.5"),
    }


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("-1", "Enter a number that is not below zero"),
        ("a lot", "Enter a number, such as 420000 or 9.5"),
        ("NaN", "Enter a number, such as 420000 or 9.5"),
    ],
)
def test_a_wrong_number_says_what_to_do(typed: str, problem: str) -> None:
    assert EntitlementForm({"version": "0", "pounds": typed}).errors == {"pounds": [problem]}


def test_the_form_starts_with_what_was_entered() -> None:
    assert EntitlementForm.values_of(None) == {"version": 0}
    found = NetworkEntitlement(version=3, pounds=Decimal(420000))
    assert EntitlementForm.values_of(found) == {
        "version": 3,
        "pounds": Decimal(420000),
        "committed": None,
        "fte": None,
    }
