"""Plans through the API: one's own, sealed, and read by a hub only where it is shared."""

from typing import Any

import pytest
from django.test import Client

from accounts.actor import Actor, Door
from accounts.models import AuditEvent
from accounts.models.audit_event import Act
from retention.api.plans import NO_HUB
from tests.factories.api import caller, caller_for
from tests.factories.hubs import recognised_person
from tests.factories.organisations import HubFactory

pytestmark = pytest.mark.django_db
JSON = "application/json"


def save(client: Client, version: int, **plan: Any) -> Any:
    return client.put("/api/v1/me/plan", {"version": version, **plan}, content_type=JSON)


def test_a_plan_is_saved_read_and_deleted() -> None:
    client = caller()
    assert client.get("/api/v1/me/plan").json()["version"] == 0
    saved = save(client, 0, retire_year=2040, wishes=["talk"])
    assert saved.json() == {"version": 1, "retire_year": 2040, "wishes": ["talk"], "shares": []}
    assert save(client, 0, wishes=[]).status_code == 409
    assert client.delete("/api/v1/me/plan").status_code == 204
    assert client.get("/api/v1/me/plan").json()["version"] == 0


@pytest.mark.parametrize("plan", [{"retire_year": 1999}, {"wishes": ["a boat"]}])
def test_a_plan_that_cannot_be_names_its_field(plan: dict[str, Any]) -> None:
    refused = save(caller(), 0, **plan)
    assert refused.status_code == 422
    named = refused.json()["error"]["fields"][0]["field"].split(".")
    assert set(named) & set(plan)


def test_a_shared_plan_is_read_by_that_hub_until_it_is_withdrawn() -> None:
    hub, other = HubFactory(), HubFactory()
    person = recognised_person(hub, name="Dr Fictional Sharer")
    mine = caller_for(Actor(user=person.user, role=None, door=Door.PAGE))
    lead, elsewhere = caller("hub_retention_lead", hub), caller("hub_retention_lead", other)
    save(mine, 0, retire_year=2040)
    assert lead.get(f"/api/v1/hubs/{hub.slug}/plans").json() == []
    share = mine.post("/api/v1/me/plan/shares", {"hub": hub.slug}, content_type=JSON)
    assert share.status_code == 201
    read = lead.get(f"/api/v1/hubs/{hub.slug}/plans").json()
    assert [(plan["name"], plan["retire_year"]) for plan in read] == [("Dr Fictional Sharer", 2040)]
    assert AuditEvent.objects.get(act=Act.READ_PLAN).subject == person.subject_id
    assert elsewhere.get(f"/api/v1/hubs/{other.slug}/plans").json() == []
    assert mine.delete(f"/api/v1/me/plan/shares/{share.json()['id']}").status_code == 204
    assert lead.get(f"/api/v1/hubs/{hub.slug}/plans").json() == []


def test_a_plan_is_shared_only_with_a_hub_that_recognises_one() -> None:
    client = caller()
    save(client, 0, retire_year=2040)
    stranger = {"hub": HubFactory().slug}
    refused = client.post("/api/v1/me/plan/shares", stranger, content_type=JSON)
    assert refused.status_code == 422
    assert "recognises you" in refused.json()["error"]["message"]
    refused = client.post("/api/v1/me/plan/shares", {"hub": "nowhere"}, content_type=JSON)
    assert refused.json()["error"]["fields"] == [{"field": "hub", "message": NO_HUB}]
