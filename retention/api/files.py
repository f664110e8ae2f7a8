"""Published files, loaded in one request."""

import datetime as dt
from typing import Annotated

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile as DjangoFile
from ninja import Field, File, Form, Router, Schema
from ninja.errors import HttpError
from ninja.files import UploadedFile

from accounts.api_auth import HEAVY_REQUEST, TokenAuth
from accounts.api_errors import answers
from accounts.http import Request
from accounts.permissions import Permission
from retention.actions.import_files import import_file

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


class ReportOut(Schema):
    """What `manage.py import_data --json` prints."""

    files: list[FileReportOut]


class FileTermsIn(Schema):
    """What stands beside the file in the form."""

    dry_run: bool = Field(False, description="Report what would happen, and write nothing.")
    month: Annotated[str, Field(pattern=r"^(20[0-9]{2}-(0[1-9]|1[0-2]))?$")] = Field(
        "", description="For a file that does not print its own month: 2025-06."
    )


@router.post(
    "/files",
    response=answers(ReportOut),
    summary="Load a published file",
    auth=TokenAuth(needs=Permission.IMPORT_PUBLISHED),
    throttle=[HEAVY_REQUEST],
)
def load_file(
    request: Request, terms: Form[FileTermsIn], file: File[UploadedFile]
) -> dict[str, object]:
    """Load a practice map or a practice-level workforce file, CSV or zip, recognised by content.

    A file with a rejected line is reported with status 200, and nothing of it is stored.
    """
    if (file.size or 0) > settings.UPLOAD_MAX_BYTES:
        raise HttpError(413, "The file is too large.")
    month = dt.date.fromisoformat(f"{terms.month}-01") if terms.month else None
    assert request.actor.role is not None  # the permission comes from a role
    reports = import_file(
        by=request.actor,
        source=_content(file),
        name=file.name or "file",
        month=month,
        dry_run=terms.dry_run,
        hub=request.actor.role.organisation,
    )
    return {"files": [report.as_json() for report in reports]}


def _content(file: "DjangoFile[bytes]") -> bytes:
    return b"".join(file.chunks())
