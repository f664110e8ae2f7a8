"""Work off the request."""

from django_tasks import task

from retention.actions.import_runs import check_run, load_run


@task()
def check_import(run: str) -> None:
    """Compare an uploaded file with the record (`run`: its public id)."""
    check_run(run)


@task()
def load_import(run: str) -> None:
    """Store a file that a person has confirmed (`run`: its public id)."""
    load_run(run)
