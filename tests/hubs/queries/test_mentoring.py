"""Counts by hub and by network, and what is prefilled."""

import datetime as dt
from decimal import Decimal

import pytest

from hubs.queries.mentoring import MentoringCounts, mentoring_counts, told_clinical_sessions
from tests.factories.hubs import (
    ActivePairFactory,
    MenteeRequestFactory,
    MentorOfferFactory,
    PairingRunFactory,
    SchemeFactory,
)
from tests.factories.organisations import area_of_one_practice
from tests.factories.retention import (
    DraftPatternFactory,
    PersonFactory,
    PostFactory,
    SessionCellFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db


def test_counts_of_a_hub_and_of_a_network_in_it() -> None:
    places = area_of_one_practice()
    hub = places["hub"]
    run = PairingRunFactory(scheme=SchemeFactory(hub=hub))
    pair = ActivePairFactory(run=run)
    MentorOfferFactory(hub=hub, state="withdrawn")
    MentorOfferFactory(hub=hub, state="paused")
    MenteeRequestFactory()
    assert mentoring_counts(hub) == MentoringCounts(mentors=2, mentees=1, pairs=1)
    assert mentoring_counts(hub, places["network"]) == MentoringCounts(0, 0, 0)
    # Two posts are one person.
    PostFactory(person=pair.request.person, organisation=places["practice"])
    PostFactory(person=pair.request.person, organisation=places["network"])
    assert mentoring_counts(hub, places["network"]) == MentoringCounts(0, 1, 1)


def test_told_clinical_sessions_leave_out_drafts_ends_and_other_work() -> None:
    person = PersonFactory()
    assert told_clinical_sessions(person) is None
    told = SessionPatternFactory(post=PostFactory(person=person))
    SessionCellFactory(pattern=told, minutes=250)
    SessionCellFactory(pattern=told, weekday=1, minutes=125)
    SessionCellFactory(pattern=told, weekday=2, kind="leadership")
    SessionCellFactory(pattern=DraftPatternFactory(post=told.post))
    ended = PostFactory(person=person, ends_on=dt.date(2024, 1, 1))
    SessionCellFactory(pattern=SessionPatternFactory(post=ended))
    assert told_clinical_sessions(person) == Decimal("1.5")
