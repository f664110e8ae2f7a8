"""Rosters, checked and stored by a worker."""

from django_tasks import task

from accounts.lost_tasks import run_again_if_lost
from retention.actions.roster_work import check_roster, load_roster


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
