"""A file on its way in by the upload page: kept, confirmed by a person, dropped, asked for again.

What a worker does between is `import_work`. Every step is claimed by one conditional update, so a
double click or a second worker does it once.
"""

import datetime as dt
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.access import authorise
from accounts.actor import Actor
from accounts.permissions import Permission
from organisations.models.organisation import Organisation
from retention.models.import_run import ImportRun, ImportState
from retention.tasks.imports import check_import, load_import

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
    authorise(by, Permission.IMPORT_PUBLISHED, hub)
    run = ImportRun(
        hub=hub,
        uploaded_by=by.user,
        month=month,
        loads_itself=loads_itself,
        file_name=(file.name or "file")[-255:],
        content=b"".join(file.chunks()),
    )
    # The content may be 64 MB, and no validator has anything to say of it.
    run.full_clean(exclude=["content"])
    with transaction.atomic():
        run.save()
        _enqueue(run)
    return run


def confirm_run(*, by: Actor, run: ImportRun) -> None:
    """Have a worker store a checked file; a second click changes nothing.

    It is stored in the name of `by`, whoever uploaded it. Raises ValidationError where the file is
    not waiting for an answer.
    """
    authorise(by, Permission.IMPORT_PUBLISHED, run)
    with transaction.atomic():
        if not _move(run, ImportState.READY, ImportState.LOADING):
            if run.state in (ImportState.LOADING, ImportState.LOADED):
                return
            raise ValidationError("This file cannot be loaded. Upload it again.")
        ImportRun.objects.filter(pk=run.pk).update(uploaded_by=by.user)
        _enqueue(run)


def drop_run(*, by: Actor, run: ImportRun) -> None:
    """Forget a file that was uploaded and not loaded."""
    authorise(by, Permission.IMPORT_PUBLISHED, run)
    # In one statement: a worker that has begun to load between a look and a deletion keeps its
    # file.
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
    authorise(by, Permission.IMPORT_PUBLISHED, run)
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


def _enqueue(run: ImportRun) -> None:
    step = check_import if run.state == ImportState.CHECKING else load_import
    transaction.on_commit(partial(step.enqueue, str(run.public_id)))


def _move(run: ImportRun, before: ImportState, after: ImportState) -> bool:
    moved = ImportRun.objects.filter(pk=run.pk, state=before).update(
        state=after, changed_at=timezone.now()
    )
    run.refresh_from_db(fields=["state", "changed_at"])
    return bool(moved)
