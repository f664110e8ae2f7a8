"""A mentee asks, changes what they ask for, and takes it back."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.actor import Actor
from accounts.models import AuditEvent
from hubs.actions.requests import save_request, withdraw_request
from hubs.models import MenteeRequest, Pair
from organisations.models import Organisation
from tests.factories.accounts import actor
from tests.factories.hubs import ActivePairFactory, PairFactory, recognised_person
from tests.factories.organisations import HubFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub() -> Organisation:
    made: Organisation = HubFactory()
    return made


@pytest.fixture
def mentee(hub: Organisation) -> Actor:
    return actor(user=recognised_person(hub).user)


def save(hub: Organisation, by: Actor, version: int = 0, **change: object) -> MenteeRequest:
    terms: dict[str, Any] = {"stage": "new", "half_days": ["1am"], "interests": [], **change}
    return save_request(hub=hub, version=version, terms=terms, never=None, by=by)


def test_a_request_is_saved_and_changed(hub: Organisation, mentee: Actor) -> None:
    save(hub, mentee)
    save(hub, mentee, version=1, stage="returning")
    request = MenteeRequest.objects.get()
    assert (request.stage, request.version, request.state) == ("returning", 2, "open")
    events = AuditEvent.objects.filter(act="asked_for_mentor", subject=mentee.subject_id)
    assert events.count() == 2


def test_a_second_window_is_told(hub: Organisation, mentee: Actor) -> None:
    save(hub, mentee)
    with pytest.raises(ValidationError, match="another window"):
        save(hub, mentee)


def test_only_whom_the_hub_recognises_may_ask(mentee: Actor) -> None:
    with pytest.raises(ValidationError, match="recognise you first"):
        save(HubFactory(), mentee)


def test_a_stage_must_be_one_of_the_list(hub: Organisation, mentee: Actor) -> None:
    with pytest.raises(ValidationError, match="not a valid choice"):
        save(hub, mentee, stage="55 and over")


def test_withdrawing_ends_the_pair_and_does_not_ask_again() -> None:
    active = ActivePairFactory()
    by = actor(user=active.request.person.user)
    withdraw_request(request=active.request, by=by)
    withdraw_request(request=active.request, by=by)
    active.refresh_from_db()
    active.request.refresh_from_db()
    assert (active.state, active.request.state) == ("ended", "withdrawn")
    assert AuditEvent.objects.filter(act="withdrew_mentoring").count() == 1


def test_withdrawing_takes_proposals_with_it() -> None:
    pair = PairFactory()
    withdraw_request(request=pair.request, by=actor(user=pair.request.person.user))
    assert not Pair.objects.exists()
