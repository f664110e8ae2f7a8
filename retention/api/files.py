"""Published files: handed over in one request, checked and loaded by a worker."""

import datetime as dt
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from ninja import Field, File, Form, Router, Schema, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile

from accounts.access import authorise, fetch
from accounts.api_auth import HEAVY_REQUEST, TokenAuth
from accounts.api_errors import answers
from accounts.http import Request
from accounts.permissions import Permission
from retention.actions.import_runs import confirm_run, drop_run, retry_run, start_run
from retention.models.import_run import ImportRun, ImportState
from retention.queries.imports import runs_of, uploads

router = Router(tags=["Files"])


class RejectionOut(Schema):
    """A line that cannot be stored, and why."""

    line: int
    reason: str


class FileReportOut(Schema):
    """What became of a file: created + changed + unchanged + rejected = rows.

    A published file is stored whole or not at all: with any line rejected nothing of it is.
    """

    file: str
    format: str
    rows: int
    created: int
    changed: int
    unchanged: int
    rejected: list[RejectionOut]
    warnings: list[str]


class ImportOut(Schema):
    """A file on its way in. `files` is empty until it is checked."""

    id: UUID
    state: ImportState
    done: bool = Field(description="Nothing more happens until somebody asks.")
    step: str = Field(description="What a worker does: reading, comparing, storing; or empty.")
    rows_read: int | None
    files: list[FileReportOut] = Field(
        description="What `manage.py import_data --json` prints; before loading, what would be."
    )
    address: str = Field(description="Ask here how far it is.")


class ImportLineOut(Schema):
    """A file; ask for it by its id to read its report."""

    id: UUID = Field(alias="public_id")
    file_name: str
    state: ImportState
    uploaded_at: dt.datetime


class FileTermsIn(Schema):
    """What stands beside the file in the form."""

    dry_run: bool = Field(
        False, description="Check only: it waits in state `ready` until it is loaded."
    )
    month: Annotated[str, Field(pattern=r"^(20[0-9]{2}-(0[1-9]|1[0-2]))?$")] = Field(
        "", description="For a file that does not print its own month: 2025-06."
    )


@router.post(
    "/files",
    response=answers(ImportOut, 202),
    summary="Hand over a published file",
    # Asked before the body is read: 25 MB of a token that may not load are not taken in.
    auth=TokenAuth(needs=Permission.IMPORT_PUBLISHED),
    throttle=[HEAVY_REQUEST],
)
def load_file(
    request: Request, terms: Form[FileTermsIn], file: File[UploadedFile]
) -> Status[dict[str, object]]:
    """Have a worker check a published file, recognised by content, and load it if it is good.

    A file with a rejected line ends as `refused`, and nothing of it is stored. With `dry_run` a
    good one waits as `ready`, with what would change, until it is loaded.
    """
    # The limit on JSON bodies does not hold for files.
    if (file.size or 0) > settings.UPLOAD_MAX_BYTES:
        raise HttpError(413, "The file is too large.")
    month = dt.date.fromisoformat(f"{terms.month}-01") if terms.month else None
    assert request.actor.role is not None  # the permission comes from a role
    run = start_run(
        by=request.actor,
        hub=request.actor.role.organisation,
        file=file,
        month=month,
        loads_itself=not terms.dry_run,
    )
    return Status(HTTPStatus.ACCEPTED, _out(run))


@router.get("/files", response=answers(list[ImportLineOut]), summary="List files handed over")
def list_files(request: Request) -> list[ImportRun]:
    """The newest files that the hub handed over, without their reports."""
    authorise(request.actor, Permission.IMPORT_PUBLISHED)
    assert request.actor.role is not None  # the permission comes from a role
    return list(runs_of(request.actor.role.organisation))


@router.get("/files/{file_id}", response=answers(ImportOut), summary="Read how far a file is")
def get_file(request: Request, file_id: UUID) -> dict[str, object]:
    """How far a file is, and its report once it is checked."""
    return _out(_fetch(request, file_id))


@router.post(
    "/files/{file_id}/load", response=answers(ImportOut, 202), summary="Load a checked file"
)
def load_checked_file(request: Request, file_id: UUID) -> Status[dict[str, object]]:
    """Load a file that was checked with `dry_run`; asked twice, it is loaded once."""
    run = _fetch(request, file_id)
    confirm_run(by=request.actor, run=run)
    return Status(HTTPStatus.ACCEPTED, _out(run))


@router.post(
    "/files/{file_id}/retry", response=answers(ImportOut, 202), summary="Ask for a lost file again"
)
def retry_file(request: Request, file_id: UUID) -> Status[dict[str, object]]:
    """Ask for a step again whose worker was lost; before it counts as lost nothing changes."""
    run = _fetch(request, file_id)
    retry_run(by=request.actor, run=run)
    return Status(HTTPStatus.ACCEPTED, _out(run))


@router.delete("/files/{file_id}", response=answers(None, 204), summary="Forget a file")
def delete_file(request: Request, file_id: UUID) -> Status[None]:
    """Forget a file that was not loaded; what was loaded stays."""
    drop_run(by=request.actor, run=_fetch(request, file_id))
    return Status(HTTPStatus.NO_CONTENT, None)


def _fetch(request: Request, file_id: UUID) -> ImportRun:
    return fetch(request.actor, Permission.IMPORT_PUBLISHED, uploads(), public_id=file_id)


def _out(run: ImportRun) -> dict[str, object]:
    # In all other states it is somebody's turn: to load, to retry, or to hand over a mended file.
    waits = (ImportState.CHECKING, ImportState.LOADING)
    return {
        "id": run.public_id,
        "state": run.state,
        "done": run.state not in waits,
        "step": run.step,
        "rows_read": run.rows_read,
        # Empty while it is being checked, and for good where it could not be read at all.
        "files": run.report.get("files", []),
        "address": reverse("api-v1:get_file", args=[run.public_id]),
    }
