"""A file on its way in by the upload page: checked and stored by a worker, confirmed by a person.

Every step is claimed by one conditional update, so a double click or a second worker does it once;
and every step can be done again, because a file is stored whole or not at all.
"""

import datetime as dt
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.actor import Actor, Door
from accounts.models.user import User
from accounts.queries.roles import roles_of
from organisations.models.organisation import Organisation
from retention.actions.import_files import import_file
from retention.actions.import_report import FileReport
from retention.models.import_run import ImportRun, ImportState, ImportStep

# A full-size file takes seconds: after this a worker was lost, and the step may be asked for again.
LOST_AFTER = dt.timedelta(minutes=10)
# A file that nobody loaded by then, with all that it holds, is forgotten.
FORGET_AFTER = dt.timedelta(days=30)
BETWEEN = {ImportState.CHECKING, ImportState.LOADING}


def start_run(
    *,
    by: Actor,
    hub: Organisation,
    file: "UploadedFile[bytes]",
    month: dt.date | None = None,
    loads_itself: bool = False,
) -> ImportRun:
    """Keep an uploaded file and have a worker check it; `month` if the file does not print it.

    With `loads_itself` a good file is loaded after its check, without asking again.
    """
    run = ImportRun(
        hub=hub,
        uploaded_by=by.user,
        month=month,
        loads_itself=loads_itself,
        file_name=(file.name or "file")[-255:],
        content=b"".join(file.chunks()),
    )
    run.full_clean(exclude=["content"])
    with transaction.atomic():
        run.save()
        _enqueue(run)
    return run


def confirm_run(*, by: Actor, run: ImportRun) -> None:
    """Have a worker store a checked file; a second click changes nothing.

    Raises ValidationError where the file is not waiting for an answer.
    """
    with transaction.atomic():
        if not _move(run, ImportState.READY, ImportState.LOADING):
            if run.state in (ImportState.LOADING, ImportState.LOADED):
                return
            raise ValidationError("This file cannot be loaded. Upload it again.")
        _enqueue(run)


def drop_run(*, by: Actor, run: ImportRun) -> None:
    """Forget a file that was uploaded and not loaded."""
    ImportRun.objects.filter(pk=run.pk).exclude(
        state__in=(ImportState.LOADING, ImportState.LOADED)
    ).delete()


def forget_old_runs(now: dt.datetime) -> int:
    """Forget every file that waited too long for an answer or stopped on the way; returns how many.

    What was loaded stays: it holds the report alone.
    """
    waited = ImportRun.objects.filter(changed_at__lt=now - FORGET_AFTER)
    return waited.exclude(state=ImportState.LOADED).delete()[0]


def retry_run(*, by: Actor, run: ImportRun) -> None:
    """Ask for a step again after its worker was lost; before LOST_AFTER it changes nothing."""
    with transaction.atomic():
        claimed = ImportRun.objects.filter(
            pk=run.pk, state__in=BETWEEN, changed_at__lt=timezone.now() - LOST_AFTER
        ).update(changed_at=timezone.now())
        if claimed:
            run.refresh_from_db()
            _enqueue(run)


def is_lost(run: ImportRun) -> bool:
    """Whether a step has been under way for so long that its worker must be gone."""
    return run.state in BETWEEN and run.changed_at < timezone.now() - LOST_AFTER


def check_run(public_id: str) -> None:
    """Compare the file with the record and keep the report; done by a worker."""
    run = ImportRun.objects.select_related("uploaded_by", "hub").get(public_id=public_id)
    if run.state != ImportState.CHECKING or run.content is None:
        return
    reports = _import(run, dry_run=True)
    refused = any(report.is_refused for report in reports)
    with transaction.atomic():
        _finish(run, reports, ImportState.REFUSED if refused else ImportState.READY)
        if run.loads_itself and not refused:
            run.refresh_from_db(fields=["state"])
            confirm_run(by=_by(run), run=run)


def load_run(public_id: str) -> None:
    """Store the file; done by a worker. Doing it twice stores it once."""
    run = ImportRun.objects.select_related("uploaded_by", "hub").get(public_id=public_id)
    if run.state != ImportState.LOADING or run.content is None:
        return
    reports = _import(run, dry_run=False)
    refused = any(report.is_refused for report in reports)
    _finish(run, reports, ImportState.FAILED if refused else ImportState.LOADED)


def _import(run: ImportRun, *, dry_run: bool) -> list[FileReport]:
    content = bytes(run.content or b"")
    return import_file(
        by=_by(run),
        source=content,
        name=run.file_name,
        month=run.month,
        dry_run=dry_run,
        hub=run.hub,
        progress=partial(_note_progress, run),
    )


def _note_progress(run: ImportRun, step: ImportStep, rows: int | None) -> None:
    ImportRun.objects.filter(pk=run.pk, state=run.state).update(step=step, rows_read=rows)


def _by(run: ImportRun) -> Actor:
    """Return who asked for the work; a system job if that account is gone."""
    if isinstance(run.uploaded_by, User):
        # In a role there, so that the hub's administrator reads of it in the audit log.
        role = roles_of(run.uploaded_by).filter(organisation=run.hub).first()
        return Actor(user=run.uploaded_by, role=role, door=Door.TASK)
    return Actor.task("load_import")


def _enqueue(run: ImportRun) -> None:
    from retention.tasks import check_import, load_import  # tasks import these actions

    step = check_import if run.state == ImportState.CHECKING else load_import
    transaction.on_commit(partial(step.enqueue, str(run.public_id)))


def _move(run: ImportRun, before: ImportState, after: ImportState) -> bool:
    moved = ImportRun.objects.filter(pk=run.pk, state=before).update(
        state=after, changed_at=timezone.now()
    )
    run.refresh_from_db(fields=["state", "changed_at"])
    return bool(moved)


def _finish(run: ImportRun, reports: list[FileReport], state: ImportState) -> None:
    keeps_file = state == ImportState.READY
    ImportRun.objects.filter(pk=run.pk, state=run.state).update(
        state=state,
        report={"files": [report.as_json() for report in reports]},
        content=run.content if keeps_file else None,
        step="",
        changed_at=timezone.now(),
    )
