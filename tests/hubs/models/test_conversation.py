"""What the database itself refuses of what was asked in confidence."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from tests.factories.hubs import ConversationRequestFactory

pytestmark = pytest.mark.django_db


def test_a_closed_one_holds_no_way_to_reach_anybody_and_an_open_one_does() -> None:
    with pytest.raises(IntegrityError):
        ConversationRequestFactory(state="closed", closed_at=timezone.now())


def test_an_open_one_without_a_way_is_none() -> None:
    with pytest.raises(IntegrityError):
        ConversationRequestFactory(sealed=None)


def test_one_is_open_in_a_hub_and_closed_ones_stand_beside_it() -> None:
    closed = ConversationRequestFactory(state="closed", sealed=None)
    first = ConversationRequestFactory(person=closed.person, hub=closed.hub)
    assert ConversationRequestFactory(person=closed.person).pk
    with pytest.raises(IntegrityError):
        ConversationRequestFactory(person=first.person, hub=first.hub, state="contacted")


def test_it_is_the_persons_own_in_the_hub_that_was_asked() -> None:
    asked = ConversationRequestFactory()
    assert asked.access_place == asked.hub
    assert asked.access_owner_id == asked.person.user_id
    # Logs and error pages print it so: it must name nobody.
    assert asked.person.name not in str(asked)
