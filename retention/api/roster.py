"""A practice's roster and a person's objection, for programs."""

import datetime as dt
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile as DjangoFile
from django.http import HttpResponse
from ninja import Field, File, Form, Router, Schema, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile

from accounts.access import fetch
from accounts.api_auth import HEAVY_REQUEST, TokenAuth
from accounts.api_errors import answers
from accounts.api_types import Code, Line
from accounts.http import Request
from accounts.permissions import Permission
from organisations.clock import today
from retention.actions.objections import object_to_figures, take_objection_back
from retention.actions.roster_after import confirm_unchanged, name_notice, undo_roster
from retention.actions.roster_runs import (
    TOO_LARGE,
    answer_who,
    confirm_roster,
    name_columns,
    start_roster,
)
from retention.imports.roster_file import MAX_BYTES
from retention.models import RosterRun
from retention.models.post import EndReason
from retention.presenters.roster_template import rejects_csv
from retention.queries.objections import own_objection
from retention.queries.posts import practices
from retention.queries.roster_matching import SOMEONE_NEW
from retention.queries.rosters import agreements_for, last_confirmed, record_reading, rosters

router = Router(tags=["Practice"])


class RosterTermsIn(Schema):
    """What stands beside the file in the form."""

    agreement_hub: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{0,80}$")] = Field(
        "", description="Slug of the hub whose agreement on keeping posts the people come under."
    )
    told_on: dt.date | None = Field(
        None, description="When the people were told. Without both, no figure counts the rows."
    )


class RosterRowOut(Schema):
    """What becomes of a row of the file."""

    line: int
    name: str
    role: str
    outcome: str = Field(description="created, changed, ended, unchanged, ask or rejected.")
    details: list[str]
    reason: str = Field(description="Why it is not loaded, and what to do.")
    who: list[list[str]] = Field([], description="Of `ask`: key and name of each who it may be.")


class AbsentOut(Schema):
    """A post of the record that the file does not name; it stays unless it is ended."""

    post: UUID
    name: str
    role: str


class RosterOut(Schema):
    """A roster on its way: poll it until it is no longer checking or loading."""

    public_id: UUID
    state: str
    message: str
    notes: list[str] = Field(description="What was taken out before anything was stored.")
    columns: dict[str, str] = Field(description="The column of ours that each header stands for.")
    counts: dict[str, int]
    rows: list[RosterRowOut]
    absent: list[AbsentOut]


class ColumnsIn(Schema):
    """The column of ours for each header; a header that is left out is not read."""

    columns: dict[Line, Line]


class WhoIn(Schema):
    """Who a row is that may be somebody known here."""

    line: Annotated[int, Field(ge=1, le=1_000_000)]
    person: UUID | None = Field(description="A key out of the row's `who`; null: somebody new.")


class WhoAnswersIn(Schema):
    """Answers to rows whose outcome is `ask`; the others wait."""

    answers: list[WhoIn]


class NoticeIn(Schema):
    """What a loaded roster comes under, said later."""

    agreement_hub: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,80}$")]
    told_on: dt.date


class FreedOut(Schema):
    """How many posts wait no longer."""

    posts: int


class ConfirmRosterIn(Schema):
    """Which posts end that are not in the file: none, unless they are named here."""

    end_posts: list[UUID] = []
    last_day: dt.date | None = None
    reason: EndReason | None = None


class UndoneOut(Schema):
    """Of how many people the roster was undone, and of whom it could not be."""

    undone: int
    kept: list[str]


class ConfirmedOut(Schema):
    """When a practice last said how its staff stand."""

    confirmed_on: dt.date | None


class ObjectionOut(Schema):
    """Since when I object to being counted; null if I do not."""

    since: dt.date | None


@router.post(
    "/practices/{code}/rosters",
    response=answers(RosterOut, 202),
    summary="Upload a roster",
    auth=TokenAuth(needs=Permission.EDIT_POSTS),
    throttle=[HEAVY_REQUEST],
)
def upload_roster(
    request: Request, code: Code, terms: Form[RosterTermsIn], file: File[UploadedFile]
) -> Status[dict[str, object]]:
    """Take CSV or xlsx. NI numbers and dates of birth are taken out; nothing is loaded yet."""
    practice = fetch(request.actor, Permission.EDIT_POSTS, practices(), code=code.upper())
    if (file.size or 0) > MAX_BYTES:
        raise HttpError(413, TOO_LARGE)
    agreements = agreements_for(practice, today()).filter(hub__slug=terms.agreement_hub)
    run = start_roster(
        by=request.actor,
        practice=practice,
        name=file.name or "",
        data=_content(file),
        agreement=agreements.first(),
        told_on=terms.told_on,
    )
    return Status(HTTPStatus.ACCEPTED, _out(request, run.public_id))


@router.get("/rosters/{run_id}", response=answers(RosterOut), summary="Read a roster")
def read_roster_run(request: Request, run_id: UUID) -> dict[str, object]:
    """Say what would happen or what has happened, row by row; reading is audited."""
    return _out(request, run_id)


