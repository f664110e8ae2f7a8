"""Objecting to being counted."""

import datetime as dt

import pytest
import time_machine
from django.http import Http404

from accounts.actor import Actor
from accounts.models import AuditEvent
from accounts.models.audit_event import OWN_PAGE_ACTS, Act
from organisations.clock import today
from retention.actions.objections import object_to_figures, take_objection_back
from retention.models import Objection
from retention.queries.objections import own_objection
from tests.factories.accounts import actor

pytestmark = pytest.mark.django_db


def test_one_objects_once_and_takes_it_back() -> None:
    me = actor()
    assert own_objection(me) is None
    first = object_to_figures(by=me)
    assert object_to_figures(by=me) == first == own_objection(me)
    assert first.starts_on == today()
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=3)):
        take_objection_back(by=me)
        take_objection_back(by=me)
        assert own_objection(me) is None
        assert Objection.objects.get().ends_on == today()
        assert object_to_figures(by=me) != first


def test_it_is_ones_own_page_and_no_administrator_reads_of_it() -> None:
    object_to_figures(by=actor())
    assert AuditEvent.objects.filter(act=Act.OBJECTED).count() == 1
    assert Act.OBJECTED in OWN_PAGE_ACTS


def test_a_system_job_objects_for_nobody() -> None:
    with pytest.raises(Http404):
        object_to_figures(by=Actor.task("test"))
