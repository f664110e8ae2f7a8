"""Work whose worker was killed."""

import datetime as dt
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from accounts.lost_tasks import LOST, reap
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
HALF_AN_HOUR = dt.timedelta(minutes=30)


def running(
    path: str = "accounts.tasks.send_news", *, minutes: int = 31, args: tuple[str, ...] = ()
) -> "DBTaskResult[Any, Any]":
    """Return a row as a worker that was killed leaves it."""
    row: DBTaskResult[Any, Any] = DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        started_at=timezone.now() - dt.timedelta(minutes=minutes),
        args_kwargs={"args": list(args), "kwargs": {}},
        task_path=path,
        backend_name="default",
        run_after=get_date_max(),
    )
    return row


def test_lost_work_is_marked_as_failed_with_a_reason() -> None:
    row = running("accounts.tasks.not_there")
    assert reap(lost_after=HALF_AN_HOUR) == (1, 0)
    row.refresh_from_db()
    assert (row.status, row.exception_class_path) == (TaskResultStatus.FAILED, LOST)
    assert row.finished_at is not None


def test_work_that_may_still_run_is_left_alone() -> None:
    row = running(minutes=29)
    assert reap(lost_after=HALF_AN_HOUR) == (0, 0)
    row.refresh_from_db()
    assert row.status == TaskResultStatus.RUNNING


@pytest.mark.parametrize(
    "status", [TaskResultStatus.SUCCESSFUL, TaskResultStatus.READY, TaskResultStatus.FAILED]
)
def test_only_running_work_can_be_lost(status: TaskResultStatus) -> None:
    DBTaskResult.objects.filter(pk=running().pk).update(status=status)
    assert reap(lost_after=HALF_AN_HOUR) == (0, 0)


def test_what_may_run_twice_runs_again(mailoutbox: list[EmailMessage]) -> None:
    user = UserFactory()
    running(args=(str(user.public_id),))
    assert reap(lost_after=HALF_AN_HOUR) == (1, 1)
    assert [message.to for message in mailoutbox] == [[user.email]]


def test_what_was_lost_before_is_not_tried_for_ever(mailoutbox: list[EmailMessage]) -> None:
    user = UserFactory()
    for _ in range(2):
        running(args=(str(user.public_id),))
        reap(lost_after=HALF_AN_HOUR)
    assert len(mailoutbox) == 1


def test_same_work_for_somebody_else_is_other_work(mailoutbox: list[EmailMessage]) -> None:
    for user in UserFactory.create_batch(2):
        running(args=(str(user.public_id),))
    assert reap(lost_after=HALF_AN_HOUR) == (2, 2)
    assert len(mailoutbox) == 2
