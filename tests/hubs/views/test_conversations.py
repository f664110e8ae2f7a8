"""My confidential conversations, without a script: yes, no thank you, change, take back."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from hubs.models import ConversationRequest
from organisations.models import Organisation
from retention.models import Person
from tests.factories.hubs import (
    ConversationRequestFactory,
    ConversationRoundFactory,
    agree_on_conversations,
)
from tests.factories.organisations import HubFactory, area_of_one_practice
from tests.factories.retention import PostFactory, RegisteredPersonFactory

pytestmark = pytest.mark.django_db
PAGE = "conversations"
SENT = {"way": "video", "contact": "me@example.org", "times": "", "version": "0"}


@pytest.fixture
def places() -> dict[str, Organisation]:
    return area_of_one_practice()


def worker(place: Organisation, **fields: object) -> tuple[Client, Person]:
    person = RegisteredPersonFactory(**fields)
    PostFactory(person=person, organisation=place)
    return signed_in(person), person


def asked_for() -> Organisation:
    """Return a hub that may be asked."""
    hub: Organisation = HubFactory()
    agree_on_conversations(hub)
    return hub


def signed_in(person: Person) -> Client:
    assert person.user is not None
    client = Client()
    client.force_login(person.user)
    return client


def test_the_letter_is_the_same_for_the_young_and_the_old(places: dict[str, Organisation]) -> None:
    ConversationRoundFactory(hub=places["hub"], network=places["network"])
    letters = []
    for born in (1957, 1998, None):
        client, _ = worker(places["practice"], year_of_birth=born)
        page = client.get(reverse(PAGE)).text
        letters.append(page.split('aria-labelledby="invitation-1"')[1].split("<form")[0])
        assert "There is an invitation to everyone" in client.get(reverse("me")).text
    assert len(set(letters)) == 1
    assert "whatever their age" in letters[0]


def test_yes_from_the_letter_to_my_page_and_back(places: dict[str, Organisation]) -> None:
    hub = places["hub"]
    ConversationRoundFactory(hub=hub, network=places["network"])
    client, _ = worker(places["practice"])
    assert reverse("conversation-ask", args=[hub.slug]) in client.get(reverse(PAGE)).text
    page = client.post(reverse("conversation-ask", args=[hub.slug]), SENT, follow=True).text
    assert "Nobody else is told" in page
    assert "me@example.org" in page
    assert "An invitation to everyone" not in page
    # Changed as it was read.
    form = client.get(reverse("conversation-ask", args=[hub.slug])).context["form"]
    assert (form["version"].value(), form["contact"].value()) == (1, "me@example.org")
    asked = ConversationRequest.objects.get()
    gone = client.post(reverse("conversation-withdraw", args=[asked.public_id]), follow=True).text
    assert "Taken back and deleted" in gone
    assert not ConversationRequest.objects.exists()


def test_no_thank_you_is_written_down_nowhere(places: dict[str, Organisation]) -> None:
    made = ConversationRoundFactory(hub=places["hub"], network=places["network"])
    client, _ = worker(places["practice"])
    client.get(reverse(PAGE))
    before = AuditEvent.objects.count()
    hide = reverse("invitation-hide", args=[made.public_id])
    assert "Nobody is told" in client.post(hide, follow=True).text
    assert "An invitation to everyone" not in client.get(reverse(PAGE)).text
    assert AuditEvent.objects.count() == before
    assert not ConversationRequest.objects.exists()
    # Signed in anew, it stands there again until it ends.
    person = Person.objects.get()
    assert "An invitation to everyone" in signed_in(person).get(reverse(PAGE)).text


def test_who_was_not_invited_asks_all_the_same() -> None:
    hub = asked_for()
    client = signed_in(RegisteredPersonFactory())
    page = client.get(reverse(PAGE)).text
    assert reverse("conversation-ask", args=[hub.slug]) in page
    assert "An invitation to everyone" not in page
    assert "Ask for a conversation" in client.get(reverse("me")).text


def test_a_hub_without_an_agreement_is_not_offered_and_says_so() -> None:
    hub = HubFactory()
    client = signed_in(RegisteredPersonFactory())
    address = reverse("conversation-ask", args=[hub.slug])
    assert address not in client.get(reverse(PAGE)).text
    page = client.get(address).text
    assert "does not hold confidential conversations" in page
    assert 'name="contact"' not in page
    assert "does not hold" in client.post(address, SENT).text
    assert not ConversationRequest.objects.exists()


def test_a_form_that_is_not_filled_in_says_what_is_missing() -> None:
    hub = asked_for()
    client = signed_in(RegisteredPersonFactory())
    address = reverse("conversation-ask", args=[hub.slug])
    page = client.post(address, {"times": "Mondays", "version": "0"}).text
    assert "Select how the hub should get in touch" in page
    assert "Enter where the hub can reach you" in page
    assert 'value="Mondays"' in page


def test_a_second_window_is_told_and_may_save_over() -> None:
    asked = ConversationRequestFactory()
    client = signed_in(asked.person)
    address = reverse("conversation-ask", args=[asked.hub.slug])
    page = client.post(address, SENT)
    assert "another window" in page.text
    again = {**SENT, "version": page.context["form"]["version"].value()}
    assert client.post(address, again).status_code == 302
    asked.refresh_from_db()
    assert (asked.way, asked.version) == ("video", 2)


def test_what_was_closed_is_told_without_how_to_reach() -> None:
    asked = ConversationRequestFactory(state="closed", sealed=None)
    page = signed_in(asked.person).get(reverse(PAGE)).text
    assert "Closed" in page
    assert "Take it back" not in page


def test_the_leaflet_asks_to_leave_nobody_out() -> None:
    hub = HubFactory()
    page = signed_in(RegisteredPersonFactory()).get(
        reverse("conversation-leaflet", args=[hub.slug])
    )
    assert "choose nobody, and leave nobody out" in page.text
    assert "whatever their age" in page.text


@pytest.mark.parametrize("people", [1, 12])
def test_the_page_takes_a_fixed_number_of_queries(
    people: int,
    places: dict[str, Organisation],
    django_assert_max_num_queries: object,
) -> None:
    ConversationRoundFactory(hub=places["hub"], network=places["network"])
    for _ in range(people):
        client, _ = worker(places["practice"])
    with django_assert_max_num_queries(25):  # type: ignore[operator]  # pytest-django types it late
        client.get(reverse(PAGE))
