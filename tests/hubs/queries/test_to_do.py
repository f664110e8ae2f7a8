"""What waits for each role: on its own first page, in words that name nobody."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models.recognition import RecognitionState
from hubs.presenters.to_do import to_do
from hubs.queries.to_do import Waits, own_to_do, role_to_do
from organisations.clock import today
from organisations.models import Organisation
from organisations.queries.agreements import PURPOSES
from retention.models import RosterConfirmation
from tests.factories.accounts import RecognitionFactory, actor
from tests.factories.hubs import (
    ConversationRequestFactory,
    ConversationRoundFactory,
    MentorOfferFactory,
    PairFactory,
    SchemeFactory,
)
from tests.factories.organisations import AgreementFactory, area_of_one_practice
from tests.factories.retention import PostFactory, RegisteredPersonFactory, SessionPatternFactory

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]


@pytest.fixture
def places() -> Places:
    return area_of_one_practice()


def confirmed(practice: Organisation, days_ago: int) -> None:
    day = today() - dt.timedelta(days=days_ago)
    RosterConfirmation.objects.create(practice=practice, confirmed_on=day)


def test_a_manager_confirms_posts_that_were_told_and_an_old_list(places: Places) -> None:
    practice = places["practice"]
    by = actor("practice_manager", practice)
    assert role_to_do(by) == [Waits.STAFF_LIST]
    confirmed(practice, 366)
    assert role_to_do(by) == [Waits.STAFF_LIST]
    confirmed(practice, 365)
    assert role_to_do(by) == []
    post = PostFactory(organisation=practice, confirmed_on=None)
    # Declared and told of nothing: it is the person's own still.
    assert role_to_do(by) == []
    SessionPatternFactory(post=post)
    assert role_to_do(by) == [Waits.POST]
    assert role_to_do(actor("clinician", practice)) == []


def test_a_lead_hears_that_somebody_asked_and_nobody_else_does(places: Places) -> None:
    hub = places["hub"]
    asked = ConversationRequestFactory(hub=hub)
    assert role_to_do(actor("hub_retention_lead", hub)) == [Waits.CONVERSATION]
    for role in ("hub_administrator", "board_viewer"):
        assert Waits.CONVERSATION not in role_to_do(actor(role, hub))
    asked.state = "contacted"
    asked.save()
    assert role_to_do(actor("hub_retention_lead", hub)) == []


def test_an_administrator_answers_opens_and_completes(places: Places) -> None:
    hub = places["hub"]
    by = actor("hub_administrator", hub)
    assert role_to_do(by) == [Waits.AGREEMENT]
    for purpose in PURPOSES:
        AgreementFactory(hub=hub, purpose=purpose, notice_given_on=today())
    RecognitionFactory(hub=hub, state=RecognitionState.ASKED)
    SchemeFactory(hub=hub, state="draft")
    assert role_to_do(by) == [Waits.RECOGNITION, Waits.SCHEME]
    assert role_to_do(actor("network_lead", places["network"])) == []


def test_a_person_reads_the_invitation_and_answers_a_pair(places: Places) -> None:
    person = RegisteredPersonFactory()
    PostFactory(person=person, organisation=places["practice"])
    assert own_to_do(person.user) == []
    ConversationRoundFactory(hub=places["hub"], network=places["network"])
    pair = PairFactory(offer=MentorOfferFactory(person=person, hub=places["hub"]), state="approved")
    assert own_to_do(person.user) == [Waits.PAIR, Waits.INVITATION]
    pair.mentor_answer = "accepted"
    pair.save()
    assert own_to_do(person.user) == [Waits.INVITATION]


def test_it_stands_on_the_own_first_page_alone(places: Places) -> None:
    practice, network = places["practice"], places["network"]
    by = actor("practice_manager", practice)
    client = Client()
    assert by.user is not None
    client.force_login(by.user)

    def page(place: Organisation) -> str:
        return client.get(place.get_absolute_url()).text

    roster = reverse("rosters", args=[practice.code])
    assert f'<a href="{roster}">Confirm your staff list' in page(practice)
    assert "Confirm your staff list" not in page(network)
    assert to_do(by, reverse("me")) == []
    assert to_do(None, reverse("me")) == []


@pytest.mark.parametrize("waits", list(Waits))
def test_each_leads_to_a_page(
    waits: Waits, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_person = waits in (Waits.PAIR, Waits.INVITATION)
    monkeypatch.setattr(
        f"{to_do.__module__}.{'own' if of_person else 'role'}_to_do", lambda _: [waits]
    )
    home = places["practice" if waits in (Waits.POST, Waits.STAFF_LIST) else "hub"]
    (line,) = to_do(
        actor("hub_administrator", home), reverse("me") if of_person else home.get_absolute_url()
    )
    assert line.words
    assert line.url.startswith("/")
