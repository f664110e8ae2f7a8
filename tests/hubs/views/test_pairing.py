"""The lead's pairing, through the pages: run, read, approve, dismiss."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import AuditEvent, User
from hubs.actions import proposals
from hubs.models import LeftOut, Pair, PairingRun, Scheme
from tests.factories.accounts import RoleGrantFactory
from tests.factories.hubs import (
    MenteeRequestFactory,
    MentorOfferFactory,
    PairFactory,
    PairingRunFactory,
    SchemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheme() -> Scheme:
    made: Scheme = SchemeFactory()
    return made


@pytest.fixture
def lead(scheme: Scheme) -> User:
    user: User = RoleGrantFactory(role="hub_retention_lead", organisation=scheme.hub).user
    return user


@pytest.fixture
def client(lead: User) -> Client:
    client = Client()
    client.force_login(lead)
    return client


@pytest.mark.django_db(transaction=True)
def test_from_the_button_to_the_proposals(client: Client, scheme: Scheme) -> None:
    mentor = MentorOfferFactory(hub=scheme.hub, hours_a_month=2).person
    mentees = [MenteeRequestFactory(hub=scheme.hub).person for _ in range(2)]
    page = client.post(reverse("pairing", args=[scheme.public_id]), follow=True).text
    assert "Proved best" in page
    assert mentor.name in page
    assert all(mentee.name in page for mentee in mentees)
    assert "none has a place left or could be paired" in page
    assert "Interests in common: Career choices: 150 of 350" in page


def test_names_are_read_on_the_record(client: Client, lead: User, scheme: Scheme) -> None:
    pair = PairFactory(run=PairingRunFactory(scheme=scheme))
    left = LeftOut.objects.create(
        run=pair.run,
        request=MenteeRequestFactory(hub=scheme.hub),
        reasons={"mentors": 1, "half_days": 0, "distance": 0},
    )
    client.get(reverse("pairing-run", args=[pair.run.public_id]))
    events = AuditEvent.objects.filter(act="read_mentoring", actor=lead.subject_id)
    people = (pair.offer.person, pair.request.person, left.request.person)
    assert {event.subject for event in events} == {person.subject_id for person in people}


def test_a_run_under_way_asks_again_by_itself_and_by_a_link(
    client: Client, scheme: Scheme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposals, "make_proposals", lambda run_id: None)
    run = PairingRunFactory(scheme=scheme, state="waiting", figures={})
    page = client.get(reverse("pairing-run", args=[run.public_id])).text
    state = reverse("pairing-run-state", args=[run.public_id])
    assert f'hx-get="{state}"' in page
    assert "Look again" in page
    PairingRun.objects.update(state="done", figures=PairingRunFactory.figures)
    part = client.get(state, headers={"HX-Request": "true"}).text
    assert "hx-get" not in part
    assert "Show the result" in part
    assert "<html" not in part


def test_a_closed_scheme_is_not_run(client: Client, scheme: Scheme) -> None:
    Scheme.objects.update(state="closed")
    page = client.post(reverse("pairing", args=[scheme.public_id])).text
    assert "Open the scheme first" in page
    assert not PairingRun.objects.exists()


def test_approve_and_dismiss(client: Client, scheme: Scheme) -> None:
    run = PairingRunFactory(scheme=scheme)
    first, second, third = (PairFactory(run=run) for _ in range(3))
    client.post(reverse("pair-approve", args=[first.public_id]))
    client.post(reverse("pair-dismiss", args=[second.public_id]))
    page = client.post(reverse("pairing-run-approve", args=[run.public_id]), follow=True).text
    assert "All proposals are approved" in page
    assert dict(Pair.objects.values_list("pk", "state")) == {
        first.pk: "approved",
        second.pk: "dismissed",
        third.pk: "approved",
    }


def test_what_is_refused_is_said(client: Client, scheme: Scheme) -> None:
    pair = PairFactory(run=PairingRunFactory(scheme=scheme), state="dismissed")
    page = client.post(reverse("pair-approve", args=[pair.public_id]), follow=True).text
    assert "answered already" in page


def test_who_declined_is_not_told_to_the_lead(client: Client, scheme: Scheme) -> None:
    run = PairingRunFactory(scheme=scheme)
    PairFactory(run=run, state="declined", mentor_answer="declined")
    page = client.get(reverse("pairing-run", args=[run.public_id])).text
    assert "Did not go ahead" in page
    assert "eclined" not in page


def test_queries_do_not_grow_with_the_pairs(
    client: Client, scheme: Scheme, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    run = PairingRunFactory(scheme=scheme)
    for _ in range(4):
        PairFactory(run=run)
    assert settings.MODE == "test"
    with django_assert_max_num_queries(22):
        client.get(reverse("pairing-run", args=[run.public_id]))
