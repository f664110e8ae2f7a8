"""A pair through the pages of its two sides; for everyone else it is not there."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, User
from hubs.models import Meeting
from organisations.clock import today
from tests.factories.accounts import UserFactory
from tests.factories.hubs import ActivePairFactory, MeetingFactory, PairFactory

pytestmark = pytest.mark.django_db


def signed_in(user: User | None) -> Client:
    assert user is not None
    client = Client()
    client.force_login(user)
    return client


def test_both_accept_meet_and_end() -> None:
    pair = PairFactory(state="approved")
    both = [signed_in(p.user) for p in (pair.offer.person, pair.request.person)]
    page = reverse("pair", args=[pair.public_id])
    for client in both:
        client.post(reverse("pair-answer", args=[pair.public_id]), {"answer": "accept"})
    assert "You are paired since" in both[0].get(page).text
    sent = {"held_on": today().isoformat(), "minutes": 45, "kind": "phone", "state": "done"}
    both[1].post(reverse("meeting-new", args=[pair.public_id]), sent)
    assert "1 meeting done, 0 h 45 min" in both[0].get(page).text
    response = both[0].post(reverse("pair-end", args=[pair.public_id]), follow=True)
    assert "This pair ended on" in response.text
    again = both[0].post(reverse("pair-end", args=[pair.public_id]), follow=True)
    assert "does not meet any more" in again.text


def test_reading_the_others_name_is_on_the_record() -> None:
    pair = PairFactory(state="approved")
    mentor, mentee = pair.offer.person, pair.request.person
    signed_in(mentor.user).get(reverse("pair", args=[pair.public_id]))
    event = AuditEvent.objects.get(act="read_mentoring")
    assert (event.actor, event.subject) == (mentor.subject_id, mentee.subject_id)


def test_after_a_decline_nothing_of_the_other_is_left() -> None:
    pair = PairFactory(state="approved")
    mentor, mentee = pair.offer.person, pair.request.person
    address = reverse("pair-answer", args=[pair.public_id])
    signed_in(mentor.user).post(address, {"answer": "decline"})
    page = signed_in(mentee.user).get(reverse("pair", args=[pair.public_id])).text
    assert "did not go ahead" in page
    assert mentor.name not in page
    assert "eclined" not in page
    assert mentor.name not in signed_in(mentee.user).get(reverse("mentoring")).text


def test_answering_twice_is_told() -> None:
    pair = PairFactory(state="approved")
    client = signed_in(pair.offer.person.user)
    address = reverse("pair-answer", args=[pair.public_id])
    client.post(address, {"answer": "accept"})
    page = client.post(address, {"answer": "decline"}, follow=True).text
    assert "answered already" in page


@pytest.mark.parametrize("answer", ["", "maybe"])
def test_no_other_answer(answer: str) -> None:
    pair = PairFactory(state="approved")
    address = reverse("pair-answer", args=[pair.public_id])
    client = signed_in(pair.offer.person.user)
    assert client.post(address, {"answer": answer}).status_code == 404


@pytest.mark.parametrize("state", ["proposed", "dismissed"])
def test_what_the_hub_has_not_approved_is_not_there(state: str) -> None:
    pair = PairFactory(state=state)
    for person in (pair.offer.person, pair.request.person):
        address = reverse("pair", args=[pair.public_id])
        assert signed_in(person.user).get(address).status_code == 404


def test_a_stranger_finds_nothing() -> None:
    meeting = MeetingFactory()
    stranger = signed_in(UserFactory())
    pair = meeting.pair.public_id
    for name in ("pair", "meeting-new"):
        assert stranger.get(reverse(name, args=[pair])).status_code == 404
    assert stranger.get(reverse("meeting-edit", args=[meeting.public_id])).status_code == 404


def test_only_who_logged_a_meeting_corrects_it() -> None:
    meeting = MeetingFactory()
    address = reverse("meeting-edit", args=[meeting.public_id])
    mentor, mentee = (
        signed_in(p.user) for p in (meeting.pair.offer.person, meeting.pair.request.person)
    )
    assert mentee.get(address).status_code == 404
    sent = {"held_on": "2026-06-02", "minutes": 30, "kind": "video", "state": "done"}
    sent["version"] = 0
    assert "The entry is changed" in mentor.post(address, sent, follow=True).text
    assert Meeting.objects.get().minutes == 30
    stale = mentor.post(address, {**sent, "minutes": 35}).text
    assert "is not saved" in stale
    assert '<input type="hidden" name="version" value="1" id="id_version">' in stale
    assert Meeting.objects.get().minutes == 30


def test_a_wrong_meeting_keeps_what_was_typed() -> None:
    pair = ActivePairFactory()
    client = signed_in(pair.offer.person.user)
    sent = {"held_on": "2031-01-01", "minutes": 45, "kind": "phone", "state": "done"}
    page = client.post(reverse("meeting-new", args=[pair.public_id]), sent).text
    assert "cannot be in the future" in page
    assert 'value="45"' in page
    assert 'value="2031-01-01"' in page
