"""Deleting mentoring when its time is over."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.retention_periods import purge_expired
from hubs.actions.offers import withdraw_offer
from hubs.actions.pairs import end_pair
from hubs.actions.requests import withdraw_request
from hubs.models import ConversationRequest, DigestIssue, Meeting, MenteeRequest, MentorOffer, Pair
from hubs.queries.pairs import Side
from hubs.retention_periods import forget_conversations, forget_digests, forget_withdrawn
from tests.factories.accounts import UserFactory, actor
from tests.factories.hubs import (
    ConversationRequestFactory,
    MeetingFactory,
    MenteeRequestFactory,
    MentorOfferFactory,
)

pytestmark = pytest.mark.django_db


def purge_in_six_years(days: int) -> None:
    # Not purge_expired(): the database's own clock, which keeps the audit log, cannot travel.
    forget_withdrawn(timezone.now() + dt.timedelta(days=6 * 365 + days))


def test_it_is_a_step_of_the_purge() -> None:
    assert "withdrawn offers and requests" in purge_expired()


def test_what_is_withdrawn_goes_after_six_years() -> None:
    offer, request = MentorOfferFactory(), MenteeRequestFactory()
    withdraw_offer(offer=offer, by=actor(user=offer.person.user))
    withdraw_request(request=request, by=actor(user=request.person.user))
    purge_in_six_years(-10)
    assert MentorOffer.objects.count() == MenteeRequest.objects.count() == 1
    purge_in_six_years(10)
    assert not MentorOffer.objects.exists()
    assert not MenteeRequest.objects.exists()


def test_what_stands_stays() -> None:
    MentorOfferFactory()
    MenteeRequestFactory()
    purge_in_six_years(4_000)
    assert MentorOffer.objects.count() == MenteeRequest.objects.count() == 1


def test_who_asked_for_a_conversation_is_forgotten_in_time() -> None:
    now = timezone.now()
    ConversationRequestFactory()
    ConversationRequestFactory(state="closed", sealed=None, closed_at=now)
    for days, left in ((89, 2), (91, 1), (364, 1), (366, 0)):
        forget_conversations(now + dt.timedelta(days=days))
        assert ConversationRequest.objects.count() == left
    assert "confidential conversations" in purge_expired()


def test_summaries_are_forgotten_but_for_the_newest_of_each() -> None:
    user, other = UserFactory(), UserFactory()
    for whose, month in ((user, 1), (user, 2), (other, 1)):
        DigestIssue.objects.create(user=whose, month=dt.date(2025, month, 1))
    forget_digests(timezone.now() + dt.timedelta(days=399))
    assert DigestIssue.objects.count() == 3
    forget_digests(timezone.now() + dt.timedelta(days=401))
    assert set(DigestIssue.objects.values_list("user", "month")) == {
        (user.pk, dt.date(2025, 2, 1)),
        (other.pk, dt.date(2025, 1, 1)),
    }
    assert "monthly summaries" in purge_expired()


def test_a_pair_goes_with_the_request_that_ended_with_it() -> None:
    pair = MeetingFactory().pair
    end_pair(pair=pair, side=Side.MENTEE, by=actor(user=pair.request.person.user))
    purge_in_six_years(10)
    assert not Pair.objects.exists()
    assert not Meeting.objects.exists()
    assert MentorOffer.objects.get().withdrawn_at is None


def test_a_mentee_whose_mentor_left_waits_on_and_keeps_the_request() -> None:
    pair = MeetingFactory().pair
    end_pair(pair=pair, side=Side.MENTOR, by=actor(user=pair.offer.person.user))
    purge_in_six_years(10)
    assert MenteeRequest.objects.get().withdrawn_at is None
