"""Two leads who share a network press at the same moment: its people get one letter."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.actor import Actor
from hubs.actions.conversations import invite_network
from hubs.models import ConversationRound
from tests.factories.accounts import actor
from tests.factories.hubs import agree_on_conversations
from tests.factories.organisations import area_of_one_practice

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_network_is_invited_once() -> None:
    places = area_of_one_practice()
    agree_on_conversations(places["hub"])
    leads = [actor("hub_retention_lead", places["hub"]) for _ in range(2)]
    line = Barrier(2)

    def press(lead: Actor) -> bool:
        line.wait(timeout=20)
        try:
            invite_network(hub=places["hub"], network=places["network"], by=lead)
        except ValidationError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, leads)) == [False, True]
    assert ConversationRound.objects.count() == 1
