"""The first page."""

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import Organisation
from tests.accounts.conftest import SignIn
from tests.factories.accounts import actor


@pytest.mark.django_db
def test_signed_out_it_says_what_this_is(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "Create an account" in page
    assert "Sign in" in page


@pytest.mark.parametrize(
    ("role", "place", "address"),
    [
        ("clinician", "practice", "/me/"),
        ("practice_manager", "practice", "/practices/{code}/"),
        ("network_lead", "network", "/networks/{code}/"),
        ("hub_retention_lead", "hub", "/hubs/{slug}/"),
        ("hub_administrator", "hub", "/hubs/{slug}/"),
        ("board_viewer", "hub", "/hubs/{slug}/"),
    ],
)
def test_each_role_begins_where_it_works(
    places: dict[str, Organisation], sign_in: SignIn, role: str, place: str, address: str
) -> None:
    home = places[place]
    response = sign_in(actor(role, home)).get("/")
    assert response["Location"] == address.format(code=home.code, slug=home.slug)


@pytest.mark.django_db
def test_without_a_role_it_is_ones_own_page(sign_in: SignIn) -> None:
    assert sign_in(actor()).get("/")["Location"] == "/me/"


@pytest.mark.django_db
def test_no_shared_computer_keeps_a_page_of_whoever_was_signed_in(
    client: Client, sign_in: SignIn
) -> None:
    assert "no-store" in sign_in(actor()).get("/me/plan/")["Cache-Control"]
    assert "Cache-Control" not in client.get("/").headers


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["home", "my-data", "mentoring"])
def test_whoever_watches_the_service_may_ask_for_the_head_of_a_page_alone(
    sign_in: SignIn, name: str
) -> None:
    assert sign_in(actor()).head(reverse(name)).status_code in (200, 302)
