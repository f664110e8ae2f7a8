"""A practice closes or merges, for a hub's administrator."""

import datetime as dt

from ninja import Query, Router, Schema
from pydantic import Field

from accounts.access import fetch
from accounts.api_errors import answers
from accounts.api_types import Code
from accounts.http import Request
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models import Organisation
from retention.actions.life_events import check_change, close_practice, merge_practices
from retention.queries.posts import practices
from retention.queries.practice_change import practice_change, practice_to_join

router = Router(tags=["Practice"])


class ChangeIn(Schema):
    """From when, and into which practice it merges; none where it closes."""

    on: dt.date = Field(description="The first day without the practice.")
    into: Code | None = Field(None, description="Code of the practice it merges into.")


class PreviewIn(Schema):
    """As for the act itself; today unless a day is given."""

    on: dt.date | None = None
    into: Code | None = None


class ChangeOut(Schema):
    """What would end or go over, besides all posts, which are not counted here."""

    clinicians: int
    other_roles: int
    invitations: int
    switches: int


class ChangedOut(Schema):
    """What was done."""

    code: str
    on: dt.date
    into: str | None


@router.get(
    "/practices/{code}/change",
    response=answers(ChangeOut),
    summary="Preview a closure or merger",
)
def preview_practice_change(
    request: Request, code: Code, asked: Query[PreviewIn]
) -> dict[str, object]:
    """Count what a closure or merger would end or carry; nothing is changed."""
    practice, into = _places(request, code, asked.into)
    # The page asks for the day first; a program may look before it knows one.
    on = asked.on or today()
    check_change(by=request.actor, practice=practice, into=into, on=on)
    return vars(practice_change(practice, on))


@router.post(
    "/practices/{code}/change", response=answers(ChangedOut), summary="Close or merge a practice"
)
def change_practice(request: Request, code: Code, data: ChangeIn) -> dict[str, object]:
    """Close a practice, or merge it into another of the area. It cannot be undone here."""
    practice, into = _places(request, code, data.into)
    if into is None:
        close_practice(by=request.actor, practice=practice, on=data.on)
    else:
        merge_practices(by=request.actor, from_=practice, into=into, on=data.on)
    return {"code": practice.code, "on": data.on, "into": into.code if into else None}


def _places(
    request: Request, code: str, into: str | None
) -> tuple[Organisation, Organisation | None]:
    practice = fetch(request.actor, Permission.EDIT_ROLES, practices(), code=code.upper())
    # None means that it closes; an empty code never gets past the schema.
    return practice, practice_to_join(request.actor, into) if into is not None else None
