"""The database itself refuses to change the audit log."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.actor import Actor
from accounts.append_only import KEPT_YEARS, POSTGRESQL_DROP, SQLITE_DROP
from accounts.audit import record
from accounts.models import AuditEvent
from accounts.models.audit_event import Act

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("audit_log_as_deployed")]
REFUSED = pytest.raises(DatabaseError, match="append-only")


@pytest.fixture
def row() -> AuditEvent:
    record(by=Actor.command("start_hub"), act=Act.STARTED_HUB)
    return AuditEvent.objects.get()


def written_years_ago(years: int, days: int) -> AuditEvent:
    """Return a row that is as old as it would be had it been written then."""
    event = AuditEvent(act=Act.STARTED_HUB, system="start_hub", door="command")
    then = timezone.now() - dt.timedelta(days=years * 365.25 + days)
    # auto_now_add would say today; bulk_create asks the field before saving, so the field is told.
    AuditEvent._meta.get_field("at").auto_now_add = False
    try:
        event.at = then
        event.save(force_insert=True)
    finally:
        AuditEvent._meta.get_field("at").auto_now_add = True
    return event


def test_changing_a_row_is_refused(row: AuditEvent) -> None:
    row.why = "something else"
    with REFUSED, transaction.atomic():
        row.save()
    with REFUSED, transaction.atomic():
        AuditEvent.objects.update(actor=None, system="nobody")
    row.refresh_from_db()
    assert (row.why, row.system) == ("", "start_hub")


def test_deleting_a_row_is_refused(row: AuditEvent) -> None:
    with REFUSED, transaction.atomic():
        row.delete()
    with REFUSED, transaction.atomic():
        AuditEvent.objects.all().delete()
    assert AuditEvent.objects.count() == 1


def test_plain_sql_is_refused_too(row: AuditEvent) -> None:
    statements = [
        "UPDATE accounts_auditevent SET why = 'x'",
        "DELETE FROM accounts_auditevent",
    ]
    if connection.vendor == "postgresql":  # SQLite knows no TRUNCATE.
        statements.append("TRUNCATE accounts_auditevent")
    for statement in statements:
        with REFUSED, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_row_may_go_once_its_time_is_over() -> None:
    written_years_ago(KEPT_YEARS, days=2).delete()
    assert not AuditEvent.objects.exists()


def test_row_may_not_go_a_little_sooner() -> None:
    event = written_years_ago(KEPT_YEARS, days=-2)
    with REFUSED, transaction.atomic():
        event.delete()


def test_old_row_may_not_be_changed_either() -> None:
    event = written_years_ago(KEPT_YEARS, days=400)
    with REFUSED, transaction.atomic():
        AuditEvent.objects.filter(pk=event.pk).update(why="x")


def test_migration_can_be_undone(row: AuditEvent) -> None:
    with connection.cursor() as cursor:
        for statement in SQLITE_DROP if connection.vendor == "sqlite" else POSTGRESQL_DROP:
            cursor.execute(statement)
    AuditEvent.objects.all().delete()
    assert not AuditEvent.objects.exists()
