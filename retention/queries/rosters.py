"""A practice's rosters: agreements they can come under, what they would do, what is confirmed."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from accounts import audit
from accounts.actor import Actor
from accounts.models.audit_event import Act
from organisations.models import Agreement, Organisation
from organisations.queries.agreements import KEEPING_POSTS
from organisations.queries.places import hubs_of
from retention.imports.results import Rejection
from retention.imports.roster import RosterRow, read_roster
from retention.models import Person, RosterConfirmation, RosterRun
from retention.queries.roster_basis import Basis, read_basis
from retention.queries.roster_outcomes import Outcome, Terms
from retention.queries.roster_plan import RosterPlan, make_plan
from retention.queries.roster_record import record_of

SHOWN = 12
# How often a check tells how far it has come.
TELL_EVERY = 1_000
# Tables and journals can be large, and the list of uploads needs none of them.
LARGE = ("rows", "report", "journal", "answers")


def rosters() -> QuerySet[RosterRun]:
    """Return every roster with its practice, to fetch one from."""
    return RosterRun.objects.select_related("practice", "agreement")


def rosters_of(practice: Organisation) -> QuerySet[RosterRun]:
    """Return the newest rosters of a practice, without their rows."""
    return RosterRun.objects.filter(practice=practice).defer(*LARGE)[:SHOWN]


def agreements_for(practice: Organisation, as_at: dt.date) -> QuerySet[Agreement]:
    """Return the agreements on keeping posts that are in force in a hub of the practice's area."""
    return (
        Agreement.objects.as_at(as_at)
        .filter(hub__in=hubs_of(practice, as_at), purpose=KEEPING_POSTS)
        .select_related("hub")
    )


def last_confirmed(practice: Organisation) -> RosterConfirmation | None:
    """Return when the practice last said how it stands: by a roster, or that nothing changed."""
    return RosterConfirmation.objects.filter(practice=practice).first()


def record_reading(by: Actor, run: RosterRun) -> None:
    """Audit whose names a roster's page shows out of the record, not out of the file."""
    report = run.report
    posts = [item["post"] for item in report.get("absent", [])]
    people = [key for row in report.get("rows", []) for key, _ in row.get("who", [])]
    # A person of a report may be erased by now; the audit log is of who is there.
    known = [row["person"] for row in report.get("rows", []) if row.get("person")]
    found = Person.objects.filter(
        Q(posts__public_id__in=posts) | Q(public_id__in=people) | Q(pk__in=known)
    )
    audit.record_reads(
        by=by,
        act=Act.READ_POSTS,
        subjects=found.values_list("subject", flat=True),
        thing=f"practice:{run.practice.code}",
    )


@dataclass(frozen=True)
class TypedRoster:
    """A roster's rows, read: it says nothing of the record, so it can be made before a lock."""

    good: list[RosterRow]
    rejected: list[Rejection]
    written: Mapping[int, str]


def typed_roster(run: RosterRun) -> TypedRoster:
    """Read the rows of a roster whose columns are named."""
    columns = [run.columns.get(header, "") for header in run.headers]
    cells = [
        (line, {column: text for column, text in zip(columns, values, strict=True) if column})
        for line, values in run.rows
    ]
    good, rejected = read_roster(cells)
    written = {line: values.get("NAME") or values.get("SURNAME", "") for line, values in cells}
    return TypedRoster(good, rejected, written)


def basis_of(run: RosterRun, typed: TypedRoster) -> Basis:
    """Return what the record says now of all that a roster is compared with."""
    return read_basis(run.practice, (row.org_code for row in typed.good))


def plan_of(
    run: RosterRun,
    as_at: dt.date,
    typed: TypedRoster,
    basis: Basis,
    *,
    tell: Callable[[int], None] | None = None,
) -> RosterPlan:
    """Compare a roster with the record as it was read; asks the database nothing.

    `tell` hears from time to time how many rows are done.
    """
    record = record_of(run.practice, basis, as_at)
    terms = Terms(as_at, run.agreement_id, run.told_on)
    plan = make_plan(_telling(typed.good, tell), typed.rejected, record, run.answers, terms)
    for row in plan.rows:
        # Who cannot be read is still named as in the file.
        row.name = row.name or typed.written[row.line]
    return plan


def report_of(plan: RosterPlan) -> dict[str, Any]:
    """Return what a page shows of a plan, as JSON can hold it."""
    return {
        "counts": plan.counts(),
        "digest": plan.digest(),
        "rows": [
            {
                "line": row.line,
                "name": row.name,
                "role": row.role,
                "outcome": row.outcome.value,
                "details": row.details,
                "reason": row.reason,
                "person": row.known[0],
                **({"who": _candidates(row.candidates)} if row.outcome == Outcome.ASK else {}),
            }
            for row in plan.rows
        ],
        "absent": [
            {"post": str(post.public_id), "name": post.person.name, "role": post.role}
            for post in plan.absent
        ],
    }


def _candidates(people: list[Any]) -> list[list[str]]:
    return [[str(person.public_id), person.name] for person in people]


def _telling(rows: list[RosterRow], tell: Callable[[int], None] | None) -> Iterator[RosterRow]:
    for number, row in enumerate(rows):
        if tell and number % TELL_EVERY == 0:
            tell(number)
        yield row
