"""A retention lead asks for a pairing; a worker makes it."""

from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import audit
from accounts.actor import Actor
from accounts.models.audit_event import Act
from hubs.models import PairingRun, Scheme
from hubs.models.pairing_run import RunState
from hubs.models.scheme import SchemeState
from hubs.tasks import run_pairing
from organisations.clock import today

UNFINISHED = (RunState.WAITING, RunState.RUNNING)


def give_up_lost(runs: QuerySet[PairingRun]) -> None:
    """Mark as failed those of some runs that are under way for so long that no worker has them.

    One that has is told when it comes to store: it stores nothing.
    """
    lost = timezone.now() - settings.TASK_LOST_AFTER
    runs.filter(state__in=UNFINISHED, asked_at__lt=lost).update(state=RunState.FAILED)


@transaction.atomic
def ask_for_run(*, scheme: Scheme, by: Actor) -> PairingRun:
    """Start a run, or return the one that is under way: a double click makes one.

    A run whose worker died is given up after TASK_LOST_AFTER. Raises ValidationError unless the
    scheme is open.
    """
    # Two clicks take their turns, and the second finds the run of the first.
    scheme = Scheme.objects.select_for_update().get(pk=scheme.pk)
    if scheme.state != SchemeState.OPEN:
        raise ValidationError("Open the scheme first: only an open scheme is paired.")
    if scheme.ends_on < today():
        raise ValidationError("This scheme has ended: no new pairs can be made.")
    under_way = PairingRun.objects.filter(scheme=scheme, state__in=UNFINISHED)
    give_up_lost(under_way)
    run = under_way.first()
    if run is not None:
        return run
    run = PairingRun.objects.create(scheme=scheme, asked_by=by.user)
    audit.record(by=by, act=Act.RAN_PAIRING, thing=f"pairing_run:{run.public_id}")
    # Only once it is saved: a worker that is quicker would find no run.
    transaction.on_commit(partial(run_pairing.enqueue, str(run.public_id)))
    return run
