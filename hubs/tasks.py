"""Work off the request."""

from django_tasks import task

from accounts.lost_tasks import run_again_if_lost


@task()
def run_pairing(run_id: str) -> None:
    """Run one pairing that was asked for; does nothing if another worker has it."""
    # The solver is heavy: a web worker that only enqueues never loads it.
    from hubs.actions.proposals import make_proposals

    make_proposals(run_id)


@task()
def send_digest(issue_id: str) -> None:
    """Send one monthly summary; does nothing if another worker has it or it was sent."""
    # Outlooks need numpy: a web worker that only enqueues never loads it.
    from hubs.actions.digests import deliver

    deliver(issue_id)


run_again_if_lost(send_digest)
