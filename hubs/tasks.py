"""Work off the request."""

from django_tasks import task


@task()
def run_pairing(run_id: str) -> None:
    """Run one pairing that was asked for; does nothing if another worker has it."""
    # The solver is heavy: a web worker that only enqueues never loads it.
    from hubs.actions.proposals import make_proposals

    make_proposals(run_id)
