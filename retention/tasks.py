"""Work off the request."""

import datetime as dt

from django_tasks import task

from accounts.lost_tasks import run_again_if_lost
from retention.actions.import_runs import check_run, load_run
from retention.actions.roster_runs import check_roster, load_roster
from retention.queries.public_outlook import public_outlooks_of_areas


@task()
def check_import(run: str) -> None:
    """Compare an uploaded file with the record (`run`: its public id)."""
    check_run(run)


@task()
def load_import(run: str) -> None:
    """Store a file that a person has confirmed (`run`: its public id)."""
    load_run(run)


@task()
def warm_outlooks(month: str) -> None:
    """Make the outlooks that area pages list, for a month (its first day) of new figures."""
    public_outlooks_of_areas(dt.date.fromisoformat(month))


@task()
def check_roster_task(run: str) -> None:
    """Compare an uploaded roster with the record (`run`: its public id)."""
    check_roster(run)


@task()
def load_roster_task(run: str) -> None:
    """Store a roster that its practice has confirmed (`run`: its public id)."""
    load_roster(run)


# Each looks first whether its step is still to be done.
run_again_if_lost(check_roster_task)
run_again_if_lost(load_roster_task)
