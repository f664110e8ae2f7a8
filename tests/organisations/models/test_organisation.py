"""A place: its address, its days, and what the database refuses."""

import datetime as dt

import pytest
from django.db import IntegrityError

from organisations.models.organisation import Kind
from tests.factories.organisations import OrganisationFactory

OPENED, CLOSED = dt.date(2026, 4, 1), dt.date(2027, 4, 1)


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        (Kind.PRACTICE, "/practices/X1/"),
        (Kind.NETWORK, "/networks/X1/"),
        (Kind.TRAINING_HUB, "/hubs/x-hub/"),
        (Kind.SUB_ICB, "/areas/X1/"),
        (Kind.ICB, "/areas/X1/"),
        (Kind.REGION, "/areas/X1/"),
        (Kind.COUNTRY, "/areas/X1/"),
    ],
)
def test_each_kind_of_place_has_its_page(kind: Kind, address: str) -> None:
    place = OrganisationFactory.build(kind=kind, code="X1", slug="x-hub")
    assert place.get_absolute_url() == address


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (OPENED - dt.timedelta(days=1), False),
        (OPENED, True),
        (CLOSED - dt.timedelta(days=1), True),
        (CLOSED, False),
    ],
)
def test_a_place_is_open_from_its_first_day_until_the_day_that_it_closes(
    day: dt.date, is_open: bool
) -> None:
    assert OrganisationFactory.build(starts_on=OPENED, ends_on=CLOSED).holds_on(day) == is_open


def test_of_what_dates_are_unknown_a_place_counts_as_open() -> None:
    assert OrganisationFactory.build().holds_on(OPENED)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "training_hub", "slug": None},
        {"kind": "county"},
        {"starts_on": CLOSED, "ends_on": OPENED},
    ],
)
def test_the_database_refuses_what_no_page_could_show(wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        OrganisationFactory(**wrong)
