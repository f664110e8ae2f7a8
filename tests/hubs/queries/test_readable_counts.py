"""Who reads which counts of people in mentoring."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hubs.models import CountRelease
from hubs.queries.readable_counts import readable_counts
from models.disclosure import WITHHELD, Band
from tests.factories.accounts import actor
from tests.factories.hubs import MentorOfferFactory
from tests.factories.organisations import area_of_one_practice
from tests.factories.retention import PostFactory

pytestmark = pytest.mark.django_db


def test_two_roles_of_one_person_leave_no_small_rest() -> None:
    """Seven of the hub's sixteen mentors work elsewhere: hub less network would be they."""
    places = area_of_one_practice()
    for number in range(16):
        offer = MentorOfferFactory(hub=places["hub"])
        if number < 9:
            PostFactory(person=offer.person, organisation=places["practice"])
    whole = readable_counts(places["hub"], by=actor("board_viewer", places["hub"]))
    part = readable_counts(places["hub"], by=actor("network_lead", places["network"]))
    assert whole is not None
    assert part is not None
    assert (part.place, whole.place) == (places["network"], places["hub"])
    assert (whole.figures["mentors"], part.figures["mentors"]) == (Band(16, 23), Band(8, 15))
    assert part.figures["pairs"] is WITHHELD


def test_the_lead_reads_every_change_and_others_nothing() -> None:
    places = area_of_one_practice()
    hub, lead = places["hub"], actor("hub_retention_lead", places["hub"])
    for number in range(1, 3):
        MentorOfferFactory(hub=hub)
        found = readable_counts(hub, by=lead)
        assert found is not None
        assert found.figures["mentors"] == Band(number, number)
    for role, place in (("clinician", "practice"), ("practice_manager", "practice")):
        assert readable_counts(hub, by=actor(role, places[place])) is None
    other = area_of_one_practice()["network"]
    assert readable_counts(hub, by=actor("network_lead", other)) is None


def test_queries_do_not_grow_with_people() -> None:
    places = area_of_one_practice()
    board = actor("network_lead", places["network"])

    def queries(people: int) -> int:
        for _ in range(people):
            offer = MentorOfferFactory(hub=places["hub"])
            PostFactory(person=offer.person, organisation=places["practice"])
        CountRelease.objects.all().delete()
        with CaptureQueriesContext(connection) as captured:
            readable_counts(places["hub"], by=board)
        return len(captured)

    assert queries(1) == queries(9)