@router.post(
    "/rosters/{run_id}/columns", response=answers(RosterOut), summary="Name a roster's columns"
)
def name_roster_columns(request: Request, run_id: UUID, data: ColumnsIn) -> dict[str, object]:
    """Say what the headers are, where the file is not the template; it is remembered."""
    name_columns(by=request.actor, run=_run(request, run_id), columns=data.columns)
    return _out(request, run_id)


@router.post(
    "/rosters/{run_id}/who", response=answers(RosterOut), summary="Say who a roster's people are"
)
def answer_roster_who(request: Request, run_id: UUID, data: WhoAnswersIn) -> dict[str, object]:
    """Answer the rows that ask, and check again. A key that a row does not offer asks again."""
    given = {str(one.line): str(one.person) if one.person else SOMEONE_NEW for one in data.answers}
    answer_who(by=request.actor, run=_run(request, run_id), answers=given)
    return _out(request, run_id)


@router.post(
    "/rosters/{run_id}/notice", response=answers(FreedOut), summary="Name a roster's notice"
)
def name_roster_notice(request: Request, run_id: UUID, data: NoticeIn) -> dict[str, int]:
    """Say, after a load, which agreement its people come under and when they were told."""
    run = _run(request, run_id)
    agreements = agreements_for(run.practice, today()).filter(hub__slug=data.agreement_hub)
    freed = name_notice(
        by=request.actor, run=run, agreement=agreements.first(), told_on=data.told_on
    )
    return {"posts": freed}


@router.get(
    "/rosters/{run_id}/rejected.csv",
    response=answers(None),
    summary="Download rejected rows",
    openapi_extra={"responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}},
)
def read_rejected_rows(request: Request, run_id: UUID) -> HttpResponse:
    """Give the rejected rows as CSV, each with its reason, to be mended and uploaded again."""
    run = _run(request, run_id)
    record_reading(request.actor, run)
    return HttpResponse(rejects_csv(run), content_type="text/csv; charset=utf-8")


@router.post("/rosters/{run_id}/confirm", response=answers(RosterOut), summary="Load a roster")
def load_roster_run(request: Request, run_id: UUID, data: ConfirmRosterIn) -> dict[str, object]:
    """Load all good rows, or none; a second time changes nothing."""
    confirm_roster(
        by=request.actor,
        run=_run(request, run_id),
        end_posts=[str(post) for post in data.end_posts],
        last_day=data.last_day,
        reason=data.reason.value if data.reason else "",
    )
    return _out(request, run_id)


@router.post("/rosters/{run_id}/undo", response=answers(UndoneOut), summary="Undo a roster")
def undo_roster_run(request: Request, run_id: UUID) -> dict[str, object]:
    """Put the record back within 14 days; what was changed since stays, and is named."""
    undone, kept = undo_roster(by=request.actor, run=_run(request, run_id))
    return {"undone": undone, "kept": kept}


@router.post(
    "/practices/{code}/rosters/unchanged",
    response=answers(ConfirmedOut),
    summary="Say that nothing changed",
)
def say_unchanged(request: Request, code: Code) -> dict[str, object]:
    """Confirm the practice's record as it stands today."""
    practice = fetch(request.actor, Permission.EDIT_POSTS, practices(), code=code.upper())
    confirm_unchanged(by=request.actor, practice=practice)
    held = last_confirmed(practice)
    return {"confirmed_on": held.confirmed_on if held else None}


@router.get("/me/objection", response=answers(ObjectionOut), summary="Read my objection")
def read_objection(request: Request) -> dict[str, object]:
    """Say since when I object to being counted."""
    held = own_objection(request.actor)
    return {"since": held.starts_on if held else None}


@router.put("/me/objection", response=answers(ObjectionOut), summary="Object to being counted")
def make_objection(request: Request) -> dict[str, object]:
    """Take my posts and weeks out of every figure made from today."""
    return {"since": object_to_figures(by=request.actor).starts_on}


@router.delete("/me/objection", response=answers(ObjectionOut), summary="Take my objection back")
def delete_objection(request: Request) -> dict[str, object]:
    """Be counted again in figures made from today."""
    take_objection_back(by=request.actor)
    return {"since": None}


def _content(file: "DjangoFile[bytes]") -> bytes:
    return b"".join(file.chunks())


def _run(request: Request, run_id: UUID) -> RosterRun:
    return fetch(request.actor, Permission.EDIT_POSTS, rosters(), public_id=run_id)


def _out(request: Request, run_id: UUID) -> dict[str, object]:
    run = _run(request, run_id)
    record_reading(request.actor, run)
    names = ("public_id", "state", "message", "notes", "columns")
    return {
        **{name: getattr(run, name) for name in names},
        "counts": run.report.get("counts", {}),
        "rows": run.report.get("rows", []),
        "absent": run.report.get("absent", []),
    }
