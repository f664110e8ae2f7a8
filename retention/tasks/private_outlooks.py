"""The month's private outlooks, made off the request."""

import datetime as dt

from django_tasks import task

from accounts.lost_tasks import run_again_if_lost
from retention.actions.private_outlooks import make_private_outlooks


@task()
def make_private_outlooks_task(month: str = "") -> None:
    """Make the private outlooks of a month (its first day; this one if empty), unless made."""
    make_private_outlooks(month=dt.date.fromisoformat(month) if month else None)


# The first to store a month has made it; a second one changes nothing.
run_again_if_lost(make_private_outlooks_task)
