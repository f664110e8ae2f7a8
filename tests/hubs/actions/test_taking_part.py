"""What an offer and a request share: one that stands, saved in turn, by those a hub recognises."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actor import Actor
from hubs.actions.never_lists import NeverEdit
from hubs.actions.requests import REQUEST_TERMS
from hubs.actions.taking_part import NOT_RECOGNISED, save_standing
from hubs.models import MenteeRequest, NeverEntry
from organisations.models import Organisation
from tests.factories.accounts import actor
from tests.factories.hubs import MenteeRequestFactory, recognised_person
from tests.factories.organisations import HubFactory

pytestmark = pytest.mark.django_db
TERMS = {"stage": "new", "half_days": ["0am"], "interests": ["career"], "remote": True}
NO_TERMS: Mapping[str, Any] = {}
NAMED = NeverEdit(typed=("never@example.org",))


@pytest.fixture
def hub() -> Organisation:
    made: Organisation = HubFactory()
    return made


@pytest.fixture
def me(hub: Organisation) -> Actor:
    return actor(user=recognised_person(hub).user)


def save(
    by: Actor,
    hub: Organisation,
    version: int = 0,
    never: NeverEdit | None = None,
    terms: Mapping[str, Any] = NO_TERMS,
) -> MenteeRequest:
    with transaction.atomic():
        return save_standing(
            MenteeRequest,
            hub=hub,
            version=version,
            terms={**TERMS, **terms},
            allowed=REQUEST_TERMS,
            never=never,
            by=by,
        )


def test_the_first_is_made_and_the_next_changes_it(hub: Organisation, me: Actor) -> None:
    first = save(me, hub)
    again = save(me, hub, version=1, terms={"half_days": ["3am"]})
    assert (first.pk, first.version, again.version) == (again.pk, 1, 2)
    assert MenteeRequest.objects.get().half_days == ["3am"]


@pytest.mark.parametrize("version", [0, 2, -1])
def test_another_window_that_was_slower_is_told(hub: Organisation, me: Actor, version: int) -> None:
    save(me, hub)
    with pytest.raises(ValidationError):
        save(me, hub, version=version, terms={"half_days": ["3am"]})
    assert MenteeRequest.objects.get().half_days == ["0am"]


def test_a_withdrawn_one_stays_as_it_was_and_another_begins(hub: Organisation, me: Actor) -> None:
    assert me.user is not None
    gone = MenteeRequestFactory(hub=hub, person=me.user.person, state="withdrawn", version=4)
    new = save(me, hub)
    assert (new.pk != gone.pk, new.version) == (True, 1)
    gone.refresh_from_db()
    assert (gone.state, gone.version) == ("withdrawn", 4)


def test_a_hub_that_does_not_recognise_the_actor_pairs_nobody(me: Actor) -> None:
    with pytest.raises(ValidationError, match=NOT_RECOGNISED):
        save(me, HubFactory())
    assert not MenteeRequest.objects.exists()


@pytest.mark.parametrize("term", ["state", "person", "hub", "version", "priority"])
def test_a_term_that_is_not_the_persons_to_set_is_a_mistake_of_the_caller(
    hub: Organisation, me: Actor, term: str
) -> None:
    with pytest.raises(ValueError, match=term):
        save(me, hub, terms={term: "paired"})


def test_the_never_list_is_kept_unless_the_form_showed_it(hub: Organisation, me: Actor) -> None:
    save(me, hub, never=NAMED)
    assert NeverEntry.objects.count() == 1
    save(me, hub, version=1)
    assert NeverEntry.objects.count() == 1


def test_terms_that_are_refused_leave_the_never_list_alone(hub: Organisation, me: Actor) -> None:
    with pytest.raises(ValidationError):
        save(me, hub, never=NAMED, terms={"half_days": ["9am", "nonsense"]})
    assert not NeverEntry.objects.exists()
    assert not MenteeRequest.objects.exists()
