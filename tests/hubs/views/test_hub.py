"""A hub's page for each reader; names only for the lead, and every reading of them is audited."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, User
from organisations.models import Organisation
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.hubs import MenteeRequestFactory, MentorOfferFactory, SchemeFactory
from tests.factories.organisations import PracticeFactory, area_of_one_practice
from tests.factories.published import SEVEN, add_up, profile_of, staff_of
from tests.factories.retention import PostFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> dict[str, Organisation]:
    return area_of_one_practice()


def visitor(role: str = "", place: Organisation | None = None) -> tuple[Client, User]:
    user = UserFactory()
    if role:
        RoleGrantFactory(user=user, role=role, organisation=place)
    client = Client()
    client.force_login(user)
    return client, user


def page(client: Client, hub: Organisation) -> str:
    return client.get(reverse("hub", args=[hub.slug])).text


def test_everyone_reads_the_open_schemes(places: dict[str, Organisation]) -> None:
    SchemeFactory(hub=places["hub"], name="An open one")
    SchemeFactory(hub=places["hub"], name="A secret draft", state="draft")
    text = page(visitor()[0], places["hub"])
    assert "An open one" in text
    assert "A secret draft" not in text
    assert reverse("hub-join", args=[places["hub"].slug]) in text
    assert "mentees" not in text


@pytest.mark.parametrize("role", ["hub_retention_lead", "hub_administrator", "board_viewer"])
def test_the_hubs_people_read_the_outlook_of_its_area(
    role: str, places: dict[str, Organisation]
) -> None:
    profile_of(places["practice"], SEVEN)
    add_up()
    text = page(visitor(role, places["hub"])[0], places["hub"])
    assert "The area of " in text
    assert "7 qualified permanent GPs" in text
    assert reverse("hub-join", args=[places["hub"].slug]) not in text


def test_the_hubs_people_read_other_staff_and_what_changed_as_on_other_pages(
    places: dict[str, Organisation],
) -> None:
    for month in (dt.date(2025, 5, 1), dt.date(2025, 6, 1)):
        profile_of(places["practice"], SEVEN, month)
        staff_of(places["practice"], "nurses", {"60to64": 6}, month=month)
        add_up(month)
    client = visitor("board_viewer", places["hub"])[0]
    text = page(client, places["hub"])
    for part in ("other-staff", "changes", "take-away", "day", "schemes"):
        assert f'href="#{part}"' in text
        assert f'id="{part}"' in text
    assert "Since the figures of May 2025" in text
    then = client.get(reverse("hub", args=[places["hub"].slug]), {"as_at": "2025-06-15"}).text
    assert "As at 15 June 2025" in then
    assert "ahead-wide.svg?as_at=2025-06-15" in then
    assert "June 2025, working" not in then
    assert "May 2025, working" in then
    bad = client.get(reverse("hub", args=[places["hub"].slug]), {"as_at": "soon"}).text
    assert "Enter a date, such as 2025-03-31" in bad
    assert "June 2025, working" in bad


def test_others_do_not(places: dict[str, Organisation]) -> None:
    profile_of(places["practice"], SEVEN)
    add_up()
    for role, place in (("", None), ("network_lead", places["network"])):
        assert "The area of " not in page(visitor(role, place)[0], places["hub"])


def test_the_lead_reads_counts_and_states(places: dict[str, Organisation]) -> None:
    hub = places["hub"]
    MentorOfferFactory(hub=hub)
    SchemeFactory(hub=hub, state="draft")
    text = page(visitor("hub_retention_lead", hub)[0], hub)
    assert '<p class="hub-stat__value">1</p>' in text
    assert "1 draft, 0 open, 0 closed" in text
    assert reverse("hub-mentors", args=[hub.slug]) in text


@pytest.mark.parametrize(("mentors", "shown"), [(7, "*"), (8, "8 to 15")])
def test_a_board_viewer_reads_counts_from_eight(
    mentors: int, shown: str, places: dict[str, Organisation]
) -> None:
    for _ in range(mentors):
        MentorOfferFactory(hub=places["hub"])
    text = page(visitor("board_viewer", places["hub"])[0], places["hub"])
    assert f'<p class="hub-stat__value">{shown}</p>' in text
    assert reverse("hub-mentors", args=[places["hub"].slug]) not in text


def test_a_network_lead_reads_the_counts_of_the_network(places: dict[str, Organisation]) -> None:
    hub = places["hub"]
    elsewhere = PracticeFactory()
    for practice, count in ((places["practice"], 8), (elsewhere, 9)):
        for _ in range(count):
            PostFactory(person=MenteeRequestFactory(hub=hub).person, organisation=practice)
    text = page(visitor("network_lead", places["network"])[0], hub)
    assert '<p class="hub-stat__value">8 to 15</p>' in text
    assert "counted once a quarter" in text
    assert f"Counted among those who work in {places['network']} on " in text
    other = area_of_one_practice()
    assert "People who work in" not in page(visitor("network_lead", other["network"])[0], hub)


@pytest.mark.parametrize("name", ["hub-mentors", "hub-mentees"])
def test_names_are_read_on_the_record(name: str, places: dict[str, Organisation]) -> None:
    hub = places["hub"]
    person = MentorOfferFactory(hub=hub).person
    MenteeRequestFactory(hub=hub, person=person)
    MentorOfferFactory()
    client, lead = visitor("hub_retention_lead", hub)
    response = client.get(reverse(name, args=[hub.slug]))
    assert person.name in response.text
    assert "no-cache" in response["Cache-Control"]
    events = AuditEvent.objects.filter(act="read_mentoring")
    assert [(event.actor, event.subject) for event in events] == [
        (lead.subject_id, person.subject_id)
    ]
