"""What somebody reads of their confidential conversations, and what a hub's lead reads."""

import datetime as dt

import pytest

from hubs.models import ConversationRequest
from hubs.presenters.conversations import my_conversations, who_asked
from hubs.queries.conversations import asked_of
from organisations.clock import today
from organisations.models import Organisation
from retention.models import Person
from tests.factories.accounts import RecognitionFactory
from tests.factories.hubs import (
    ConversationRequestFactory,
    ConversationRoundFactory,
    agree_on_conversations,
)
from tests.factories.organisations import HubFactory, area_of_one_practice
from tests.factories.retention import PostFactory, RegisteredPersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> dict[str, Organisation]:
    return area_of_one_practice()


@pytest.fixture
def me(places: dict[str, Organisation]) -> Person:
    person: Person = RegisteredPersonFactory()
    PostFactory(person=person, organisation=places["practice"])
    return person


def test_an_invitation_is_shown_until_it_is_put_away_or_answered(
    places: dict[str, Organisation], me: Person
) -> None:
    assert me.user is not None
    made = ConversationRoundFactory(hub=places["hub"], network=places["network"])
    page = my_conversations(me.user, [])
    assert page.invitations == [made]
    assert page.may_ask == [places["hub"]]
    # Put away, the hub may still be asked: a decline closes no door.
    hidden = my_conversations(me.user, [str(made.public_id), "not-an-id"])
    assert (hidden.invitations, hidden.may_ask) == ([], [places["hub"]])
    ConversationRequestFactory(hub=places["hub"], person=me)
    asked = my_conversations(me.user, [])
    assert (asked.invitations, asked.may_ask) == ([], [])


def test_hubs_that_know_me_come_first_and_closed_ones_not_at_all(me: Person) -> None:
    assert me.user is not None
    near, far, closed = HubFactory(), HubFactory(), HubFactory(ends_on=today())
    for hub in (near, far, closed):
        agree_on_conversations(hub)
    RecognitionFactory(user=me.user, hub=near, state="recognised")
    RecognitionFactory(user=me.user, hub=closed, state="recognised")
    page = my_conversations(me.user, [])
    assert page.may_ask == [near]
    assert far in page.other_hubs
    assert closed not in page.other_hubs


def test_a_closed_conversation_says_when_and_not_how_i_was_to_be_reached(me: Person) -> None:
    assert me.user is not None
    now = dt.datetime(2026, 5, 3, 12, tzinfo=dt.UTC)
    ConversationRequestFactory(
        person=me, state="closed", sealed=None, contacted_at=now, closed_at=now
    )
    (ask,) = my_conversations(me.user, []).asks
    assert not ask.is_open
    assert ("Closed on", "3 May 2026") in ask.rows
    assert "07700" not in str(ask.rows)


def test_days_are_those_of_the_clock_on_the_wall_in_summer_too(me: Person) -> None:
    assert me.user is not None
    # Half past midnight in Britain, and still the day before by universal time.
    night = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)
    made = ConversationRequestFactory(
        person=me, state="closed", sealed=None, contacted_at=night, closed_at=night
    )
    ConversationRequest.objects.filter(pk=made.pk).update(asked_at=night)
    (ask,) = my_conversations(me.user, []).asks
    days = dict(ask.rows)
    assert days["You asked on"] == days["Closed on"] == "1 July 2026"
    assert days["The hub says it was in touch on"] == "1 July 2026"


def test_a_leads_list_has_a_name_and_a_way_and_nothing_that_tells_an_age(
    places: dict[str, Organisation], me: Person
) -> None:
    ConversationRequestFactory(hub=places["hub"], person=me)
    (row,) = who_asked(asked_of(places["hub"]))
    assert row.name == me.name
    assert row.may_mark
    words = " ".join(f"{label} {value}" for label, value in row.rows).lower()
    assert "07700 900123" in words
    for never in (str(me.year_of_birth), "gp", "partner", places["practice"].name.lower()):
        assert never not in words
    assert ConversationRequest.objects.count() == 1
