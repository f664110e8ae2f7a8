"""Writes the audit log: in the same transaction as the change, and never without an actor."""

import uuid
from collections.abc import Iterable

from django.db import connection, transaction

from accounts.actor import Actor
from accounts.models.audit_event import Act, AuditEvent


class AuditError(RuntimeError):
    """The audit log was asked for something it refuses."""


def _event(by: Actor, act: Act, subject: uuid.UUID | None, thing: str, why: str) -> AuditEvent:
    if by.user is None and not by.system:
        raise AuditError("An audit row needs an actor.")
    return AuditEvent(
        act=act,
        actor=by.subject_id,
        system=by.system,
        role=by.role.role if by.role else "",
        organisation=by.role.organisation.code if by.role else "",
        subject=subject,
        thing=thing,
        why=why,
        door=by.door,
    )


def record(
    *, by: Actor, act: Act, subject: uuid.UUID | None = None, thing: str = "", why: str = ""
) -> None:
    """Add a row for a change; raises AuditError outside a transaction or without an actor.

    `thing` is "kind:public id". `why` is a reason from our own words, never what a user typed.
    """
    if not connection.in_atomic_block:
        raise AuditError("An audit row belongs in the transaction of its change.")
    _event(by, act, subject, thing, why).save(force_insert=True)


def record_reads(
    *, by: Actor, act: Act, subjects: Iterable[uuid.UUID], thing: str = "", why: str = ""
) -> None:
    """Add a row for each other person whose data `by` is about to read; own data adds none."""
    rows = [
        _event(by, act, subject, thing, why)
        for subject in set(subjects)
        if subject != by.subject_id
    ]
    # All rows or none, and stored before the page is made: a page is no transaction.
    with transaction.atomic():
        AuditEvent.objects.bulk_create(rows)


def record_many(
    *, by: Actor, act: Act, items: Iterable[tuple[uuid.UUID | None, str]], why: str = ""
) -> None:
    """Add a row for each (subject, thing) of one change that touches many; as `record` does."""
    if not connection.in_atomic_block:
        raise AuditError("An audit row belongs in the transaction of its change.")
    AuditEvent.objects.bulk_create(
        [_event(by, act, subject, thing, why) for subject, thing in items], batch_size=1000
    )
