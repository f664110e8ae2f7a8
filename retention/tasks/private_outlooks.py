"""The month's private outlooks, made off the request."""

import datetime as dt

from django_tasks import task

from accounts.lost_tasks import run_again_if_lost
from retention.actions.experience_releases import release_experience
from retention.actions.private_outlooks import make_private_outlooks


@task()
def make_private_outlooks_task(month: str = "") -> None:
    """Make a month's private outlooks (its first day; this one if empty), unless made.

    With them what the quarter lets out of a hub's own leavers, unless it was looked at.
    """
    make_private_outlooks(month=dt.date.fromisoformat(month) if month else None)
    release_experience()


# The first to store a month or a quarter has made it; a second one changes nothing.
run_again_if_lost(make_private_outlooks_task)
