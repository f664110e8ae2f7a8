"""A practice and its manager, for tests that say nothing else of them."""

import pytest

from accounts.actor import Actor
from organisations.models import Organisation
from tests.factories.accounts import actor
from tests.factories.organisations import area_of_one_practice


@pytest.fixture
def practice(db: None) -> Organisation:
    """Return a practice in an area of its own."""
    return area_of_one_practice()["practice"]


@pytest.fixture
def by(practice: Organisation) -> Actor:
    """Return the manager of `practice`."""
    return actor("practice_manager", practice)
