"""Background work whose worker was killed: it would stand as running for ever."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

_RUN_AGAIN: set[str] = set()


class WorkerLost(Exception):
    """The worker that ran a task ended before the task did."""


LOST = f"{WorkerLost.__module__}.{WorkerLost.__qualname__}"


def run_again_if_lost(task: "Task[Any, Any]") -> None:
    """Mark a task as one that may run twice: the second run does no harm."""
    _RUN_AGAIN.add(task.module_path)


def reap(*, lost_after: dt.timedelta) -> tuple[int, int]:
    """Mark work that has run for longer than `lost_after` as failed; run again what may be.

    Returns how many were marked and how many of them were enqueued again. What was lost once
    before with the same arguments is not tried a third time: it may be what kills workers.
    """
    before = timezone.now() - lost_after
    marked = [
        row for row in DBTaskResult.objects.running().filter(started_at__lt=before) if _mark(row)
    ]
    return len(marked), sum(_repeat(row) for row in marked)


def _mark(row: "DBTaskResult[Any, Any]") -> bool:
    """Mark a row as failed unless its worker has finished it at this moment."""
    still_running = DBTaskResult.objects.running().filter(pk=row.pk)
    return bool(
        still_running.update(
            status=TaskResultStatus.FAILED,
            finished_at=timezone.now(),
            exception_class_path=LOST,
            traceback="The worker ended before this work did.",
        )
    )


def _repeat(row: "DBTaskResult[Any, Any]") -> bool:
    """Enqueue the work of a row again where that is safe, and say whether it was."""
    try:
        # Importing the task is what makes its module mark it.
        task = row.task
    except ImportError:
        return False
    lost_before = (
        DBTaskResult.objects.failed()
        .filter(task_path=row.task_path, args_kwargs=row.args_kwargs, exception_class_path=LOST)
        .exclude(pk=row.pk)
    )
    if row.task_path not in _RUN_AGAIN or lost_before.exists():
        return False
    # As new work: the row of the lost one stays, and tells that it was lost.
    task.enqueue(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
    return True
