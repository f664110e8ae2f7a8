"""Schemes through the API: drafted by one, opened by another, read as far as they are open."""

from typing import Any

import pytest
from django.test import Client

from organisations.models import Organisation
from tests.factories.api import caller, queries_of
from tests.factories.hubs import SchemeFactory
from tests.factories.organisations import HubFactory

pytestmark = pytest.mark.django_db
JSON = "application/json"


def terms(hub: Organisation, **changes: Any) -> dict[str, Any]:
    return {
        "name": "Mentoring",
        "purpose": "Pays mentors.",
        "area": hub.code,
        "starts_on": "2026-04-01",
        "ends_on": "2031-03-31",
        "rate": 289,
        "budget": 28900,
        "places": 10,
        **changes,
    }


def draft(lead: Client, hub: Organisation, **changes: Any) -> Any:
    path = f"/api/v1/hubs/{hub.slug}/schemes"
    return lead.post(path, terms(hub, **changes), content_type=JSON)


def test_a_scheme_is_drafted_changed_opened_and_closed() -> None:
    hub = HubFactory()
    lead, administrator = caller("hub_retention_lead", hub), caller("hub_administrator", hub)
    made = draft(lead, hub)
    assert (made.status_code, made.json()["state"]) == (201, "draft")
    path = f"/api/v1/schemes/{made.json()['id']}"
    changed = lead.put(path, terms(hub, version=1, places=20), content_type=JSON)
    assert (changed.json()["places"], changed.json()["version"]) == (20, 2)
    stale = lead.put(path, terms(hub, version=1, places=30), content_type=JSON)
    assert stale.status_code == 409
    assert administrator.post(f"{path}/open", {"version": 1}, content_type=JSON).status_code == 409
    opened = administrator.post(f"{path}/open", {"version": 2}, content_type=JSON)
    assert opened.json()["state"] == "open"
    assert caller().get(path).json()["rate"] == "289.00"
    assert administrator.post(f"{path}/close").json()["state"] == "closed"
    assert administrator.post(f"{path}/close").status_code == 422


def test_a_draft_does_not_exist_for_others() -> None:
    hub = HubFactory()
    scheme = SchemeFactory(hub=hub, state="draft")
    SchemeFactory(hub=hub)
    path = f"/api/v1/hubs/{hub.slug}/schemes"
    assert caller().get(path).json()["count"] == 1
    assert caller("hub_administrator", hub).get(path).json()["count"] == 2
    assert caller("hub_administrator", HubFactory()).get(path).json()["count"] == 1
    assert caller().get(f"/api/v1/schemes/{scheme.public_id}").status_code == 404


def test_a_rule_of_service_needs_its_reason() -> None:
    hub = HubFactory()
    refused = draft(caller("hub_retention_lead", hub), hub, min_years_qualified=5)
    assert refused.status_code == 422
    (problem,) = refused.json()["error"]["fields"]
    assert problem["field"] == "years_justification"
    assert "Say why years since qualification matter" in problem["message"]


@pytest.mark.parametrize(
    "changes",
    [{"rate": "1e400"}, {"rate": "NaN"}, {"places": 2**70}, {"name": "a\x00"}, {"name": "x" * 121}],
)
def test_terms_that_no_database_holds_are_refused(changes: dict[str, Any]) -> None:
    hub = HubFactory()
    assert draft(caller("hub_retention_lead", hub), hub, **changes).status_code == 422


def test_an_area_that_is_not_the_hubs_is_named() -> None:
    hub = HubFactory()
    lead = caller("hub_retention_lead", hub)
    for area in (HubFactory().code, "Q99", ""):
        refused = draft(lead, hub, area=area)
        assert refused.status_code == 422
        assert refused.json()["error"]["fields"] == [
            {"field": "area", "message": "Choose the whole hub or one of its ICBs."}
        ]


def test_a_name_that_is_taken_is_refused() -> None:
    hub = HubFactory()
    SchemeFactory(hub=hub, name="Mentoring")
    assert draft(caller("hub_retention_lead", hub), hub).status_code == 422


def test_queries_do_not_grow_with_schemes() -> None:
    hub = HubFactory()
    SchemeFactory(hub=hub)
    client, path = caller(), f"/api/v1/hubs/{hub.slug}/schemes"
    few = queries_of(client, path)
    for _ in range(7):
        SchemeFactory(hub=hub)
    assert queries_of(client, path) == few
