"""A hub's people in mentoring through the API: names for the lead, counts from eight for others."""

import pytest

from accounts.models import AuditEvent
from accounts.models.audit_event import Act
from organisations.clock import today
from tests.factories.api import caller, queries_of
from tests.factories.hubs import ActivePairFactory, MenteeRequestFactory, MentorOfferFactory
from tests.factories.organisations import HubFactory, area_of_one_practice
from tests.factories.retention import PostFactory

pytestmark = pytest.mark.django_db


def test_the_lead_reads_names_and_each_is_audited() -> None:
    hub = HubFactory()
    offer = MentorOfferFactory(hub=hub)
    MentorOfferFactory()
    ActivePairFactory(offer=offer, request=MenteeRequestFactory(hub=hub))
    page = caller("hub_retention_lead", hub).get(f"/api/v1/hubs/{hub.slug}/mentors").json()
    assert [(m["name"], m["live_pairs"]) for m in page["items"]] == [(offer.person.name, 1)]
    read = AuditEvent.objects.get(act=Act.READ_MENTORING)
    assert (read.subject, read.door) == (offer.person.subject_id, "api")


def test_only_those_on_the_page_are_audited() -> None:
    hub = HubFactory()
    for _ in range(3):
        MenteeRequestFactory(hub=hub)
    lead = caller("hub_retention_lead", hub)
    page = lead.get(f"/api/v1/hubs/{hub.slug}/mentees", {"limit": 2}).json()
    assert (len(page["items"]), page["count"]) == (2, 3)
    assert AuditEvent.objects.filter(act=Act.READ_MENTORING).count() == 2


@pytest.mark.parametrize("what", ["mentors", "mentees"])
def test_queries_do_not_grow_with_people(what: str) -> None:
    hub = HubFactory()
    make = MentorOfferFactory if what == "mentors" else MenteeRequestFactory
    make(hub=hub)
    lead, path = caller("hub_retention_lead", hub), f"/api/v1/hubs/{hub.slug}/{what}"
    few = queries_of(lead, path)
    for _ in range(7):
        make(hub=hub)
    assert queries_of(lead, path) == few


def test_counts_are_exact_for_the_lead_and_from_eight_for_a_board() -> None:
    hub = HubFactory()
    for _ in range(8):
        MenteeRequestFactory(hub=hub)
    for _ in range(7):
        MentorOfferFactory(hub=hub)
    path = f"/api/v1/hubs/{hub.slug}/mentoring-counts"
    exact = caller("hub_retention_lead", hub).get(path).json()
    assert exact["mentors"] == {"value": 7, "up_to": 7, "withheld": False}
    board = caller("board_viewer", hub).get(path).json()
    assert board["mentees"] == {"value": 8, "up_to": 15, "withheld": False}
    assert board["mentors"] == {"value": None, "up_to": None, "withheld": True}
    assert board["pairs"] == {"value": None, "up_to": None, "withheld": True}
    assert board["counted_on"] == today().isoformat()


def test_a_network_lead_counts_the_network_alone() -> None:
    places = area_of_one_practice()
    hub = places["hub"]
    for number in range(9):
        asked = MenteeRequestFactory(hub=hub)
        if number:
            PostFactory(person=asked.person, organisation=places["practice"])
    lead = caller("network_lead", places["network"])
    counts = lead.get(f"/api/v1/hubs/{hub.slug}/mentoring-counts").json()
    assert counts["place"]["code"] == places["network"].code
    assert counts["mentees"] == {"value": 8, "up_to": 15, "withheld": False}
    assert lead.get(f"/api/v1/hubs/{HubFactory().slug}/mentoring-counts").status_code == 404
