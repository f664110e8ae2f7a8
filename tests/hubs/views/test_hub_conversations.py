"""The lead's list: those who asked and nobody else; each of them sees that it was read."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, User
from hubs.models import ConversationRequest, ConversationRound
from organisations.models import Organisation
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.hubs import (
    ConversationRequestFactory,
    ConversationRoundFactory,
    agree_on_conversations,
)
from tests.factories.organisations import area_of_one_practice
from tests.factories.published import OLD, add_up, profile_of
from tests.factories.retention import PostFactory, RegisteredPersonFactory

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]


@pytest.fixture
def places() -> Places:
    made = area_of_one_practice()
    agree_on_conversations(made["hub"])
    return made


def visitor(role: str, place: Organisation) -> tuple[Client, User]:
    user = UserFactory()
    RoleGrantFactory(user=user, role=role, organisation=place)
    client = Client()
    client.force_login(user)
    return client, user


def read(client: Client, hub: Organisation) -> str:
    return client.get(reverse("hub-conversations", args=[hub.slug])).text


def test_those_who_asked_stand_in_the_order_in_which_they_did(places: Places) -> None:
    hub = places["hub"]
    first = ConversationRequestFactory(hub=hub, person__year_of_birth=1990)
    second = ConversationRequestFactory(hub=hub, person__year_of_birth=1955)
    ConversationRequestFactory()  # of another hub
    silent = RegisteredPersonFactory()
    PostFactory(person=silent, organisation=places["practice"])
    ConversationRoundFactory(hub=hub, network=places["network"])
    text = read(visitor("hub_retention_lead", hub)[0], hub)
    names = re.findall(r'id="asked-\d+">([^<]+)<', text)
    assert names == [first.person.name, second.person.name]
    assert "07700 900123" in text
    assert silent.name not in text
    assert "1955" not in text
    assert "1990" not in text


def test_reading_is_shown_to_each_person_and_not_to_the_administrator(places: Places) -> None:
    hub = places["hub"]
    asked = ConversationRequestFactory(hub=hub)
    client, lead = visitor("hub_retention_lead", hub)
    read(client, hub)
    person = Client()
    person.force_login(asked.person.user)
    looked = person.get(reverse("who-looked")).text
    assert "Read who asked for a confidential conversation" in looked
    assert lead.name in looked
    log = visitor("hub_administrator", hub)[0].get(reverse("hub-audit", args=[hub.slug])).text
    assert "conversation" not in log.split("<table")[-1]
    # With nobody to read about, nothing is written.
    ConversationRequest.objects.all().delete()
    before = AuditEvent.objects.count()
    assert "Nobody waits" in read(client, hub)
    assert AuditEvent.objects.count() == before


def test_marking_through_the_page(places: Places) -> None:
    hub = places["hub"]
    asked = ConversationRequestFactory(hub=hub)
    client, _ = visitor("hub_retention_lead", hub)
    mark = reverse("conversation-mark", args=[asked.public_id])
    page = client.post(mark, {"state": "contacted"}, follow=True).text
    assert "The hub has been in touch" in page
    assert "I have been in touch" not in page
    assert asked.person.name not in client.post(mark, {"state": "closed"}, follow=True).text
    assert "in the meantime" in client.post(mark, {"state": "closed"}, follow=True).text
    assert client.post(mark, {"state": "asked"}).status_code == 404


def test_a_flagged_network_is_offered_with_its_reason(places: Places) -> None:
    profile_of(places["practice"], OLD)
    add_up()
    hub, network = places["hub"], places["network"]
    client, _ = visitor("hub_retention_lead", hub)
    address = reverse("conversation-invite", args=[hub.slug, network.code])
    page = read(client, hub)
    assert f"Invite everyone in {network}" in page
    assert "Flagged" in page
    ask = client.get(address).text
    assert "The reason above is not in it" in ask
    assert "is invited" in client.post(address, follow=True).text
    assert ConversationRound.objects.get().network == network
    # Half a year without the button, and a click in an old window says why.
    assert f"Invite everyone in {network}" not in read(client, hub)
    assert "last six months" in client.post(address).text
    assert ConversationRound.objects.count() == 1


def test_without_an_agreement_the_page_says_what_is_missing_and_invites_nobody(
    places: Places,
) -> None:
    profile_of(places["practice"], OLD)
    add_up()
    hub, network = places["hub"], places["network"]
    hub.agreements.all().delete()
    client, _ = visitor("hub_retention_lead", hub)
    address = reverse("conversation-invite", args=[hub.slug, network.code])
    page = read(client, hub)
    assert "Its administrator adds it under Agreements." in page
    assert "Flagged" in page
    assert address not in page
    assert "csrfmiddlewaretoken" not in client.get(address).text.split("<main")[1]
    assert "Its administrator adds it" in client.post(address).text
    assert not ConversationRound.objects.exists()


def test_a_network_without_a_flag_can_be_invited_too(places: Places) -> None:
    hub, network = places["hub"], places["network"]
    client, _ = visitor("hub_retention_lead", hub)
    assert "No network of the area is flagged" in read(client, hub)
    page = client.get(reverse("conversation-invite", args=[hub.slug, network.code])).text
    assert "not flagged" in page


def test_how_many_were_reached_is_told_to_nobody(places: Places) -> None:
    hub, network = places["hub"], places["network"]
    client, _ = visitor("hub_retention_lead", hub)
    address = reverse("conversation-invite", args=[hub.slug, network.code])
    pages = []
    for people in (0, 3):
        ConversationRound.objects.all().delete()
        for _ in range(people):
            PostFactory(person=RegisteredPersonFactory(), organisation=places["practice"])
        text = client.post(address, follow=True).text
        pages.append(re.sub(r'csrfmiddlewaretoken" value="\w+|CSRFToken": "\w+', "", text))
    assert pages[0] == pages[1]


@time_machine.travel(timezone.now(), tick=False)
def test_asking_changes_no_page_of_anyone_else(places: Places) -> None:
    """Not even by a count: the hub's page, the network's, the audit log, the list of people."""
    hub, network, practice = places["hub"], places["network"], places["practice"]
    doors = [
        ("hub_administrator", hub, reverse("hub-audit", args=[hub.slug])),
        ("hub_administrator", hub, reverse("hub-people", args=[hub.slug])),
        ("hub_administrator", hub, reverse("hub", args=[hub.slug])),
        ("board_viewer", hub, reverse("hub", args=[hub.slug])),
        ("network_lead", network, network.get_absolute_url()),
        ("practice_manager", practice, reverse("practice-people", args=[practice.code])),
        ("practice_manager", practice, reverse("practice-access", args=[practice.code])),
    ]
    readers = [(visitor(role, place)[0], address) for role, place, address in doors]
    lead, _ = visitor("hub_retention_lead", hub)
    person = RegisteredPersonFactory()
    PostFactory(person=person, organisation=practice)
    RoleGrantFactory(user=person.user, role="clinician", organisation=practice)
    me = Client()
    me.force_login(person.user)

    def answers() -> list[str]:
        noise = r'csrfmiddlewaretoken" value="\w+|CSRFToken": "\w+|\d\d:\d\d'
        return [re.sub(noise, "", client.get(address).text) for client, address in readers]

    # Reading the log is in the log: until it says no more than that.
    before = answers()
    while (now := answers()) != before:
        before = now
    ask = reverse("conversation-ask", args=[hub.slug])
    me.post(ask, {"way": "phone", "contact": "07700 900123", "version": "0"})
    read(lead, hub)
    asked = ConversationRequest.objects.get()
    lead.post(reverse("conversation-mark", args=[asked.public_id]), {"state": "contacted"})
    me.post(reverse("conversation-withdraw", args=[asked.public_id]))
    assert AuditEvent.objects.filter(act__contains="conversation").count() == 4
    assert answers() == before
