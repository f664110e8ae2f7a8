"""Whether one objects: the one that holds, and for nobody but oneself."""

import pytest
from django.http import Http404

from accounts.actor import Actor
from organisations.clock import today
from retention.models import Objection, Person
from retention.queries.objections import own_objection
from tests.factories.accounts import actor
from tests.factories.organisations import LONG_AGO
from tests.factories.retention import RegisteredPersonFactory

pytestmark = pytest.mark.django_db


def test_the_objection_that_holds_is_ones_own() -> None:
    person: Person = RegisteredPersonFactory()
    me = actor(user=person.user)
    Objection.objects.create(person=person, starts_on=LONG_AGO, ends_on=today())
    Objection.objects.create(person=RegisteredPersonFactory(), starts_on=LONG_AGO)
    assert own_objection(me) is None
    holds = Objection.objects.create(person=person, starts_on=today())
    assert own_objection(me) == holds


def test_a_job_has_none_to_ask_for() -> None:
    with pytest.raises(Http404):
        own_objection(Actor.task("test"))
