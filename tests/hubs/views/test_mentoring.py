"""Offering and asking through the pages; nobody reads another's never list, and no page an age."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, User
from hubs.models import MenteeRequest, MentorOffer, Scheme
from organisations.models import Organisation
from retention.models import Person
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.hubs import (
    ActivePairFactory,
    MenteeRequestFactory,
    MentorOfferFactory,
    NeverEntryFactory,
    PairFactory,
    recognised_person,
)
from tests.factories.organisations import HubFactory
from tests.factories.retention import PostFactory, SessionCellFactory, SessionPatternFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub() -> Organisation:
    made: Organisation = HubFactory()
    return made


def signed_in(user: User | None) -> Client:
    assert user is not None
    client = Client()
    client.force_login(user)
    return client


def body(text: str) -> str:
    """A page without the tokens that differ each time."""
    return re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")\w+', "", text)


def test_an_offer_from_form_to_page(hub: Organisation) -> None:
    client = signed_in(recognised_person(hub).user)
    sent = {
        "half_days": ["0am", "5eve"],
        "hours_a_month": "4",
        "remote": "on",
        "interests": ["career"],
        "clinical_sessions": "0",
        "never": "rival@example.org",
        "version": "0",
    }
    page = client.post(reverse("offer", args=[hub.slug]), sent, follow=True).text
    assert "Your offer is saved" in page
    assert "Monday morning, Saturday evening" in page
    assert "rival@example.org" not in page
    assert "rival@example.org" in client.get(reverse("offer", args=[hub.slug])).text


def test_a_window_left_open_does_not_bring_an_older_never_list_back(hub: Organisation) -> None:
    client = signed_in(recognised_person(hub).user)
    address = reverse("ask", args=[hub.slug])
    sent = {"stage": "new", "half_days": ["0am"], "remote": "on"}
    left_open = client.get(address).context["form"]
    old = {name: left_open[name].value() or "" for name in ("never", "never_seen")}
    offer = {"hours_a_month": "4", "remote": "on", "clinical_sessions": "0", "version": "0"}
    client.post(reverse("offer", args=[hub.slug]), {**offer, "never": "rival@example.org"})
    client.post(address, {**sent, **old, "version": "0"})
    form = client.get(address).context["form"]
    assert form["never"].value() == "rival@example.org"
    # Emptied on purpose, it is empty.
    client.post(
        address, {**sent, "never": "", "never_seen": form["never_seen"].value(), "version": "1"}
    )
    assert client.get(address).context["form"]["never"].value() == ""


def test_two_windows_with_a_list_each_lose_nothing_and_are_told(hub: Organisation) -> None:
    client = signed_in(recognised_person(hub).user)
    ask, offer = (reverse(name, args=[hub.slug]) for name in ("ask", "offer"))
    sent = {"half_days": ["0am"], "remote": "on", "version": "0", "never_seen": ""}
    offered = {**sent, "hours_a_month": "4", "clinical_sessions": "0", "never": "a@example.org"}
    first = client.post(offer, offered, follow=True)
    assert "changed in another window" not in first.text
    asked = {**sent, "stage": "new", "never": "b@example.org"}
    second = client.post(ask, asked, follow=True)
    assert "changed in another window" in second.text
    # A message waits in a cookie, so it tells no line of the list.
    assert "example.org" not in second.text.split("maincontent")[1].split("<h2")[0]
    assert client.get(ask).context["form"]["never"].value() == "a@example.org\nb@example.org"


def test_a_request_from_form_to_page_and_back(hub: Organisation) -> None:
    client = signed_in(recognised_person(hub).user)
    sent = {"stage": "new", "half_days": ["0am"], "remote": "on", "version": "0"}
    ask = reverse("ask", args=[hub.slug])
    assert "Your request is saved" in client.post(ask, sent, follow=True).text
    page = client.post(reverse("ask-withdraw", args=[hub.slug]), follow=True).text
    assert "Your request is withdrawn" in page
    # What was asked for last is there to start from.
    again = client.get(ask).context["form"]
    assert (again["stage"].value(), again["version"].value()) == ("new", 0)
    client.post(ask, sent)
    assert list(MenteeRequest.objects.order_by("pk").values_list("state", flat=True)) == [
        "withdrawn",
        "open",
    ]


def test_whom_the_hub_does_not_recognise_is_told_how(hub: Organisation) -> None:
    client = signed_in(UserFactory())
    for name in ("offer", "ask"):
        page = client.get(reverse(name, args=[hub.slug])).text
        assert reverse("hub-join", args=[hub.slug]) in page
    assert "Ask a training hub to recognise you" in client.get(reverse("mentoring")).text


def test_a_wrong_form_loses_nothing(hub: Organisation) -> None:
    client = signed_in(recognised_person(hub).user)
    sent = {"half_days": ["3pm"], "hours_a_month": "900", "never": "a line", "version": "0"}
    page = client.post(reverse("offer", args=[hub.slug]), sent).text
    assert "less than or equal to 80" in page
    assert re.search(r'value="3pm"[^>]*checked', page)
    assert "a line</textarea>" in page
    assert not MentorOffer.objects.exists()


def test_clinical_sessions_come_from_the_told_pattern(hub: Organisation) -> None:
    person = recognised_person(hub)
    pattern = SessionPatternFactory(post=PostFactory(person=person))
    for weekday, kind in ((0, "clinical"), (1, "clinical"), (2, "admin")):
        SessionCellFactory(pattern=pattern, weekday=weekday, kind=kind)
    form = signed_in(person.user).get(reverse("offer", args=[hub.slug])).context["form"]
    assert form["clinical_sessions"].value() == 2


def test_pause_resume_withdraw(hub: Organisation) -> None:
    offer = MentorOfferFactory(hub=hub)
    client = signed_in(offer.person.user)
    for act, state in (("pause", "paused"), ("resume", "open"), ("withdraw", "withdrawn")):
        client.post(reverse("offer-state", args=[hub.slug]), {"act": act})
        offer.refresh_from_db()
        assert offer.state == state


@pytest.mark.parametrize("act", ["", "delete"])
def test_no_other_act(act: str) -> None:
    offer = MentorOfferFactory()
    address = reverse("offer-state", args=[offer.hub.slug])
    assert signed_in(offer.person.user).post(address, {"act": act}).status_code == 404


def test_pausing_twice_is_told() -> None:
    offer = MentorOfferFactory(state="paused")
    address = reverse("offer-state", args=[offer.hub.slug])
    page = signed_in(offer.person.user).post(address, {"act": "pause"}, follow=True).text
    assert "Your offer has changed" in page


def pages_of_others(pair_page: str, hub: Organisation, mentee: Person) -> list[str]:
    """All that the named and the hub's people read after somebody made a never list."""
    lead = RoleGrantFactory(role="hub_retention_lead", organisation=hub).user
    scheme = Scheme.objects.get()
    by_lead = [reverse(name, args=[hub.slug]) for name in ("hub", "hub-mentors", "hub-mentees")] + [
        reverse("pairing", args=[scheme.public_id])
    ]
    texts = [signed_in(lead).get(address).text for address in by_lead]
    texts += [signed_in(mentee.user).get(a).text for a in (pair_page, reverse("mentoring"))]
    return [body(text).replace(lead.name, "") for text in texts]


