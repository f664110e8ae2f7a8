"""Pairing through the API: asked for, proposed, approved or dismissed by the lead."""

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import AuditEvent
from accounts.models.audit_event import Act
from hubs.models import LeftOut
from organisations.models import Organisation
from tests.factories.api import caller, queries_of
from tests.factories.hubs import (
    MenteeRequestFactory,
    MentorOfferFactory,
    PairFactory,
    PairingRunFactory,
    SchemeFactory,
)
from tests.factories.organisations import HubFactory

pytestmark = pytest.mark.django_db


def hub_with_lead() -> tuple[Organisation, Client]:
    hub = HubFactory()
    return hub, caller("hub_retention_lead", hub)


def test_a_run_is_asked_for_done_and_approved(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    hub, lead = hub_with_lead()
    scheme, offer, asked = (
        SchemeFactory(hub=hub),
        MentorOfferFactory(hub=hub),
        MenteeRequestFactory(hub=hub),
    )
    path = f"/api/v1/schemes/{scheme.public_id}/runs"
    with django_capture_on_commit_callbacks(execute=True):
        started = lead.post(path)
    assert started.status_code == 202
    run = lead.get(f"/api/v1/runs/{started.json()['id']}").json()
    assert (run["state"], run["figures"]["pairs"]) == ("done", 1)
    assert lead.get(path).json()["count"] == 1
    (pair,) = lead.get(f"/api/v1/runs/{run['id']}/pairs").json()["items"]
    assert (pair["mentor"], pair["mentee"]) == (offer.person.name, asked.person.name)
    assert pair["score"] == sum(part["points"] for part in pair["parts"].values())
    assert lead.post(f"/api/v1/runs/{run['id']}/approve").json() == {"approved": 1}
    assert lead.post(f"/api/v1/pairs/{pair['id']}/dismiss").status_code == 422


def test_one_proposal_is_approved_or_dismissed() -> None:
    hub, lead = hub_with_lead()
    run = PairingRunFactory(scheme=SchemeFactory(hub=hub))
    pair, other = PairFactory(run=run), PairFactory(run=run)
    approved = lead.post(f"/api/v1/pairs/{pair.public_id}/approve").json()
    assert approved["state"] == "approved"
    assert lead.post(f"/api/v1/pairs/{other.public_id}/dismiss").json()["state"] == "dismissed"
    assert AuditEvent.objects.filter(act=Act.APPROVED_PAIR).count() == 2


def test_a_scheme_that_is_not_open_is_not_paired() -> None:
    hub, lead = hub_with_lead()
    scheme = SchemeFactory(hub=hub, state="draft")
    refused = lead.post(f"/api/v1/schemes/{scheme.public_id}/runs")
    assert refused.status_code == 422
    assert "Open the scheme first" in refused.json()["error"]["message"]


def test_who_was_left_out_comes_with_reasons_in_words() -> None:
    hub, lead = hub_with_lead()
    run = PairingRunFactory(scheme=SchemeFactory(hub=hub))
    asked = MenteeRequestFactory(hub=hub)
    reasons = {"mentors": 11, "half_days": 3, "distance": 0}
    LeftOut.objects.create(run=run, request=asked, reasons=reasons)
    page = lead.get(f"/api/v1/runs/{run.public_id}/left-out").json()
    (left_out,) = page["items"]
    assert left_out["mentee"] == asked.person.name
    assert left_out["reasons"][0].startswith("No half-day in common with 3 of 11 mentors")
    assert AuditEvent.objects.get(act=Act.READ_MENTORING).subject == asked.person.subject_id


def test_queries_do_not_grow_with_proposals() -> None:
    hub, lead = hub_with_lead()
    run = PairingRunFactory(scheme=SchemeFactory(hub=hub))
    PairFactory(run=run)
    path = f"/api/v1/runs/{run.public_id}/pairs"
    few = queries_of(lead, path)
    for _ in range(7):
        PairFactory(run=run)
    assert queries_of(lead, path) == few


def test_another_hubs_run_is_404() -> None:
    run = PairingRunFactory()
    _, lead = hub_with_lead()
    assert lead.get(f"/api/v1/runs/{run.public_id}/pairs").status_code == 404
    assert lead.post(f"/api/v1/runs/{run.public_id}/approve").status_code == 404


def test_a_dismissed_pair_leaves_no_trace_of_itself_in_what_the_two_can_download() -> None:
    hub, lead = hub_with_lead()
    pair = PairFactory(run__scheme__hub=hub)
    assert lead.post(f"/api/v1/pairs/{pair.public_id}/dismiss").status_code == 200
    both = (pair.offer.person.subject_id, pair.request.person.subject_id)
    things = AuditEvent.objects.filter(subject__in=both).values_list("thing", flat=True)
    assert set(things) == {f"pairing_run:{pair.run.public_id}"}
