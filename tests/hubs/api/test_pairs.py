"""Pairs as their two sides have them through the API."""

from typing import Any

import pytest
from django.test import Client

from accounts.actor import Actor, Door
from accounts.models import AuditEvent
from accounts.models.audit_event import Act
from hubs.models import Pair
from hubs.models.pair import PairState
from tests.factories.api import caller, caller_for
from tests.factories.hubs import ActivePairFactory, PairFactory

pytestmark = pytest.mark.django_db
JSON = "application/json"


def sides(pair: Pair) -> tuple[Client, Client]:
    """Return the mentor's client and the mentee's."""
    people = (pair.offer.person, pair.request.person)
    mentor, mentee = (
        caller_for(Actor(user=person.user, role=None, door=Door.PAGE)) for person in people
    )
    return mentor, mentee


def answer(client: Client, pair: Pair, word: str) -> Any:
    data = {"answer": word}
    return client.post(f"/api/v1/me/pairs/{pair.public_id}/answer", data, content_type=JSON)


def test_a_proposal_is_known_to_neither_side() -> None:
    pair = PairFactory()
    for client in sides(pair):
        assert client.get("/api/v1/me/pairs").json() == []
        assert client.get(f"/api/v1/me/pairs/{pair.public_id}").status_code == 404
        assert answer(client, pair, "accept").status_code == 404


def test_both_accept_and_the_pair_meets() -> None:
    pair = PairFactory(state=PairState.APPROVED)
    mentor, mentee = sides(pair)
    first = answer(mentor, pair, "accept").json()
    assert (first["side"], first["state"], first["my_answer"]) == ("mentor", "approved", "accepted")
    assert mentee.get("/api/v1/me/pairs").json()[0]["my_answer"] == ""
    assert answer(mentee, pair, "accept").json()["state"] == "active"
    assert answer(mentee, pair, "accept").status_code == 422


def test_a_decline_ends_it_without_telling_whose_it_was() -> None:
    pair = PairFactory(state=PairState.APPROVED)
    mentor, mentee = sides(pair)
    assert answer(mentee, pair, "decline").json()["state"] == "declined"
    detail = mentor.get(f"/api/v1/me/pairs/{pair.public_id}").json()
    assert detail["other"] is None
    assert detail["pair"]["my_answer"] == ""
    assert "mentee_answer" not in str(detail)


def test_reading_who_the_other_is_shows_no_age_and_is_audited() -> None:
    pair = ActivePairFactory()
    mentor, _ = sides(pair)
    detail = mentor.get(f"/api/v1/me/pairs/{pair.public_id}").json()
    assert detail["other"]["name"] == pair.request.person.name
    assert detail["other"]["stage"] == "new"
    assert not {"year_of_birth", "qualified_year", "scheme"} & set(detail["other"])
    read = AuditEvent.objects.get(act=Act.READ_MENTORING)
    assert read.subject == pair.request.person.subject_id


def test_a_meeting_is_logged_and_corrected_by_who_logged_it() -> None:
    pair = ActivePairFactory()
    mentor, mentee = sides(pair)
    meeting = {"held_on": "2026-06-01", "minutes": 60, "kind": "video"}
    path = f"/api/v1/me/pairs/{pair.public_id}/meetings"
    made = mentor.post(path, meeting, content_type=JSON)
    assert (made.status_code, made.json()["state"]) == (201, "done")
    twice = mentor.post(path, meeting, content_type=JSON)
    assert "in the log already" in twice.json()["error"]["message"]
    entry = f"/api/v1/me/meetings/{made.json()['id']}"
    change = {**meeting, "minutes": 30, "version": made.json()["version"]}
    assert mentee.put(entry, change, content_type=JSON).status_code == 404
    assert mentor.put(entry, change, content_type=JSON).json()["minutes"] == 30
    assert mentor.put(entry, change, content_type=JSON).status_code == 409
    detail = mentee.get(f"/api/v1/me/pairs/{pair.public_id}").json()
    assert [logged["minutes"] for logged in detail["meetings"]] == [30]


def test_a_meeting_before_the_pair_is_refused_by_its_field() -> None:
    pair = ActivePairFactory()
    mentor, _ = sides(pair)
    early = {"held_on": "0001-01-01", "minutes": 60, "kind": "video"}
    path = f"/api/v1/me/pairs/{pair.public_id}/meetings"
    refused = mentor.post(path, early, content_type=JSON)
    assert refused.status_code == 422
    assert refused.json()["error"]["fields"][0]["field"] == "held_on"


def test_either_side_ends_a_pair() -> None:
    pair = ActivePairFactory()
    mentor, mentee = sides(pair)
    path = f"/api/v1/me/pairs/{pair.public_id}/end"
    assert mentee.post(path).json()["state"] == "ended"
    assert mentor.post(path).status_code == 422


def test_a_pair_of_others_is_404() -> None:
    pair = ActivePairFactory()
    assert caller().get(f"/api/v1/me/pairs/{pair.public_id}").status_code == 404
