"""A scheme from a starting point to its end, through the pages."""

import pytest
from django.test import Client
from django.urls import reverse

from hubs.models import Scheme
from hubs.starting_points import STARTING_POINTS, StartingPoint
from organisations.models import Organisation
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.hubs import MentorOfferFactory, SchemeFactory
from tests.factories.organisations import area_of_one_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub() -> Organisation:
    return area_of_one_practice()["hub"]


def as_role(role: str, hub: Organisation) -> Client:
    client = Client()
    client.force_login(RoleGrantFactory(role=role, organisation=hub).user)
    return client


def sent(hub: Organisation, **change: object) -> dict[str, object]:
    return {
        "name": "Mentors for new GPs",
        "purpose": "Pays mentors.",
        "area": hub.pk,
        "starts_on": "2026-04-01",
        "ends_on": "2031-03-31",
        "session_minutes": 250,
        "rate": "289",
        "budget": "28900",
        "places": 10,
        **change,
    }


def test_from_draft_to_open_to_closed(hub: Organisation) -> None:
    lead, administrator = as_role("hub_retention_lead", hub), as_role("hub_administrator", hub)
    response = lead.post(reverse("scheme-new", args=[hub.slug]), sent(hub), follow=True)
    assert "An administrator of the hub can open it" in response.text
    scheme = Scheme.objects.get()
    page = reverse("scheme", args=[scheme.public_id])
    assert "Open this scheme" not in lead.get(page).text
    assert "Open this scheme" in administrator.get(page).text
    administrator.post(reverse("scheme-open", args=[scheme.public_id]), {"version": 1})
    administrator.post(reverse("scheme-close", args=[scheme.public_id]))
    scheme.refresh_from_db()
    assert scheme.state == "closed"


def test_a_wrong_form_keeps_what_was_typed_and_says_what_to_do(hub: Organisation) -> None:
    lead = as_role("hub_retention_lead", hub)
    wrong = sent(hub, min_years_qualified=5, rate="-3", ends_on="2026-01-01")
    response = lead.post(reverse("scheme-new", args=[hub.slug]), wrong)
    assert response.status_code == 200
    assert "<title>Error: Draft a scheme" in response.text
    assert 'value="Mentors for new GPs"' in response.text
    assert "greater than or equal to 0" in response.text
    assert not Scheme.objects.exists()


def test_two_schemes_of_one_name_are_told_apart(hub: Organisation) -> None:
    lead = as_role("hub_retention_lead", hub)
    for _ in range(2):
        response = lead.post(reverse("scheme-new", args=[hub.slug]), sent(hub))
    assert "already exists" in response.text
    assert Scheme.objects.count() == 1


@pytest.mark.parametrize("point", STARTING_POINTS, ids=lambda point: point.key)
def test_a_starting_point_fills_in_what_its_source_prints(
    hub: Organisation, point: StartingPoint
) -> None:
    lead = as_role("hub_retention_lead", hub)
    form = lead.get(reverse("scheme-new", args=[hub.slug]), {"from": point.key})
    assert "Check before use." in form.text
    assert point.url in form.text
    filled = form.context["form"]
    for field in ("budget", "places", "starts_on", "ends_on", "name"):
        assert not filled[field].value()
    assert filled["rate"].value() == point.terms.get("rate")


def test_a_starting_point_that_is_not_there_is_no_fault(hub: Organisation) -> None:
    lead = as_role("hub_retention_lead", hub)
    form = lead.get(reverse("scheme-new", args=[hub.slug]), {"from": "../etc"})
    assert "Started from" not in form.text


def test_a_stale_edit_keeps_what_was_typed(hub: Organisation) -> None:
    lead = as_role("hub_retention_lead", hub)
    scheme = SchemeFactory(hub=hub, state="draft")
    address = reverse("scheme-edit", args=[scheme.public_id])
    lead.post(address, sent(hub, name="First", version=1))
    response = lead.post(address, sent(hub, name="Second", version=1))
    assert "another window" in response.text
    assert 'value="Second"' in response.text
    assert Scheme.objects.get().name == "First"


def test_an_open_scheme_is_not_edited(hub: Organisation) -> None:
    scheme = SchemeFactory(hub=hub)
    lead = as_role("hub_retention_lead", hub)
    response = lead.get(reverse("scheme-edit", args=[scheme.public_id]), follow=True)
    assert "Only a draft can be changed" in response.text


@pytest.mark.parametrize("version", ["", "x", "7", "9" * 20, "9" * 5000])
def test_a_strange_version_opens_nothing(hub: Organisation, version: str) -> None:
    scheme = SchemeFactory(hub=hub, state="draft")
    administrator = as_role("hub_administrator", hub)
    response = administrator.post(
        reverse("scheme-open", args=[scheme.public_id]), {"version": version}, follow=True
    )
    assert "since you read it" in response.text


def test_closing_twice_is_told(hub: Organisation) -> None:
    scheme = SchemeFactory(hub=hub, state="closed")
    administrator = as_role("hub_administrator", hub)
    response = administrator.post(reverse("scheme-close", args=[scheme.public_id]), follow=True)
    assert "Only an open scheme" in response.text


def test_a_mentor_reads_how_they_stand(hub: Organisation) -> None:
    offer = MentorOfferFactory(hub=hub, clinical_sessions=1)
    scheme = SchemeFactory(hub=hub, min_clinical_sessions=3)
    client, stranger = Client(), Client()
    client.force_login(offer.person.user)
    stranger.force_login(UserFactory())
    page = reverse("scheme", args=[scheme.public_id])
    assert "Clinical sessions a week in your offer: 1." in client.get(page).text
    assert "your offer" not in stranger.get(page).text


def test_drafts_are_listed_for_those_who_run_the_hub(hub: Organisation) -> None:
    SchemeFactory(hub=hub, name="Secret draft", state="draft")
    page = reverse("schemes", args=[hub.slug])
    assert "Secret draft" in as_role("hub_administrator", hub).get(page).text
    assert "Secret draft" not in as_role("board_viewer", hub).get(page).text
    assert "Or start from" not in as_role("hub_administrator", hub).get(page).text
