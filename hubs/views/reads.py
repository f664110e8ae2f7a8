"""Marks the pages that show names."""

from collections.abc import Iterable

from accounts import audit
from accounts.actor import Actor
from accounts.models.audit_event import Act
from retention.models import Person


def record_names(people: Iterable[Person], thing: str, *, by: Actor) -> None:
    """Add an audit row for each person whose name is about to be read."""
    subjects = [person.subject_id for person in people]
    audit.record_reads(by=by, act=Act.READ_MENTORING, subjects=subjects, thing=thing)
