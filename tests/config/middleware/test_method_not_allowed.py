"""An address that only takes forms says so, instead of showing an empty page."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_the_address_of_a_button_says_that_it_shows_nothing(client: Client) -> None:
    client.force_login(UserFactory())
    response = client.get(reverse("plan-delete"))
    assert (response.status_code, response["Allow"]) == (405, "POST")
    page = response.content.decode()
    assert "Nothing to show here" in page
    assert "Sign out" in page
    assert "no-store" in response["Cache-Control"]


def test_a_program_reads_no_page(client: Client) -> None:
    response = client.delete("/api/v1/me")
    assert (response.status_code, response["Content-Type"]) == (
        405,
        "application/json; charset=utf-8",
    )
