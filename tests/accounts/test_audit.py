"""The audit log takes what it must, and refuses the rest."""

import uuid

import pytest
from django.db import transaction

from accounts import audit
from accounts.actor import Actor, Door
from accounts.audit import AuditError
from accounts.models import AuditEvent
from accounts.models.audit_event import Act
from tests.factories.accounts import actor
from tests.factories.organisations import PracticeFactory


@pytest.mark.django_db
def test_row_tells_who_in_which_role_through_which_door() -> None:
    practice = PracticeFactory()
    by = actor("practice_manager", practice, door=Door.API)
    subject = uuid.uuid4()
    audit.record(by=by, act=Act.ADDED_POST, subject=subject, thing="post:7", why="joined")
    row = AuditEvent.objects.get()
    assert (row.actor, row.system, row.role) == (by.subject_id, "", "practice_manager")
    assert (row.organisation, row.subject, row.door) == (practice.code, subject, "api")
    assert (row.act, row.thing, row.why) == ("added_post", "post:7", "joined")


@pytest.mark.django_db
def test_system_job_is_named() -> None:
    audit.record(by=Actor.command("import_data"), act=Act.IMPORTED_FILE)
    row = AuditEvent.objects.get()
    assert (row.actor, row.system, row.door, row.role) == (None, "import_data", "command", "")


@pytest.mark.django_db
def test_nobody_is_refused() -> None:
    with pytest.raises(AuditError, match="needs an actor"):
        audit.record(by=Actor(None, None, Door.PAGE), act=Act.ADDED_POST)
    with pytest.raises(AuditError, match="needs an actor"):
        audit.record_reads(
            by=Actor(None, None, Door.TASK), act=Act.READ_POSTS, subjects=[uuid.uuid4()]
        )


@pytest.mark.django_db(transaction=True)
def test_change_without_a_transaction_is_refused() -> None:
    by = Actor.task("pairing")
    with pytest.raises(AuditError, match="transaction"):
        audit.record(by=by, act=Act.RAN_PAIRING)
    with transaction.atomic():
        audit.record(by=by, act=Act.RAN_PAIRING)
    assert AuditEvent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_row_goes_when_the_change_is_undone() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record(by=Actor.task("pairing"), act=Act.RAN_PAIRING)
        raise ZeroDivisionError
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
def test_reading_writes_a_row_for_each_other_person() -> None:
    by = actor()
    assert by.subject_id is not None
    other, another = uuid.uuid4(), uuid.uuid4()
    audit.record_reads(by=by, act=Act.READ_PEOPLE, subjects=[other, another, other, by.subject_id])
    assert set(AuditEvent.objects.values_list("subject", flat=True)) == {other, another}
