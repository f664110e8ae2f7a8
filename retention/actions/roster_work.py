"""What a worker does with a roster: compares it with the record, and loads its good rows.

The load is one transaction, so that all of a roster's good rows are in, or none.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.access import may
from accounts.actor import Actor, Door
from accounts.models.audit_event import Act
from accounts.models.user import User
from accounts.permissions import Permission
from accounts.queries.roles import roles_of
from accounts.roles import PRACTICE_MANAGER
from organisations.clock import today
from organisations.models import Organisation
from retention.actions.roster_load import apply_plan
from retention.models import Post, RosterConfirmation, RosterRun
from retention.models.roster_run import RosterState
from retention.queries.roster_plan import RosterPlan
from retention.queries.rosters import basis_of, plan_of, report_of, typed_roster

# The record of a practice is changed by hand: that it moves on while a plan is made is rare.
TRIES = 3
MOVED_ON = "The record has changed since you looked. Look again at what would happen, then load it."
NOT_STORED = (
    "The database could not take this roster: its disk may be full, or it may be busy. Nothing was"
    " stored. Load it again; if it happens again, tell whoever runs the service."
)
NO_ROLE = "Whoever confirmed this roster does not keep the practice's posts any more."


def move(run: RosterRun, before: "set[RosterState]", after: RosterState, message: str = "") -> bool:
    """Take a roster from one of these states to another; False where it was in none of them."""
    moved = RosterRun.objects.filter(pk=run.pk, state__in=before).update(
        state=after, message=message, changed_at=timezone.now()
    )
    run.refresh_from_db(fields=["state", "changed_at", "message"])
    return bool(moved)


def check_roster(public_id: str) -> None:
    """Compare a roster with the record and keep the report; a worker may do it twice."""
    run = _run(public_id)
    if run.state == RosterState.CHECKING:
        _check(run)


def load_roster(public_id: str) -> None:
    """Store a confirmed roster; done by a worker. Doing it twice stores it once."""
    run = _run(public_id)
    if run.state != RosterState.LOADING:
        return
    by = _by(run)
    # Asked again: between the click and the worker a role can end.
    if not may(by, Permission.EDIT_POSTS, run):
        move(run, {RosterState.LOADING}, RosterState.FAILED, NO_ROLE)
        return
    try:
        is_done = _load(run, by)
    except (IntegrityError, ValidationError):
        # Somebody wrote the same person at the same moment: the next look shows it.
        is_done = False
    except DatabaseError:
        move(run, {RosterState.LOADING}, RosterState.READY, NOT_STORED)
        return
    if not is_done:
        _check(run, MOVED_ON)


def _load(run: RosterRun, by: Actor) -> bool:
    """Write a roster in one transaction; False where the record is not the one that was shown.

    The plan is made before it, since on SQLite nobody else writes meanwhile; under the lock one
    look proves that all it was made from is as it was. Else it is made again.
    """
    typed = typed_roster(run)
    for _ in range(TRIES):
        basis = basis_of(run, typed)
        plan = plan_of(run, today(), typed, basis)
        digest = plan.digest()
        with transaction.atomic():
            _hold(run.practice_id)
            run = _run(str(run.public_id))
            if run.state != RosterState.LOADING:
                return True
            # Empty where somebody was erased meanwhile: then the file is not the one shown, either.
            if run.report.get("digest") != digest:
                return False
            if basis_of(run, typed) == basis:
                _store(run, by, plan)
                return True
    return False


def _hold(practice: int) -> None:
    """Keep a practice and its posts from changing until the transaction ends.

    On SQLite it is the only one that writes in any case.
    """
    Organisation.objects.select_for_update().get(pk=practice)
    # A week or a leave is not added to a locked post: it would refer to it.
    posts = Post.objects.select_for_update().filter(organisation=practice).order_by("pk")
    list(posts.values_list("pk", flat=True))


def _store(run: RosterRun, by: Actor, plan: RosterPlan) -> None:
    """Write a plan that holds, and what is kept of its roster."""
    run.journal = apply_plan(by=by, practice=run.practice, plan=plan, endings=run.endings)
    run.report = {**report_of(plan), "ended": len(run.endings.get("posts", ()))}
    run.rows, run.state, run.loaded_at = _rejected_rows(run), RosterState.LOADED, timezone.now()
    run.message = ""
    run.save()
    RosterConfirmation.objects.create(
        practice=run.practice, confirmed_on=today(), confirmed_by=by.user, run=run
    )
    audit.record(by=by, act=Act.UPLOADED_ROSTER, thing=f"roster:{run.public_id}")


def _check(run: RosterRun, message: str = "") -> None:
    """Plan the roster anew, telling as it goes how far it has come, and wait for an answer."""

    def tell(done: int) -> None:
        RosterRun.objects.filter(pk=run.pk).update(done=done, changed_at=timezone.now())

    typed = typed_roster(run)
    plan = plan_of(run, today(), typed, basis_of(run, typed), tell=tell)
    RosterRun.objects.filter(pk=run.pk, state=run.state).update(
        state=RosterState.READY,
        report=report_of(plan),
        done=run.total,
        message=message,
        changed_at=timezone.now(),
    )


def _rejected_rows(run: RosterRun) -> list[Any]:
    """Return the rows that were not loaded: the download to be mended is made of them."""
    lines = {row["line"] for row in run.report["rows"] if row["outcome"] in ("rejected", "ask")}
    return [row for row in run.rows if row[0] in lines]


def _run(public_id: str) -> RosterRun:
    runs = RosterRun.objects.select_related("uploaded_by", "practice", "agreement")
    return runs.get(public_id=public_id)


def _by(run: RosterRun) -> Actor:
    """Return who confirmed the roster, in the role that let them; a system job if they are gone."""
    if isinstance(run.uploaded_by, User):
        grants = roles_of(run.uploaded_by).filter(organisation=run.practice)
        role = grants.filter(role=PRACTICE_MANAGER.key).first()
        return Actor(user=run.uploaded_by, role=role, door=Door.TASK)
    return Actor.task("load_roster")
