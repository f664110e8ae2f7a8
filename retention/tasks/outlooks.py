"""Outlooks made before the first reader asks."""

import datetime as dt

from django_tasks import task

from accounts.lost_tasks import run_again_if_lost
from retention.actions.stored_outlooks import make_outlooks
from retention.queries.ahead import ahead
from retention.queries.england import yardstick
from retention.queries.public_outlook import england_share


@task()
def make_outlooks_task(month: str) -> None:
    """Store the public outlooks of a month (its first day) of new figures, for every place."""
    on = dt.date.fromisoformat(month)
    make_outlooks(month=on)
    # What every network is compared with, and England's years ahead, are made of all practices.
    england = yardstick(on)
    england_share(england, on)
    if england.loaded:
        ahead(england.loaded.organisation, on)


# The first to store an edition has made it; a second one changes nothing.
run_again_if_lost(make_outlooks_task)
