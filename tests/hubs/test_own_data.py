"""What mentoring holds can be downloaded and erased; the other side is not harmed."""

import datetime as dt
import json
from typing import Any

import pytest

from accounts.actions.erasure import erase_own_data, export_own_data
from accounts.models import AuditEvent, User
from hubs.models import (
    ConversationRequest,
    DigestChoice,
    DigestIssue,
    Meeting,
    MenteeRequest,
    MentorOffer,
    NeverEntry,
    Pair,
    PastAddress,
)
from hubs.never_digest import email_digest
from tests.factories.accounts import actor
from tests.factories.hubs import (
    ActivePairFactory,
    ConversationRequestFactory,
    MeetingFactory,
    NeverEntryFactory,
    PairFactory,
)

pytestmark = pytest.mark.django_db
PAIRS = "Pairs, and that you met: date, minutes and kind, never what was said"


def held(user: User) -> dict[str, Any]:
    exported = export_own_data(by=actor(user=user))
    return {entry["kind"]: entry["held"] for entry in exported["data"]}


def test_a_mentor_gets_their_offer_list_and_pairs() -> None:
    meeting = MeetingFactory()
    pair = meeting.pair
    mentor = pair.offer.person
    NeverEntryFactory(owner=mentor, email="never@example.org")
    data = held(mentor.user)
    assert data["Who you must not be paired with, sealed so that only you can read it"] == [
        "never@example.org"
    ]
    text = json.dumps(data)
    assert "Clinical sessions a week" in text
    assert '"minutes": 60' in text
    assert pair.request.person.name not in text


def test_a_mentee_gets_their_request_and_their_own_answer_alone() -> None:
    pair = PairFactory(state="approved", mentor_answer="accepted")
    data = held(pair.request.person.user)
    (mine,) = data[PAIRS]
    assert mine["my_answer"] == "Not answered yet"
    assert "ccepted" not in json.dumps(mine)
    assert data["Mentoring that you ask for"]


def test_what_somebody_answered_is_theirs_though_the_pair_did_not_go_ahead() -> None:
    pair = PairFactory(state="declined", mentor_answer="accepted", mentee_answer="declined")
    PairFactory(offer=pair.offer, run=pair.run)  # a proposal that nobody has heard of
    (mine,) = held(pair.offer.person.user)[PAIRS]
    assert (mine["state"], mine["my_answer"]) == ("Did not go ahead", "Accepted")
    assert "eclined" not in json.dumps(mine)


def test_who_is_on_a_list_learns_nothing_of_it() -> None:
    pair = ActivePairFactory()
    before = held(pair.request.person.user)
    NeverEntryFactory(owner=pair.offer.person, email=pair.request.person.user.email)
    after = held(pair.request.person.user)
    log = next(kind for kind in before if kind.startswith("Audit log"))
    assert {k: v for k, v in after.items() if k != log} == {
        k: v for k, v in before.items() if k != log
    }


def test_what_was_asked_in_confidence_is_handed_out_and_erased() -> None:
    asked = ConversationRequestFactory()
    kind = "Confidential conversations that you asked a training hub for"
    (mine,) = held(asked.person.user)[kind]
    assert (mine["hub"], mine["contact"]) == (asked.hub.name, "07700 900123")
    erase_own_data(by=actor(user=asked.person.user))
    assert not ConversationRequest.objects.exists()


def test_the_switch_of_the_summary_is_handed_out_and_erased() -> None:
    user = actor().user
    assert user is not None
    DigestChoice.objects.create(user=user, wanted=False)
    DigestIssue.objects.create(user=user, month=dt.date(2025, 6, 1))
    kind = "Monthly summary: whether you want it, and when it was sent"
    mine = held(user)[kind]
    assert mine["wanted"] is False
    assert [each["month"] for each in mine["issues"]] == ["2025-06-01"]
    erase_own_data(by=actor(user=user))
    assert not DigestChoice.objects.exists()
    assert not DigestIssue.objects.exists()


def test_past_addresses_are_handed_out_as_digests_and_erased() -> None:
    pair = PairFactory()
    user = pair.offer.person.user
    old, user.email = user.email, "elsewhere@example.org"
    user.save()
    kind = "Digests of past addresses (to keep never lists working)"
    assert held(user)[kind] == [email_digest(old)]
    assert held(pair.request.person.user)[kind] == []
    erase_own_data(by=actor(user=user))
    assert not PastAddress.objects.exists()


@pytest.mark.parametrize("side", ["offer", "request"])
def test_erasure_leaves_nothing_of_mentoring(side: str) -> None:
    pair = ActivePairFactory()
    MeetingFactory(pair=pair)
    person = getattr(pair, side).person
    NeverEntryFactory(owner=person)
    subject = person.subject_id
    erase_own_data(by=actor(user=person.user))
    assert not Pair.objects.exists()
    assert not Meeting.objects.exists()
    assert not NeverEntry.objects.exists()
    assert (MentorOffer.objects.count(), MenteeRequest.objects.count()) == (
        (0, 1) if side == "offer" else (1, 0)
    )
    if side == "offer":
        assert MenteeRequest.objects.get().state == "open"
    assert AuditEvent.objects.filter(act="ended_pair", actor=subject).exists()
