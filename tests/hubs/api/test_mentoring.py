"""One's own mentoring through the API: the offer, the request, and which schemes fit."""

from typing import Any

import pytest
from django.test import Client

from accounts.actor import Actor, Door
from organisations.models import Organisation
from tests.factories.api import caller, caller_for, queries_of
from tests.factories.hubs import SchemeFactory, districts, recognised_person
from tests.factories.organisations import HubFactory, PracticeFactory

pytestmark = pytest.mark.django_db
JSON = "application/json"
OFFER = {"version": 0, "half_days": ["0am"], "hours_a_month": 6, "clinical_sessions": 3}
ASKED = {"version": 0, "stage": "new", "interests": ["career"]}


def recognised(hub: Organisation) -> Client:
    """Return a client of someone whom the hub recognises."""
    user = recognised_person(hub).user
    return caller_for(Actor(user=user, role=None, door=Door.PAGE))


def put(client: Client, hub: Organisation, what: str, data: dict[str, Any]) -> Any:
    return client.put(f"/api/v1/hubs/{hub.slug}/my-{what}", data, content_type=JSON)


def test_an_offer_is_made_changed_paused_resumed_and_withdrawn() -> None:
    hub = HubFactory()
    mentor, path = recognised(hub), f"/api/v1/hubs/{hub.slug}/my-offer"
    assert mentor.get(path).status_code == 404
    made = put(mentor, hub, "offer", OFFER).json()
    assert (made["state"], made["version"], float(made["hours_a_month"])) == ("open", 1, 6)
    assert put(mentor, hub, "offer", OFFER).status_code == 409
    assert put(mentor, hub, "offer", {**OFFER, "version": 1}).json()["version"] == 2
    assert mentor.post(f"{path}/pause").json()["state"] == "paused"
    assert mentor.post(f"{path}/pause").status_code == 422
    assert mentor.post(f"{path}/resume").json()["state"] == "open"
    assert mentor.delete(path).status_code == 204
    assert mentor.get(path).status_code == 404


def test_a_request_is_made_and_withdrawn() -> None:
    hub = HubFactory()
    mentee, path = recognised(hub), f"/api/v1/hubs/{hub.slug}/my-request"
    made = put(mentee, hub, "request", ASKED).json()
    assert (made["stage"], made["interests"], made["version"]) == ("new", ["career"], 1)
    assert mentee.get(path).json() == made
    assert mentee.delete(path).status_code == 204
    assert mentee.get(path).status_code == 404


def test_the_never_list_is_read_by_its_owner_alone() -> None:
    hub, practice = HubFactory(), PracticeFactory(code="Y00077")
    mentor = recognised(hub)
    never = ["never@example.org", practice.code]
    made = put(mentor, hub, "offer", {**OFFER, "never": never, "never_seen": []})
    assert made.json()["never"] == never
    # A program that does not know of the list must not empty it.
    assert put(mentor, hub, "offer", {**OFFER, "version": 1}).json()["never"] == never
    assert put(mentor, hub, "request", ASKED).json()["never"] == never
    emptied = {**ASKED, "version": 1, "never": [], "never_seen": never}
    assert put(mentor, hub, "request", emptied).json()["never"] == []
    lead = caller("hub_retention_lead", hub)
    assert b"never" not in lead.get(f"/api/v1/hubs/{hub.slug}/mentors").content


def test_what_a_program_did_not_read_it_does_not_lose() -> None:
    hub, mentor = (made := HubFactory()), recognised(made)
    first = {**OFFER, "never": ["a@example.org"], "never_seen": []}
    put(mentor, hub, "offer", first)
    second = {**ASKED, "never": ["b@example.org"], "never_seen": []}
    both = ["a@example.org", "b@example.org"]
    assert put(mentor, hub, "request", second).json()["never"] == both


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"half_days": ["7am"]}, "body.half_days.0"),
        ({"interests": ["golf"]}, "body.interests.0"),
        ({"hours_a_month": 0}, "body.hours_a_month"),
        ({"district": "QQ99"}, "district"),
        ({"remote": False}, "district"),
        ({"never": ["neither"], "never_seen": []}, "never"),
        ({"never": ["a@example.org"]}, "never_seen"),
    ],
)
def test_what_cannot_be_is_named(changes: dict[str, Any], field: str) -> None:
    districts()
    hub = HubFactory()
    refused = put(recognised(hub), hub, "offer", {**OFFER, **changes})
    assert refused.status_code == 422
    assert field in [problem["field"] for problem in refused.json()["error"]["fields"]]


def test_a_hub_that_does_not_know_one_says_what_to_do() -> None:
    hub = HubFactory()
    for what, data in (("offer", OFFER), ("request", ASKED)):
        refused = put(caller(), hub, what, data)
        assert refused.status_code == 422
        assert "recognise you first" in refused.json()["error"]["message"]


def test_each_scheme_tells_which_rule_is_met_and_why() -> None:
    hub = HubFactory()
    SchemeFactory(hub=hub, licence_required=True, min_clinical_sessions=2)
    mentor = recognised(hub)
    put(mentor, hub, "offer", OFFER)
    (fit,) = mentor.get(f"/api/v1/hubs/{hub.slug}/my-eligibility").json()
    assert fit["fits"] is False
    assert [(rule["rule"], rule["met"]) for rule in fit["rules"]] == [
        ("Clinical sessions", "met"),
        ("Licence to practise", "not met"),
    ]
    assert all(rule["reason"].endswith(".") for rule in fit["rules"])


def test_queries_do_not_grow_with_schemes_that_an_offer_may_fit() -> None:
    hub = HubFactory()
    mentor = recognised(hub)
    put(mentor, hub, "offer", OFFER)
    SchemeFactory(hub=hub)
    path = f"/api/v1/hubs/{hub.slug}/my-eligibility"
    few = queries_of(mentor, path)
    for _ in range(4):
        SchemeFactory(hub=hub)
    assert len(mentor.get(path).json()) == 5
    assert queries_of(mentor, path) == few
