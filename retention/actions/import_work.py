"""What a worker does with an uploaded file: compares it with the record, and stores it.

Every step can be done again, because a file is stored whole or not at all.
"""

from functools import partial

from django.utils import timezone

from accounts.access import may
from accounts.actor import Actor, Door
from accounts.models.user import User
from accounts.permissions import Permission
from accounts.queries.roles import roles_of
from retention.actions.import_files import import_file
from retention.actions.import_report import FileReport
from retention.models.import_run import ImportRun, ImportState, ImportStep

OWN_FAULT = (
    "The service stopped at this file by a fault of its own, which its log tells. Tell whoever "
    "runs the service. To upload the file again does no harm."
)


def check_run(public_id: str) -> bool:
    """Compare the file with the record and keep the report.

    Says whether the file is to be loaded next, because it was uploaded to load itself.
    """
    run = ImportRun.objects.select_related("uploaded_by", "hub").get(public_id=public_id)
    if run.state != ImportState.CHECKING or run.content is None:
        return False
    reports = _import(run, dry_run=True, if_it_fails=ImportState.REFUSED)
    after = ImportState.LOADING if run.loads_itself else ImportState.READY
    if any(report.is_refused for report in reports):
        after = ImportState.REFUSED
    return _finish(run, reports, after) and after == ImportState.LOADING


def load_run(public_id: str) -> None:
    """Store the file. Doing it twice stores it once."""
    run = ImportRun.objects.select_related("uploaded_by", "hub").get(public_id=public_id)
    if run.state != ImportState.LOADING or run.content is None:
        return
    reports = _import(run, dry_run=False, if_it_fails=ImportState.FAILED)
    refused = any(report.is_refused for report in reports)
    _finish(run, reports, ImportState.FAILED if refused else ImportState.LOADED)


def _import(run: ImportRun, *, dry_run: bool, if_it_fails: ImportState) -> list[FileReport]:
    try:
        return import_file(
            by=_by(run),
            source=bytes(run.content or b""),
            name=run.file_name,
            month=run.month,
            dry_run=dry_run,
            hub=run.hub,
            progress=partial(_note_progress, run),
        )
    except Exception:
        # Else it would stand as under way until its worker counts as lost, and then fail again.
        _finish(run, [FileReport.unreadable(run.file_name, OWN_FAULT)], if_it_fails)
        raise


def _note_progress(run: ImportRun, step: ImportStep, rows: int | None) -> None:
    # While the run is where this worker took it up: one that comes late tells nothing.
    ImportRun.objects.filter(pk=run.pk, state=run.state).update(step=step, rows_read=rows)


def _by(run: ImportRun) -> Actor:
    """Return who asked for the work; a system job if that account is gone."""
    if isinstance(run.uploaded_by, User):
        # In a role there, so that the hub's administrator reads of it in the audit log; of several
        # in the one that may load files.
        roles = roles_of(run.uploaded_by).filter(organisation=run.hub)
        actors = [Actor(user=run.uploaded_by, role=role, door=Door.TASK) for role in roles]
        able = (actor for actor in actors if may(actor, Permission.IMPORT_PUBLISHED, run))
        nobody = Actor(user=run.uploaded_by, role=None, door=Door.TASK)
        return next(able, next(iter(actors), nobody))
    return Actor.task("load_import")


def _finish(run: ImportRun, reports: list[FileReport], state: ImportState) -> bool:
    """Move a run on, unless another worker did; the file is kept while it may still be loaded."""
    keeps_file = state in (ImportState.READY, ImportState.LOADING)
    moved = ImportRun.objects.filter(pk=run.pk, state=run.state).update(
        state=state,
        report={"files": [report.as_json() for report in reports]},
        step="",
        changed_at=timezone.now(),
        # Named only where it goes: to write a file of 64 MB over itself would cost as much again.
        **({} if keeps_file else {"content": None}),
    )
    return bool(moved)
