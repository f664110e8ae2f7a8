"""Leaving a hub ends one's mentoring there, and nowhere else."""

import pytest

from accounts.actions.recognitions import leave_hub
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
