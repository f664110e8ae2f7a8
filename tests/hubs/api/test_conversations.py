"""Confidential conversations through the API."""

import pytest

from accounts.actor import Actor, Door
from accounts.models import AuditEvent
from hubs.models import ConversationRequest
from organisations.clock import today
from tests.factories.api import caller, caller_for
from tests.factories.hubs import (
    ConversationRequestFactory,
    ConversationRoundFactory,
    agree_on_conversations,
)
from tests.factories.organisations import area_of_one_practice
from tests.factories.retention import PostFactory

pytestmark = pytest.mark.django_db
JSON = "application/json"


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


def test_one_asks_changes_and_takes_back_and_the_lead_marks() -> None:
    hub = area_of_one_practice()["hub"]
    agree_on_conversations(hub)
    me, lead = caller(), caller("hub_retention_lead", hub)
    path = f"/api/v1/hubs/{hub.slug}/my-conversation"
    data = {"version": 0, "way": "phone", "contact": "07700 900123", "times": "After six"}
    asked = me.put(path, data, content_type=JSON).json()
    assert (asked["state"], asked["version"], asked["contact"]) == ("asked", 1, "07700 900123")
    assert me.put(path, data, content_type=JSON).status_code == 409
    changed = me.put(path, {**data, "version": 1, "way": "video"}, content_type=JSON)
    assert changed.json()["way"] == "video"
    empty = {**data, "version": 2, "contact": "  "}
    assert me.put(path, empty, content_type=JSON).status_code == 422
    (listed,) = lead.get(f"/api/v1/hubs/{hub.slug}/conversations").json()["items"]
    mark = f"/api/v1/conversations/{listed['id']}/mark"
    assert me.post(mark, {"state": "closed"}, content_type=JSON).status_code == 404
    assert lead.post(mark, {"state": "asked"}, content_type=JSON).status_code == 422
    assert lead.post(mark, {"state": "contacted"}, content_type=JSON).status_code == 204
    assert lead.post(mark, {"state": "contacted"}, content_type=JSON).status_code == 422
    own = f"/api/v1/me/conversations/{listed['id']}"
    assert lead.delete(own).status_code == 404
    assert me.delete(own).status_code == 204
    assert not ConversationRequest.objects.exists()


def test_a_lead_invites_a_network_of_the_area_once_in_half_a_year() -> None:
    places, elsewhere = area_of_one_practice(), area_of_one_practice()
    hub, network = places["hub"], places["network"]
    lead = caller("hub_retention_lead", hub)
    path = f"/api/v1/hubs/{hub.slug}/conversations/networks"
    assert lead.post(f"{path}/{network.code}").status_code == 422
    agree_on_conversations(hub)
    (before,) = lead.get(path).json()
    assert (before["network"]["code"], before["flagged"]) == (network.code, False)
    assert (before["last_invited_on"], before["may_invite_from"]) == (None, today().isoformat())
    assert lead.post(f"{path}/{elsewhere['network'].code}").status_code == 404
    assert lead.post(f"{path}/{network.code}").status_code == 201
    assert lead.get(path).json()[0]["last_invited_on"] == today().isoformat()
    assert lead.post(f"{path}/{network.code}").status_code == 422
    assert caller("hub_administrator", hub).get(path).status_code == 404
