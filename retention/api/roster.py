"""A practice's rosters, for programs."""

from http import HTTPStatus
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile as DjangoFile
from django.http import HttpResponse
from ninja import File, Form, Router, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile

from accounts.access import fetch
from accounts.api_auth import HEAVY_REQUEST, TokenAuth
from accounts.api_errors import answers
from accounts.api_types import Code
from accounts.http import Request
from accounts.permissions import Permission
from organisations.clock import today
from retention.actions.roster_after import confirm_unchanged, name_notice, undo_roster
from retention.actions.roster_runs import (
    TOO_LARGE,
    answer_who,
    confirm_roster,
    drop_roster,
    name_columns,
    retry_roster,
    start_roster,
)
from retention.api.roster_schemas import (
    ColumnsIn,
    ConfirmedOut,
    ConfirmRosterIn,
    FreedOut,
    NoticeIn,
    RosterOut,
    RostersOut,
    RosterTermsIn,
    UndoneOut,
    WhoAnswersIn,
)
from retention.imports.roster_file import MAX_BYTES
from retention.models import RosterRun
from retention.presenters.roster_template import rejects_csv
from retention.queries.posts import practices
from retention.queries.roster_matching import SOMEONE_NEW
from retention.queries.rosters import (
    agreements_for,
    last_confirmed,
    record_reading,
    rosters,
    rosters_of,
)

router = Router(tags=["Practice"])


@router.post(
    "/practices/{code}/rosters",
    response=answers(RosterOut, 202),
    summary="Upload a roster",
    # Asked before the body is read, as for published files.
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
    # None is found for an empty slug or another hub's, and `start_roster` says what is missing.
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


@router.get(
    "/practices/{code}/rosters", response=answers(RostersOut), summary="List a practice's rosters"
)
def list_rosters(request: Request, code: Code) -> dict[str, object]:
    """The newest uploads of a practice, for its manager, without their rows."""
    practice = fetch(request.actor, Permission.EDIT_POSTS, practices(), code=code.upper())
    held = last_confirmed(practice)
    return {
        "confirmed_on": held.confirmed_on if held else None,
        "rosters": list(rosters_of(practice)),
    }


@router.get("/rosters/{run_id}", response=answers(RosterOut), summary="Read a roster")
def read_roster_run(request: Request, run_id: UUID) -> dict[str, object]:
    """Say what would happen or what has happened, row by row; reading is audited."""
    return _out(request, run_id)


@router.post(
    "/rosters/{run_id}/columns", response=answers(RosterOut, 202), summary="Name a roster's columns"
)
def name_roster_columns(
    request: Request, run_id: UUID, data: ColumnsIn
) -> Status[dict[str, object]]:
    """Say what the headers are, where the file is not the template; it is remembered."""
    name_columns(by=request.actor, run=_run(request, run_id), columns=data.columns)
    return Status(HTTPStatus.ACCEPTED, _out(request, run_id))


@router.post(
    "/rosters/{run_id}/who",
    response=answers(RosterOut, 202),
    summary="Say who a roster's people are",
)
def answer_roster_who(
    request: Request, run_id: UUID, data: WhoAnswersIn
) -> Status[dict[str, object]]:
    """Answer the rows that ask, and check again. A key that a row does not offer asks again."""
    # Keys of JSON are text: so answers are stored, by line.
    given = {str(one.line): str(one.person) if one.person else SOMEONE_NEW for one in data.answers}
    answer_who(by=request.actor, run=_run(request, run_id), answers=given)
    return Status(HTTPStatus.ACCEPTED, _out(request, run_id))


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
    # Of this router's answers the only one that is no JSON: it is opened in a spreadsheet.
    return HttpResponse(rejects_csv(run), content_type="text/csv; charset=utf-8")


@router.post("/rosters/{run_id}/confirm", response=answers(RosterOut, 202), summary="Load a roster")
def load_roster_run(
    request: Request, run_id: UUID, data: ConfirmRosterIn
) -> Status[dict[str, object]]:
    """Have a worker load all good rows, or none; a second time changes nothing."""
    confirm_roster(
        by=request.actor,
        run=_run(request, run_id),
        end_posts=[str(post) for post in data.end_posts],
        last_day=data.last_day,
        reason=data.reason.value if data.reason else "",
    )
    return Status(HTTPStatus.ACCEPTED, _out(request, run_id))


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


@router.post(
    "/rosters/{run_id}/retry",
    response=answers(RosterOut, 202),
    summary="Ask for a lost roster again",
)
def retry_roster_run(request: Request, run_id: UUID) -> Status[dict[str, object]]:
    """Ask for a step again whose worker was lost; before it counts as lost nothing changes."""
    retry_roster(by=request.actor, run=_run(request, run_id))
    return Status(HTTPStatus.ACCEPTED, _out(request, run_id))


@router.delete("/rosters/{run_id}", response=answers(None, 204), summary="Forget a roster")
def delete_roster_run(request: Request, run_id: UUID) -> Status[None]:
    """Forget an upload that was not loaded, with all that it holds; a loaded one stays."""
    drop_roster(by=request.actor, run=_run(request, run_id))
    return Status(HTTPStatus.NO_CONTENT, None)


def _content(file: "DjangoFile[bytes]") -> bytes:
    return b"".join(file.chunks())


def _run(request: Request, run_id: UUID) -> RosterRun:
    return fetch(request.actor, Permission.EDIT_POSTS, rosters(), public_id=run_id)


def _out(request: Request, run_id: UUID) -> dict[str, object]:
    run = _run(request, run_id)
    record_reading(request.actor, run)
    names = ("state", "message", "notes", "columns")
    return {
        "id": run.public_id,
        **{name: getattr(run, name) for name in names},
        "counts": run.report.get("counts", {}),
        "rows": run.report.get("rows", []),
        "absent": run.report.get("absent", []),
    }
