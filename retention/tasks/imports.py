"""Published files, checked and stored by a worker."""

from django_tasks import task

from retention.actions.import_work import check_run, load_run


@task()
def check_import(run: str) -> None:
    """Compare an uploaded file with the record (`run`: its public id); load it, if it said so."""
    if check_run(run):
        load_import.enqueue(run)


@task()
def load_import(run: str) -> None:
    """Store a file that a person has confirmed (`run`: its public id)."""
    load_run(run)
