"""The API of accounts: who am I, who looked, and a hub's audit log."""

import datetime as dt
from uuid import UUID

from ninja import Field, Query, Router, Schema, Status

from accounts import audit
from accounts.access import fetch
from accounts.actions.notices import put_away
from accounts.api_errors import answers
from accounts.api_types import Page, Paging, PlaceName, Slug
from accounts.http import Request
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from accounts.presenters.audit import AuditSentence, sentences, subjects_named
from accounts.presenters.notices import NoticeWords, notice_words
from accounts.queries.audit import about, as_line, in_area, in_lines
from accounts.queries.notices import notices, unread
from accounts.queries.roles import roles_of
from organisations.queries.places import hubs

router = Router(tags=["Account"])


class RoleOut(Schema):
    """A role held today."""

    key: str = Field(alias="role")
    name: str = Field(alias="definition.name")
    description: str = Field(alias="definition.description")
    organisation: PlaceName
    holds_contract: bool
    starts_on: dt.date
    ends_on: dt.date | None


class MeOut(Schema):
    """The bearer of the token."""

    name: str
    email: str
    role: RoleOut | None = Field(description="The role that this token carries.")
    roles: list[RoleOut] = Field(description="Every role held today.")


class AuditSentenceOut(Schema):
    """An act in words; names are empty where they may not be told."""

    at: dt.datetime
    who: str
    role: str
    what: str
    whom: str
    how: str
    why: str


class NoticeOut(Schema):
    """What happened to a place, and what it means for you."""

    id: UUID = Field(alias="public_id")
    heading: str
    lines: list[str]


class HubOut(Schema):
    """A training hub; its slug stands in the addresses of all that is its own."""

    code: str
    slug: str
    name: str


@router.get("/me", response=answers(MeOut), summary="Who am I")
def get_me(request: Request) -> dict[str, object]:
    """The account, the role that the token carries, and all roles held today."""
    user = request.actor.user
    assert user is not None  # a token has a user
    return {
        "name": user.name,
        "email": user.email,
        "role": request.actor.role,
        "roles": list(roles_of(user)),
    }


@router.get("/me/who-looked", response=answers(Page[AuditSentenceOut]), summary="Who looked")
def list_who_looked(request: Request, paging: Query[Paging]) -> dict[str, object]:
    """What others read or changed about you, newest first."""
    user = request.actor.user
    assert user is not None  # a token has a user
    rows, count = paging.of(in_lines(about(user)))
    return {"items": _sentences(request, rows), "count": count}


@router.get("/me/notices", response=answers(list[NoticeOut]), summary="What changed for me")
def list_notices(request: Request) -> list[NoticeWords]:
    """Mergers, closures and the like that changed something for you, until you put them away."""
    return notice_words(unread(request.actor))


@router.post(
    "/me/notices/{notice_id}/read", response=answers(None, 204), summary="Put a notice away"
)
def read_notice(request: Request, notice_id: UUID) -> Status[None]:
    """Say that you have read it; a second time changes nothing."""
    mine = fetch(request.actor, Permission.OWN_RECORD, notices(), public_id=notice_id)
    put_away(by=request.actor, notice=mine)
    return Status(204, None)


@router.get("/hubs", response=answers(Page[HubOut]), summary="List training hubs")
def list_hubs(request: Request, paging: Query[Paging]) -> dict[str, object]:
    """Every training hub, by name."""
    items, count = paging.of(hubs())
    return {"items": items, "count": count}


@router.get(
    "/hubs/{slug}/audit", response=answers(Page[AuditSentenceOut]), summary="Read the audit log"
)
def list_audit(request: Request, slug: Slug, paging: Query[Paging]) -> dict[str, object]:
    """Who did what in the hub's area, for its administrator; reading it is audited too."""
    hub = fetch(request.actor, Permission.SEE_AUDIT, hubs(), slug=slug)
    rows, count = paging.of(in_lines(in_area(hub)))
    audit.record_reads(
        by=request.actor,
        act=Act.READ_AUDIT,
        subjects=subjects_named([as_line(row) for row in rows]),
        thing=f"hub:{hub.slug}",
    )
    return {"items": _sentences(request, rows, for_administrator=True), "count": count}


def _sentences(
    request: Request, rows: list[dict[str, object]], *, for_administrator: bool = False
) -> list[AuditSentence]:
    lines = [as_line(row) for row in rows]
    return sentences(lines, me=request.actor.subject_id, for_administrator=for_administrator)
