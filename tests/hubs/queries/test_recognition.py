"""Whom a hub recognises: an open account, and the hub's yes."""

import pytest

from accounts.models.recognition import RecognitionState
from hubs.queries.recognition import hubs_recognising, is_recognised, recognised_users
from tests.factories.accounts import RecognitionFactory, UserFactory
from tests.factories.organisations import HubFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", RecognitionState.values)
def test_only_a_yes_recognises(state: str) -> None:
    given = RecognitionFactory(hub=HubFactory(), state=state)
    yes = state == RecognitionState.RECOGNISED
    assert is_recognised(given.user, given.hub) == yes
    assert list(hubs_recognising(given.user)) == ([given.hub] if yes else [])


def test_a_closed_account_and_nobody_are_not_recognised() -> None:
    given = RecognitionFactory(
        hub=HubFactory(), user=UserFactory(is_active=False), state=RecognitionState.RECOGNISED
    )
    assert not recognised_users(given.hub).exists()
    assert not is_recognised(None, given.hub)


def test_another_hubs_yes_is_its_own() -> None:
    given = RecognitionFactory(hub=HubFactory(), state=RecognitionState.RECOGNISED)
    assert not is_recognised(given.user, HubFactory())
