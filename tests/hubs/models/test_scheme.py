"""What the database itself refuses of a scheme, and what is said beside the field."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from hubs.models import Scheme
from hubs.models.scheme import WHY_YEARS
from tests.factories.hubs import SchemeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "terms",
    [
        {"min_years_qualified": 5},
        {"state": "paused"},
        {"starts_on": dt.date(2026, 4, 2), "ends_on": dt.date(2026, 4, 1)},
    ],
    ids=str,
)
def test_the_database_refuses_what_no_scheme_may_be(terms: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        SchemeFactory(**terms)


def test_a_name_stands_once_in_a_hub_and_again_in_another() -> None:
    first = SchemeFactory(name="Mentoring")
    SchemeFactory(name="Mentoring")
    with pytest.raises(IntegrityError):
        SchemeFactory(name="Mentoring", hub=first.hub)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("min_clinical_sessions", Decimal("0.4")),
        ("min_clinical_sessions", Decimal("12.1")),
        ("min_clinical_sessions", Decimal("1.25")),
        ("min_years_qualified", 41),
        ("session_minutes", 59),
        ("session_minutes", 481),
        ("rate", Decimal("-0.01")),
        ("budget", Decimal(-1)),
        ("places", 0),
    ],
)
def test_a_value_out_of_reason_is_told_beside_its_field(field: str, value: object) -> None:
    scheme = SchemeFactory()
    setattr(scheme, field, value)
    with pytest.raises(ValidationError) as refused:
        scheme.full_clean()
    assert field in refused.value.message_dict


def test_length_of_service_needs_its_reason_in_writing() -> None:
    scheme = SchemeFactory()
    scheme.min_years_qualified = 5
    with pytest.raises(ValidationError) as refused:
        scheme.full_clean()
    assert refused.value.message_dict["years_justification"] == [WHY_YEARS]
    scheme.years_justification = "Mentors teach what takes years to learn."
    scheme.full_clean()


def test_there_is_no_rule_on_age() -> None:
    """Nor one that an age could be worked out from: years since qualification are the nearest."""
    rules = {field.name for field in Scheme._meta.get_fields()}
    assert not {name for name in rules if "age" in name.split("_") or "birth" in name}
