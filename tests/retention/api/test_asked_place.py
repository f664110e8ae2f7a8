"""The place of an address as it stood on a day: its name, at every door that takes a day."""

import datetime as dt

import pytest

from organisations.models import Organisation, OrganisationName
from retention.api.asked_place import named_on
from tests.factories.api import caller
from tests.factories.organisations import PracticeFactory, area_of_one_practice
from tests.factories.published import SEVEN, add_up, profile_of

pytestmark = pytest.mark.django_db
BEFORE, TURN = dt.date(2025, 7, 31), dt.date(2025, 8, 1)
DOORS = ("outlook", "population", "years-ahead", "staff-outlooks", "outlook-changes", "similar")
PRIVATE = ("private-outlook", "own-leavers")


def renamed(place: Organisation) -> None:
    """Give a place another name until TURN."""
    OrganisationName.objects.create(
        organisation=place, name="Old name", starts_on=dt.date(2020, 4, 1), ends_on=TURN
    )


@pytest.mark.parametrize("door", [*DOORS, *PRIVATE])
def test_a_place_has_the_name_of_the_day(door: str) -> None:
    places = area_of_one_practice()
    profile_of(places["practice"], SEVEN)
    add_up()
    network = places["network"]
    renamed(network)
    lead = caller("hub_retention_lead", places["hub"])
    path = f"/api/v1/places/{network.code.lower()}/{door}"
    then = lead.get(path, {"as_at": BEFORE.isoformat()}).json()["place"]
    assert then == {"code": network.code, "kind": "network", "name": "Old name"}
    assert lead.get(path).json()["place"] == {**then, "name": network.name}


def test_a_name_that_is_not_known_is_todays() -> None:
    practice = PracticeFactory()
    assert named_on(practice, BEFORE)["name"] == practice.name
    renamed(practice)
    assert named_on(practice, BEFORE)["name"] == "Old name"
    assert named_on(practice, TURN)["name"] == practice.name
