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
from tests.factories.organisations import NetworkFactory, area_of_one_practice
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


def test_a_post_that_nobody_confirmed_puts_nobody_into_a_network() -> None:
    places = area_of_one_practice()
    asked = MenteeRequestFactory(hub=places["hub"])
    post = PostFactory(person=asked.person, organisation=places["practice"], confirmed_on=None)
    assert mentoring_counts(places["hub"], places["network"]).mentees == 0
    post.confirmed_on = post.starts_on
    post.save()
    assert mentoring_counts(places["hub"], places["network"]).mentees == 1


def test_nobody_is_counted_in_two_networks() -> None:
    places = area_of_one_practice()
    other = NetworkFactory()
    asked = MenteeRequestFactory(hub=places["hub"])
    # Nor does a post outside any network hide the network of the next.
    for organisation, year in ((places["hub"], 2021), (other, 2022), (places["practice"], 2023)):
        PostFactory(person=asked.person, organisation=organisation, starts_on=dt.date(year, 1, 1))
    assert mentoring_counts(places["hub"], other).mentees == 1
    assert mentoring_counts(places["hub"], places["network"]).mentees == 0


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
