"""Inviting whole networks, and keeping who asked: age enters nowhere, a decline is nowhere."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.actor import Actor
from accounts.models import AuditEvent
from hubs.actions.conversations import (
    ask_for_conversation,
    end_conversations_with,
    invite_network,
    mark_conversation,
    withdraw_conversation,
)
from hubs.models import ConversationRequest, ConversationRound
from hubs.queries.conversations import (
    Contact,
    contact_of,
    invited_users,
    last_rounds,
    open_invitations,
)
from organisations.clock import today
from organisations.models import Agreement, Organisation
from retention.models import Person
from retention.models.post import PostRole
from tests.factories.accounts import actor
from tests.factories.hubs import ConversationRequestFactory, agree_on_conversations
from tests.factories.organisations import (
    HubFactory,
    PracticeFactory,
    add_practice,
    area_of_one_practice,
)
from tests.factories.retention import PersonFactory, PostFactory, RegisteredPersonFactory

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]
REACH = Contact("07700 900123", "Tuesdays after six")


@pytest.fixture
def places() -> Places:
    made = area_of_one_practice()
    agree_on_conversations(made["hub"])
    return made


@pytest.fixture
def lead(places: Places) -> Actor:
    return actor("hub_retention_lead", places["hub"])


def works(place: Organisation, role: str = "partner", **fields: object) -> Person:
    person: Person = RegisteredPersonFactory(**fields)
    PostFactory(person=person, organisation=place, role=role)
    return person


def ask(person: Person, hub: Organisation, version: int = 0) -> ConversationRequest:
    by = actor(user=person.user)
    return ask_for_conversation(hub=hub, version=version, way="phone", contact=REACH, by=by)


def invite(places: Places, lead: Actor) -> ConversationRound:
    return invite_network(hub=places["hub"], network=places["network"], by=lead)


def test_everyone_who_sees_patients_is_invited_whatever_their_age(
    places: Places, lead: Actor, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    next_door = add_practice(places)
    people = [
        works(places["practice"], year_of_birth=1999),
        works(places["practice"], "nurse", year_of_birth=1960),
        works(next_door, "pharmacist", year_of_birth=None),
        works(places["network"], "other_clinical", year_of_birth=1955),
    ]
    works(places["practice"], "manager")
    works(PracticeFactory())
    PostFactory(person=PersonFactory(), organisation=next_door)  # has no account
    with django_capture_on_commit_callbacks(execute=True):
        invite(places, lead)
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        person.user.email for person in people if person.user
    )
    # One letter: not a word differs.
    assert len({(message.subject, str(message.body)) for message in mail.outbox}) == 1
    assert places["network"].name not in mail.outbox[0].subject + str(mail.outbox[0].body)
    for person in people:
        assert person.user is not None
        assert [each.network for each in open_invitations(person.user)] == [places["network"]]


def test_what_is_kept_names_nobody(places: Places, lead: Actor) -> None:
    works(places["practice"])
    invite(places, lead)
    fields = {field.name for field in ConversationRound._meta.get_fields()}
    assert fields == {"id", "public_id", "hub", "network", "starts_on", "ends_on"}
    (event,) = AuditEvent.objects.filter(act="invited_network")
    assert (event.subject, event.thing) == (None, f"network:{places['network'].code}")


def test_every_clinical_role_is_in_and_only_an_open_post_counts(places: Places) -> None:
    for role in PostRole:
        works(places["practice"], role)
    left = works(places["practice"])
    left.posts.update(ends_on=today())
    gone = works(places["practice"])
    assert gone.user is not None
    gone.user.is_active = False
    gone.user.save()
    invited = invited_users(places["network"])
    assert invited.count() == len(PostRole) - 2
    assert not invited.filter(pk__in=[left.user_id, gone.user_id]).exists()


def test_a_network_is_invited_once_in_half_a_year(places: Places, lead: Actor) -> None:
    invite(places, lead)
    with pytest.raises(ValidationError, match="last six months"):
        invite(places, lead)
    # Another lead, of whichever hub, meets the same limit.
    with pytest.raises(ValidationError, match="last six months"):
        invite(places, actor("hub_retention_lead", places["hub"]))
    with time_machine.travel(timezone.now() + dt.timedelta(days=184)):
        invite(places, lead)
    assert ConversationRound.objects.count() == 2


@pytest.mark.parametrize(
    "held", [None, {"notice_given_on": None}, {"ends_on": dt.date(2021, 3, 31)}, {"hub": "other"}]
)
def test_without_an_agreement_in_order_nobody_is_invited_and_nobody_asks(
    places: Places, lead: Actor, held: dict[str, object] | None
) -> None:
    hub = places["hub"]
    person = works(places["practice"])
    asked, standing = ask(works(places["practice"]), hub), invite(places, lead)
    assert person.user is not None
    assert open_invitations(person.user) == [standing]
    terms = {**(held or {})}
    if "hub" in terms:
        terms["hub"] = HubFactory()
    Agreement.objects.update(**terms) if held else Agreement.objects.all().delete()
    assert open_invitations(person.user) == []
    with pytest.raises(ValidationError, match="agreement"):
        invite(places, lead)
    with pytest.raises(ValidationError, match="does not hold"):
        ask(person, hub)
    # Who asked before is not left without an answer, and may say another number.
    assert asked.person.user is not None
    assert ask(asked.person, hub, version=1).version == 2
    mark_conversation(request=asked, state="contacted", by=lead)
    withdraw_conversation(request=asked, by=actor(user=asked.person.user))
    assert not ConversationRequest.objects.exists()


def test_no_other_role_and_no_other_area_invites(places: Places) -> None:
    other = area_of_one_practice()
    for role, place in (
        ("hub_administrator", "hub"),
        ("board_viewer", "hub"),
        ("network_lead", "network"),
    ):
        with pytest.raises(Http404):
            invite(places, actor(role, places[place]))
    with pytest.raises(Http404):
        invite(places, actor("hub_retention_lead", other["hub"]))
    with pytest.raises(Http404):
        invite_network(
            hub=other["hub"],
            network=places["network"],
            by=actor("hub_retention_lead", places["hub"]),
        )
    assert not ConversationRound.objects.exists()


def test_an_invitation_ends_by_itself(places: Places, lead: Actor) -> None:
    person = works(places["practice"])
    assert person.user is not None
    made = invite(places, lead)
    assert open_invitations(person.user, as_at=made.ends_on - dt.timedelta(days=1)) == [made]
    assert open_invitations(person.user, as_at=made.ends_on) == []


def test_asking_is_sealed_audited_and_told_to_the_lead_without_a_word(
    places: Places, lead: Actor, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    person = works(places["practice"])
    with django_capture_on_commit_callbacks(execute=True):
        request = ask(person, places["hub"])
    request.refresh_from_db()
    assert b"07700" not in bytes(request.sealed or b"")
    assert contact_of(request) == REACH
    (message,) = mail.outbox
    assert lead.user is not None
    assert message.to == [lead.user.email]
    assert person.name not in str(message.body)
    assert AuditEvent.objects.get(act="asked_conversation").subject == person.subject_id
    # A change of how to be reached is no news.
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        ask(person, places["hub"], version=1)
    assert mail.outbox == []


def test_whoever_was_not_invited_asks_too(places: Places) -> None:
    request = ask(RegisteredPersonFactory(), places["hub"])
    assert request.state == "asked"


def test_two_windows_are_told(places: Places) -> None:
    person = RegisteredPersonFactory()
    ask(person, places["hub"])
    with pytest.raises(ValidationError, match="another window"):
        ask(person, places["hub"])
    assert ConversationRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("contact", "field"),
    [
        (Contact("  ", ""), "contact"),
        (Contact("x" * 201, ""), "contact"),
        (Contact("07700", "x" * 301), "times"),
    ],
)
def test_a_text_that_is_missing_or_too_long_saves_nothing(
    places: Places, contact: Contact, field: str
) -> None:
    by = actor(user=RegisteredPersonFactory().user)
    with pytest.raises(ValidationError) as refused:
        ask_for_conversation(hub=places["hub"], version=0, way="phone", contact=contact, by=by)
    assert field in refused.value.message_dict
    assert not ConversationRequest.objects.exists()


def test_taking_it_back_deletes_it(places: Places) -> None:
    request = ask(RegisteredPersonFactory(), places["hub"])
    by = actor(user=request.person.user)
    withdraw_conversation(request=request, by=by)
    withdraw_conversation(request=request, by=by)
    assert not ConversationRequest.objects.exists()
    assert AuditEvent.objects.filter(act="withdrew_conversation").count() == 1


def test_a_lead_marks_and_closing_forgets_how_to_reach(places: Places, lead: Actor) -> None:
    request = ConversationRequestFactory(hub=places["hub"])
    mark_conversation(request=request, state="contacted", by=lead)
    request.refresh_from_db()
    assert request.contacted_at is not None
    assert contact_of(request) == Contact("07700 900123", "Tuesdays after six")
    mark_conversation(request=request, state="closed", by=lead)
    request.refresh_from_db()
    assert request.sealed is None
    assert contact_of(request) == Contact()
    with pytest.raises(ValidationError, match="in the meantime"):
        mark_conversation(request=request, state="contacted", by=lead)
    acts = AuditEvent.objects.filter(act="marked_conversation", subject=request.person.subject_id)
    assert acts.count() == 2
    # Closed, it may be asked for again.
    assert ask(request.person, places["hub"]).pk != request.pk


def test_marking_is_for_the_lead_and_two_states(places: Places, lead: Actor) -> None:
    request = ConversationRequestFactory(hub=places["hub"])
    with pytest.raises(Http404):
        mark_conversation(request=request, state="asked", by=lead)
    with pytest.raises(Http404):
        mark_conversation(
            request=request, state="closed", by=actor("hub_administrator", places["hub"])
        )
    withdraw_conversation(request=request, by=actor(user=request.person.user))
    with pytest.raises(ValidationError, match="taken back"):
        mark_conversation(request=request, state="closed", by=lead)


def test_a_hub_that_closes_takes_nothing_told_in_confidence_along(places: Places) -> None:
    waiting = ConversationRequestFactory(hub=places["hub"])
    ConversationRequestFactory(hub=places["hub"], state="closed", sealed=None)
    kept = ConversationRequestFactory()
    # Closed ones go as well, and nobody is told of what they closed long ago.
    assert end_conversations_with(places["hub"]) == [waiting.person]
    assert list(ConversationRequest.objects.all()) == [kept]


def test_the_invitation_of_a_hub_that_closes_stands_no_longer_but_counts(
    places: Places, lead: Actor
) -> None:
    user = works(places["practice"]).user
    assert user is not None
    made = invite(places, lead)
    assert open_invitations(user) == [made]
    end_conversations_with(places["hub"])
    assert open_invitations(user) == []
    assert last_rounds([places["network"]])[places["network"].pk] == made


def test_nobody_asks_a_hub_that_has_closed(places: Places) -> None:
    Organisation.objects.filter(pk=places["hub"].pk).update(ends_on=today())
    places["hub"].refresh_from_db()
    with pytest.raises(ValidationError, match="Ask another hub"):
        ask(works(places["practice"]), places["hub"])
    assert not ConversationRequest.objects.exists()
