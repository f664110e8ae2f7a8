"""Confidential conversations through the API."""

import pytest

from accounts.actor import Actor, Door
from accounts.models import AuditEvent
from tests.factories.api import caller, caller_for
from tests.factories.hubs import ConversationRequestFactory, ConversationRoundFactory
from tests.factories.organisations import area_of_one_practice
from tests.factories.retention import PostFactory

pytestmark = pytest.mark.django_db


def test_mine_are_mine() -> None:
    places = area_of_one_practice()
    asked = ConversationRequestFactory()
    PostFactory(person=asked.person, organisation=places["practice"])
    ConversationRoundFactory(hub=places["hub"], network=places["network"])
    mine = caller_for(Actor(user=asked.person.user, role=None, door=Door.PAGE))
    found = mine.get("/api/v1/me/conversations").json()
    assert [each["network"]["code"] for each in found["invitations"]] == [places["network"].code]
    (conversation,) = found["conversations"]
    assert (conversation["contact"], conversation["version"]) == ("07700 900123", 1)
    assert caller().get("/api/v1/me/conversations").json() == {
        "invitations": [],
        "conversations": [],
    }


def test_the_lead_reads_who_asked_and_leaves_a_trace() -> None:
    asked = ConversationRequestFactory()
    lead = caller("hub_retention_lead", asked.hub)
    found = lead.get(f"/api/v1/hubs/{asked.hub.slug}/conversations").json()
    assert [(each["name"], each["times"]) for each in found["items"]] == [
        (asked.person.name, "Tuesdays after six")
    ]
    (event,) = AuditEvent.objects.filter(act="read_conversations")
    assert (event.subject, event.door) == (asked.person.subject_id, "api")


@pytest.mark.parametrize("role", ["hub_administrator", "board_viewer"])
def test_nobody_else_of_the_hub_does(role: str) -> None:
    asked = ConversationRequestFactory()
    path = f"/api/v1/hubs/{asked.hub.slug}/conversations"
    assert caller(role, asked.hub).get(path).status_code == 404
