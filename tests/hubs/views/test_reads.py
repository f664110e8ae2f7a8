"""Marks the pages that show names."""

import pytest

from accounts.models import AuditEvent
from accounts.models.audit_event import Act
from hubs.views.reads import record_names
from tests.factories.accounts import actor
from tests.factories.retention import PersonFactory, RegisteredPersonFactory

pytestmark = pytest.mark.django_db


def test_each_person_whose_name_is_read_gets_one_row_and_the_reader_none() -> None:
    reader = actor()
    me, other = RegisteredPersonFactory(user=reader.user), PersonFactory()
    record_names([me, other, other], "hub:demo", by=reader)
    row = AuditEvent.objects.get()
    assert (row.act, row.actor, row.subject, row.thing) == (
        Act.READ_MENTORING,
        reader.subject_id,
        other.subject_id,
        "hub:demo",
    )