def test_a_never_list_changes_nothing_that_another_reads() -> None:
    pair = ActivePairFactory()
    hub = pair.offer.hub
    other = MenteeRequestFactory(hub=hub)
    args = (reverse("pair", args=[pair.public_id]), hub, pair.request.person)
    before = pages_of_others(*args)
    for email in (pair.request.person.user.email, other.person.user.email):
        NeverEntryFactory(owner=pair.offer.person, email=email)
    assert pages_of_others(*args) == before


def test_a_year_of_birth_changes_nothing_anywhere() -> None:
    pair = PairFactory(state="approved")
    hub = pair.offer.hub
    addresses = [
        reverse("mentoring"),
        reverse("offer", args=[hub.slug]),
        reverse("scheme", args=[pair.run.scheme.public_id]),
        reverse("pair", args=[pair.public_id]),
    ]
    client = signed_in(pair.offer.person.user)
    args = (reverse("pair", args=[pair.public_id]), hub, pair.request.person)
    seen = set()
    for year in (1950, 1995, None):
        Person.objects.update(year_of_birth=year)
        own = [body(client.get(address).text) for address in addresses]
        seen.add("".join([*own, *pages_of_others(*args)]))
    assert len(seen) == 1


def test_reading_a_name_on_my_page_is_on_the_record() -> None:
    pair = ActivePairFactory()
    signed_in(pair.offer.person.user).get(reverse("mentoring"))
    event = AuditEvent.objects.get(act="read_mentoring")
    assert event.subject == pair.request.person.subject_id
