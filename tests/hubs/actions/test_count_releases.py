"""Counts are made once a quarter, in bands, and stand until the next."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from hubs.actions.count_releases import released_counts
from hubs.models import CountRelease, MentorOffer
from organisations.models import Organisation
from tests.factories.hubs import (
    ActivePairFactory,
    MenteeRequestFactory,
    MentorOfferFactory,
    PairingRunFactory,
    SchemeFactory,
)
from tests.factories.organisations import HubFactory, area_of_one_practice
from tests.factories.retention import PostFactory

pytestmark = pytest.mark.django_db
OCTOBER, DECEMBER, JANUARY = (
    dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC),
    dt.datetime(2026, 12, 31, 12, tzinfo=dt.UTC),
    dt.datetime(2027, 1, 1, 12, tzinfo=dt.UTC),
)


def offers(hub: Organisation, number: int) -> list[MentorOffer]:
    return [MentorOfferFactory(hub=hub) for _ in range(number)]


def test_a_crossing_is_not_seen_on_its_day() -> None:
    hub = HubFactory()
    with time_machine.travel(OCTOBER):
        offers(hub, 7)
        assert released_counts(hub, hub).mentors is None
    with time_machine.travel(DECEMBER):
        offers(hub, 1)
        assert released_counts(hub, hub).mentors is None
        assert released_counts(hub, hub).counted_on == OCTOBER.date()
    with time_machine.travel(JANUARY):
        assert released_counts(hub, hub).mentors == 8
        MentorOffer.objects.all().delete()
        assert released_counts(hub, hub).mentors == 8
    assert CountRelease.objects.count() == 2


def test_each_place_has_its_own_and_the_whole_is_no_less_than_its_parts() -> None:
    places = area_of_one_practice()
    hub, network = places["hub"], places["network"]
    for offer in offers(hub, 23)[:15]:
        PostFactory(person=offer.person, organisation=places["practice"])
    assert released_counts(hub, hub).mentors == 16
    assert released_counts(hub, network).mentors == 8
    assert released_counts(hub, network).mentees is None


def test_pairs_are_withheld_where_they_would_tell_of_few_mentors() -> None:
    hub = HubFactory()
    run = PairingRunFactory(scheme=SchemeFactory(hub=hub))
    (mentor, *_) = offers(hub, 7)
    for _ in range(8):
        ActivePairFactory(run=run, offer=mentor, request=MenteeRequestFactory(hub=hub))
    release = released_counts(hub, hub)
    assert (release.mentors, release.mentees, release.pairs) == (None, 8, None)
    offers(hub, 1)
    CountRelease.objects.all().delete()
    assert released_counts(hub, hub).pairs == 8


def test_the_database_keeps_no_small_count_and_no_second_one() -> None:
    hub = HubFactory()
    terms = {"hub": hub, "place": hub, "counted_on": OCTOBER.date()}
    CountRelease.objects.create(quarter=dt.date(2026, 10, 1), mentors=8, **terms)
    for quarter, mentors in ((dt.date(2026, 10, 1), 16), (dt.date(2027, 1, 1), 7)):
        with pytest.raises(IntegrityError), transaction.atomic():
            CountRelease.objects.create(quarter=quarter, mentors=mentors, **terms)
