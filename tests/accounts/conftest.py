"""What the tests of accounts share."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.actor import Actor
from organisations.models import Organisation
from tests.factories.accounts import actor
from tests.factories.organisations import area_of_one_practice

SignIn = Callable[[Actor], Client]


@pytest.fixture
def places(db: None) -> dict[str, Organisation]:
    """Return a practice with all above it."""
    return area_of_one_practice()


@pytest.fixture
def administrator(places: dict[str, Organisation]) -> Actor:
    """Return the administrator of that area's hub."""
    return actor("hub_administrator", places["hub"])


@pytest.fixture
def manager(places: dict[str, Organisation]) -> Actor:
    """Return the manager of that practice."""
    return actor("practice_manager", places["practice"])


@pytest.fixture
def sign_in() -> SignIn:
    """Return what makes a browser of a signed-in user."""

    def browser(by: Actor) -> Client:
        client = Client()
        assert by.user is not None
        client.force_login(by.user)
        return client

    return browser
