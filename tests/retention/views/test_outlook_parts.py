"""Other staff, and what changed, on the pages of places and in their files."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import Organisation
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.organisations import area_of_one_practice
from tests.factories.published import JUNE, OLD, SEVEN, add_up, profile_of, staff_of

pytestmark = pytest.mark.django_db
MAY = dt.date(2025, 5, 1)


@pytest.fixture
def places() -> dict[str, Organisation]:
    found = area_of_one_practice()
    for month, heads in ((MAY, SEVEN), (JUNE, OLD)):
        profile_of(found["practice"], heads, month=month)
        staff_of(found["practice"], "nurses", {"60to64": 6}, month=month)
        add_up(month)
    return found


def sign_in(client: Client, role: str = "", place: Organisation | None = None) -> None:
    user = UserFactory()
    if role:
        RoleGrantFactory(user=user, role=role, organisation=place)
    client.force_login(user)


@pytest.mark.parametrize("kind", ["practice", "network", "icb"])
def test_readers_of_the_outlook_see_both_sections(
    client: Client, places: dict[str, Organisation], kind: str
) -> None:
    sign_in(client, "hub_retention_lead", places["hub"])
    page = client.get(places[kind].get_absolute_url()).content.decode()
    assert "FTE lost within 5\N{NO-BREAK SPACE}years (80% interval)" in page
    assert "What changed, and why" in page
    assert "Since the figures of May 2025" in page


def test_others_see_what_is_published_of_other_staff(
    client: Client, places: dict[str, Organisation]
) -> None:
    sign_in(client)
    page = client.get(places["practice"].get_absolute_url()).content.decode()
    assert "Other staff" in page
    assert "FTE lost within" not in page
    assert "What changed, and why" not in page


def test_files_hold_both(client: Client, places: dict[str, Organisation]) -> None:
    sign_in(client, "network_lead", places["network"])
    address = reverse("place-outlook-csv", args=[places["network"].code])
    text = client.get(address).content.decode("utf-8-sig")
    assert "Other staff" in text
    assert "Since the figures of May 2025" in text
