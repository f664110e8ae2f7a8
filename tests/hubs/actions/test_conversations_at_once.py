"""Two who press at the same moment: people get one letter, and what is closed stays closed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.actor import Actor
from hubs.actions.conversations import ask_for_conversation, invite_network, mark_conversation
from hubs.models import ConversationRequest, ConversationRound
from hubs.queries.conversations import Contact
from tests.factories.accounts import actor
from tests.factories.hubs import ConversationRequestFactory, agree_on_conversations
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


def test_what_a_lead_closes_while_it_is_changed_stays_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """How to reach the person goes when it is closed, whoever of the two is first."""
    asked, changing = ConversationRequestFactory(), Event()
    person, lead = actor(user=asked.person.user), actor("hub_retention_lead", asked.hub)
    clean = ConversationRequest.full_clean

    def pause(self: ConversationRequest, **fields: Any) -> None:
        changing.set()
        # Long enough for the lead to wait for the lock, or to go past where there is none.
        Event().wait(0.5)
        clean(self, **fields)

    monkeypatch.setattr(ConversationRequest, "full_clean", pause)

    def change() -> None:
        contact = Contact("07700 900999")
        try:
            ask_for_conversation(hub=asked.hub, version=1, way="phone", contact=contact, by=person)
        finally:
            connection.close()

    def close() -> None:
        assert changing.wait(timeout=20)
        try:
            mark_conversation(request=asked, state="closed", by=lead)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in (pool.submit(change), pool.submit(close)):
            done.result()
    asked.refresh_from_db()
    assert (asked.state, asked.sealed, asked.version) == ("closed", None, 3)
