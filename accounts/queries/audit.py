"""Reads the audit log: about oneself, by oneself, and for an administrator."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, Count, F, Max, Min, Q, QuerySet
from django.db.models.functions import Cast, TruncMinute

from accounts import roles
from accounts.models.audit_event import MENTORING_ACTS, OWN_PAGE_ACTS, POST_ACTS, AuditEvent
from accounts.models.user import User
from accounts.queries.people import places_with_roles
from organisations.models.organisation import Organisation

_SAME = ("act", "actor", "system", "role", "organisation", "thing", "why", "door")


@dataclass(frozen=True)
class AuditLine:
    """What one actor did at one moment; `subject` is None where it touched several people."""

    at: dt.datetime
    act: str
    actor: uuid.UUID | None
    system: str
    role: str
    organisation: str
    thing: str
    why: str
    door: str
    people: int
    subject: uuid.UUID | None


def about(user: User) -> QuerySet[AuditEvent]:
    """Return what others did with, or read of, a user's data."""
    return AuditEvent.objects.filter(subject=user.subject_id).exclude(actor=user.subject_id)


def by(user: User) -> QuerySet[AuditEvent]:
    """Return what a user did."""
    return AuditEvent.objects.filter(actor=user.subject_id)


def in_area(hub: Organisation) -> QuerySet[AuditEvent]:
    """Return the acts in roles of a hub's area, without what is for its person alone.

    A clinician who reads their pair, or says where they work, does so for themselves: only the
    lead's pairing and the manager's posts are work that an administrator may know of.
    """
    own_pairing = Q(act__in=MENTORING_ACTS) & ~Q(role=roles.HUB_RETENTION_LEAD.key)
    own_post = Q(act__in=POST_ACTS) & (~Q(role=roles.PRACTICE_MANAGER.key) | Q(subject=F("actor")))
    in_roles = AuditEvent.objects.filter(organisation__in=places_with_roles(hub).values("code"))
    return in_roles.exclude(act__in=OWN_PAGE_ACTS).exclude(own_pairing).exclude(own_post)


def in_lines(events: QuerySet[AuditEvent]) -> "QuerySet[AuditEvent, dict[str, object]]":
    """Return one row for each act, newest first; reading a list of 50 people is one act."""
    rows: QuerySet[AuditEvent, dict[str, object]] = (
        events.order_by()
        # A list of 50 names writes 50 rows within a moment.
        .values(*_SAME, minute=TruncMinute("at"))
        .annotate(
            last=Max("at"),
            people=Count("subject", distinct=True),
            # As text: PostgreSQL knows no least UUID.
            one=Min(Cast("subject", CharField())),
        )
        .order_by("-last", "act", "thing")
    )
    return rows


def as_line(row: dict[str, object]) -> AuditLine:
    """Return a row of `in_lines` as a record."""
    people = row["people"]
    assert isinstance(people, int)
    return AuditLine(
        at=row["last"],  # type: ignore[arg-type]  # annotated above
        people=people,
        subject=uuid.UUID(str(row["one"])) if people == 1 else None,
        **{name: row[name] for name in _SAME},  # type: ignore[arg-type]  # of the types that the fields have
    )


def names(subjects: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, str]:
    """Return the names that random numbers still lead to, in one query."""
    wanted = {subject for subject in subjects if subject is not None}
    found = User.objects.filter(subject_id__in=wanted)
    return dict(found.values_list("subject_id", "name"))


def places(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of organisations by code, in one query."""
    found = Organisation.objects.filter(code__in=set(codes))
    return dict(found.values_list("code", "name"))
