"""Each role is led to its own places and work."""

import pytest

from hubs.navigation import navigation
from organisations.models import Organisation
from tests.factories.accounts import actor
from tests.factories.organisations import area_of_one_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> dict[str, Organisation]:
    return area_of_one_practice()


@pytest.mark.parametrize(
    ("role", "home", "labels"),
    [
        (None, "practice", ["My page", "Find a place", "Mentoring"]),
        ("clinician", "practice", ["My page", "My practice", "My network", "Find a place"]),
        ("practice_manager", "practice", ["My practice", "My network", "Staff"]),
        ("network_lead", "network", ["My network", "Find a place"]),
        ("hub_retention_lead", "hub", ["My hub", "Schemes", "Files", "Shared plans"]),
        ("hub_administrator", "hub", ["My hub", "Schemes", "Files", "People and roles"]),
        ("board_viewer", "hub", ["My hub", "Find a place"]),
    ],
)
def test_links_of_a_role(
    places: dict[str, Organisation], role: str | None, home: str, labels: list[str]
) -> None:
    found = [item.label for item in navigation(actor(role, places[home]), "/")]
    assert set(labels) <= set(found)
    assert ("Staff" in found) is (role == "practice_manager")
    assert ("People and roles" in found) is (role == "hub_administrator")
    assert "Sharing" not in found


def test_who_holds_the_contract_is_led_to_sharing(places: dict[str, Organisation]) -> None:
    holder = actor("clinician", places["practice"], holds_contract=True)
    assert "Sharing" in [item.label for item in navigation(holder, "/")]


def test_the_deepest_link_above_a_page_is_current(places: dict[str, Organisation]) -> None:
    manager = actor("practice_manager", places["practice"])
    path = f"/practices/{places['practice'].code}/people/new/"
    assert [item.label for item in navigation(manager, path) if item.current] == ["Staff"]
    assert not [item for item in navigation(manager, "/privacy/") if item.current]
