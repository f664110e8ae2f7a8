"""Leaving a hub ends one's mentoring there, and nowhere else."""

import pytest

from accounts.actions.recognitions import end_recognition, leave_hub
from accounts.models import AuditEvent, Recognition
from hubs.models import MenteeRequest
from tests.factories.accounts import actor
from tests.factories.hubs import ActivePairFactory, MenteeRequestFactory

pytestmark = pytest.mark.django_db


def test_leaving_withdraws_offer_and_request_of_that_hub() -> None:
    pair = ActivePairFactory()
    mentor = pair.offer.person
    asked = MenteeRequestFactory(hub=pair.offer.hub, person=mentor)
    elsewhere = MenteeRequestFactory(person=mentor)
    leave_hub(by=actor(user=mentor.user), hub=pair.offer.hub)
    for record in (pair, pair.offer, pair.request, asked, elsewhere):
        record.refresh_from_db()
    assert (pair.state, pair.offer.state) == ("ended", "withdrawn")
    # The mentee waits for another mentor.
    assert pair.request.state == "open"
    assert (asked.state, elsewhere.state) == ("withdrawn", "open")


def test_leaving_without_any_mentoring_is_no_fault() -> None:
    request = MenteeRequestFactory()
    MenteeRequest.objects.all().delete()
    leave_hub(by=actor(user=request.person.user), hub=request.hub)
    assert not MenteeRequest.objects.exists()


def test_a_hub_that_ends_a_recognition_ends_the_mentoring_and_writes_whose_it_was() -> None:
    pair = ActivePairFactory()
    mentor, hub = pair.offer.person, pair.offer.hub
    administrator = actor("hub_administrator", hub)
    end_recognition(
        by=administrator, recognition=Recognition.objects.get(user=mentor.user, hub=hub)
    )
    for record in (pair, pair.offer, pair.request):
        record.refresh_from_db()
    assert (pair.state, pair.offer.state, pair.request.state) == ("ended", "withdrawn", "open")
    event = AuditEvent.objects.get(act="ended_pair")
    assert (event.actor, event.subject) == (administrator.subject_id, mentor.subject_id)
