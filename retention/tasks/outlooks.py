"""Outlooks made before the first reader asks."""

import datetime as dt

from django_tasks import task

from retention.queries.public_outlook import public_outlooks_of_areas


@task()
def warm_outlooks(month: str) -> None:
    """Make the outlooks that area pages list, for a month (its first day) of new figures."""
    public_outlooks_of_areas(dt.date.fromisoformat(month))
