"""The audit log in words."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accounts import roles
from accounts.actor import Door
from accounts.models.audit_event import POST_ACTS, WHOM_UNTOLD, Act
from accounts.queries.audit import AuditLine, names, places

_DOORS = {
    Door.PAGE: "on a page",
    Door.API: "by a program",
    Door.COMMAND: "by an operator's command",
    Door.TASK: "by background work",
}
ERASED = "Somebody whose account was erased"


@dataclass(frozen=True)
class AuditSentence:
    """A row of a table: when, who (with the role), what, on whom, how and why."""

    at: dt.datetime
    who: str
    role: str
    what: str
    whom: str
    how: str
    why: str


def sentences(
    lines: Sequence[AuditLine], *, me: uuid.UUID | None, for_administrator: bool = False
) -> list[AuditSentence]:
    """Put lines into words, with two queries for all names.

    `for_administrator` leaves out on whom the acts of pairing and of posts were, and what was
    done to a post: in a practice of four, "leave recorded" tells who.
    """
    people = names([*(line.actor for line in lines), *(line.subject for line in lines)])
    where = places(line.organisation for line in lines)
    return [
        AuditSentence(
            at=line.at,
            who=_who(line, me, people),
            role=_role(line, where),
            what=Act(line.act).label,
            whom="" if for_administrator and line.act in WHOM_UNTOLD else _whom(line, me, people),
            how=_DOORS[Door(line.door)],
            why="" if for_administrator and line.act in POST_ACTS else line.why,
        )
        for line in lines
    ]


def subjects_named(lines: Sequence[AuditLine]) -> set[uuid.UUID]:
    """Return whose names `sentences` shows to an administrator."""
    acted = {line.subject for line in lines if line.act not in WHOM_UNTOLD}
    return {each for each in acted | {line.actor for line in lines} if each is not None}


def _who(line: AuditLine, me: uuid.UUID | None, people: Mapping[uuid.UUID, str]) -> str:
    if line.actor is None:
        return f"The service itself ({line.system.replace('_', ' ')})"
    return "You" if line.actor == me else people.get(line.actor, ERASED)


def _role(line: AuditLine, where: Mapping[str, str]) -> str:
    # Rows outlive the roles that they were written in.
    role = roles.BY_KEY.get(line.role)
    if role is None:
        return ""
    return f"{role.name}, {where.get(line.organisation, line.organisation)}"


def _whom(line: AuditLine, me: uuid.UUID | None, people: Mapping[uuid.UUID, str]) -> str:
    if line.people > 1:
        return f"{line.people} people"
    if line.subject is None:
        return ""
    return "You" if line.subject == me else people.get(line.subject, ERASED)
