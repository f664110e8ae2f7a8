"""The command that ends lost work."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max
from pytest_django import Settings


def run() -> str:
    out = StringIO()
    call_command("reap_tasks", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_says_what_was_lost_and_nothing_otherwise(settings: Settings) -> None:
    assert run() == ""
    DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        started_at=timezone.now() - settings.TASK_LOST_AFTER - dt.timedelta(seconds=1),
        args_kwargs={"args": [], "kwargs": {}},
        task_path="accounts.tasks.not_there",
        backend_name="default",
        run_after=get_date_max(),
    )
    assert run() == "1 lost; 0 of them run again.\n"
    assert run() == ""
