"""A worker with a roster: once however often asked, all of it or nothing, and never unseen."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.db import OperationalError, connection

from accounts.actor import Actor
from organisations.clock import today
from organisations.models import Organisation
from retention.actions import roster_runs, roster_work
from retention.actions.roster_after import forget_in_rosters
from retention.actions.roster_runs import (
    LOST_AFTER,
    answer_who,
    confirm_roster,
    is_lost,
    retry_roster,
)
from retention.actions.roster_work import MOVED_ON, NO_ROLE, NOT_STORED, TRIES, load_roster
from retention.models import (
    Person,
    Post,
    RosterConfirmation,
    RosterRun,
)
from retention.queries.roster_plan import RosterPlan
from retention.queries.rosters import plan_of
from tests.factories.retention import PostFactory
from tests.factories.rosters import ANN, BOB
from tests.retention.actions.roster_steps import loaded, outcomes, uploaded

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_double_click_loads_once(by: Actor, practice: Organisation) -> None:
    run = uploaded(by, practice, ANN)
    confirm_roster(by=by, run=RosterRun.objects.get(pk=run.pk))
    confirm_roster(by=by, run=run)
    load_roster(str(run.public_id))
    assert (Post.objects.count(), RosterConfirmation.objects.count()) == (1, 1)


def test_of_two_uploads_at_once_one_loads_and_the_other_looks_again(
    by: Actor, practice: Organisation
) -> None:
    first, second = uploaded(by, practice, ANN, BOB), uploaded(by, practice, ANN, BOB)
    with mock.patch.object(roster_runs, "_enqueue"):
        for run in (first, second):
            confirm_roster(by=by, run=run)

    def work(run: RosterRun) -> None:
        try:
            load_roster(str(run.public_id))
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(run,)) for run in (first, second)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    runs = RosterRun.objects.order_by("state")
    assert [run.state for run in runs] == ["loaded", "ready"]
    assert (runs[1].message, outcomes(runs[1])) == (MOVED_ON, ["unchanged"] * 2)
    assert (Post.objects.count(), Person.objects.count()) == (2, 2)


def test_a_record_that_moved_on_is_shown_again_before_it_changes(
    by: Actor, practice: Organisation
) -> None:
    loaded(by, uploaded(by, practice, ANN))
    run = uploaded(by, practice, {**ANN, "CONTRACTED_SESSION": "5"})
    Post.objects.update(contracted_minutes=1000)
    run = loaded(by, run)
    assert (run.state, run.message) == ("ready", MOVED_ON)
    assert Post.objects.get().contracted_minutes == 1000


@pytest.mark.parametrize("step", ["_write_posts", "_write_weeks", "_audit"])
def test_a_killed_worker_leaves_nothing_and_the_step_can_be_asked_for_again(
    by: Actor, practice: Organisation, step: str
) -> None:
    run = uploaded(by, practice, ANN, BOB)
    with mock.patch(f"retention.actions.roster_load.{step}", side_effect=SystemExit):
        with pytest.raises(SystemExit):
            _load_directly(by, run)
    assert (Post.objects.count(), Person.objects.count()) == (0, 0)
    run.refresh_from_db()
    assert (run.state, is_lost(run)) == ("loading", False)
    retry_roster(by=by, run=run)
    assert Post.objects.count() == 0
    with time_machine.travel(run.changed_at + LOST_AFTER + dt.timedelta(seconds=1), tick=False):
        assert is_lost(run)
        retry_roster(by=by, run=run)
    assert Post.objects.count() == 2


@pytest.mark.parametrize("step", ["_write_people", "_write_posts", "_write_weeks", "_audit"])
def test_a_full_disk_stores_nothing_and_says_so(
    by: Actor, practice: Organisation, step: str
) -> None:
    run = uploaded(by, practice, ANN, BOB)
    full = OperationalError("database or disk is full")
    with mock.patch(f"retention.actions.roster_load.{step}", side_effect=full):
        _load_directly(by, run)
    run.refresh_from_db()
    assert (run.state, run.message) == ("ready", NOT_STORED)
    assert (Post.objects.count(), Person.objects.count()) == (0, 0)
    assert loaded(by, run).state == "loaded"
    assert Post.objects.count() == 2


@pytest.mark.parametrize("problem", [SystemExit, OperationalError("disk is full")])
def test_at_the_lock_nothing_is_stored_yet(
    by: Actor, practice: Organisation, problem: type[BaseException] | BaseException
) -> None:
    run = uploaded(by, practice, ANN)
    is_killed = problem is SystemExit
    with mock.patch.object(roster_work, "_hold", side_effect=problem):
        with pytest.raises(SystemExit) if is_killed else nullcontext():
            _load_directly(by, run)
    run.refresh_from_db()
    assert run.state == ("loading" if is_killed else "ready")
    assert Post.objects.count() == 0
    # The step begins anew, plan included.
    if is_killed:
        load_roster(str(run.public_id))
    else:
        loaded(by, run)
    assert Post.objects.count() == 1


def _load_directly(by: Actor, run: RosterRun) -> None:
    with mock.patch.object(roster_runs, "_enqueue"):
        confirm_roster(by=by, run=run)
    load_roster(str(run.public_id))


def test_a_manager_who_left_loads_nothing(by: Actor, practice: Organisation) -> None:
    run = uploaded(by, practice, ANN)
    with mock.patch.object(roster_runs, "_enqueue"):
        confirm_roster(by=by, run=run)
    assert by.role is not None
    by.role.ends_on = today()
    by.role.save()
    load_roster(str(run.public_id))
    run.refresh_from_db()
    assert (run.state, run.message, Post.objects.count()) == ("failed", NO_ROLE, 0)


# The plan is made before the lock: what happens between the two.


@contextmanager
def after_each_plan(*happens: Callable[[], object]) -> Iterator[mock.Mock]:
    """Let something happen each time that a plan is made, before the lock is taken."""
    still_to_come = list(happens)

    def planned(*args: Any, **kwargs: Any) -> RosterPlan:
        assert not connection.in_atomic_block  # on SQLite nobody else could write
        plan = plan_of(*args, **kwargs)
        if still_to_come:
            still_to_come.pop(0)()
        return plan

    with mock.patch.object(roster_work, "plan_of", side_effect=planned) as plans:
        yield plans


def test_a_change_between_plan_and_lock_is_shown_and_not_overwritten(
    by: Actor, practice: Organisation
) -> None:
    loaded(by, uploaded(by, practice, ANN))
    run = uploaded(by, practice, {**ANN, "CONTRACTED_SESSION": "5"})
    with after_each_plan(lambda: Post.objects.update(contracted_minutes=1000)):
        run = loaded(by, run)
    assert (run.state, run.message) == ("ready", MOVED_ON)
    assert Post.objects.get().contracted_minutes == 1000


def test_a_change_that_alters_nothing_shown_is_planned_anew_and_kept(
    by: Actor, practice: Organisation
) -> None:
    """Written from the first plan, the row would take back what somebody said meanwhile."""
    loaded(by, uploaded(by, practice, ANN))
    run = uploaded(by, practice, {**ANN, "NAME": "Dr Ann Abler"})
    with after_each_plan(lambda: Person.objects.update(version=7)) as plans:
        run = loaded(by, run)
    assert (run.state, plans.call_count) == ("loaded", 2)
    assert (Person.objects.get().name, Person.objects.get().version) == ("Dr Ann Abler", 8)


def test_a_second_roster_loaded_between_plan_and_lock_makes_nobody_twice(
    by: Actor, practice: Organisation
) -> None:
    first, second = uploaded(by, practice, ANN, BOB), uploaded(by, practice, ANN, BOB)
    with mock.patch.object(roster_runs, "_enqueue"):
        confirm_roster(by=by, run=second)
    with after_each_plan(lambda: load_roster(str(second.public_id))):
        first = loaded(by, first)
    assert (first.state, first.message) == ("ready", MOVED_ON)
    assert RosterRun.objects.get(pk=second.pk).state == "loaded"
    assert (Post.objects.count(), Person.objects.count()) == (2, 2)


def test_a_record_that_never_rests_is_left_alone(by: Actor, practice: Organisation) -> None:
    loaded(by, uploaded(by, practice, ANN))
    run = uploaded(by, practice, {**ANN, "NAME": "Dr Ann Abler"})
    moves = [partial(Person.objects.update, version=number) for number in range(7, 7 + TRIES)]
    with after_each_plan(*moves):
        run = loaded(by, run)
    assert (run.state, run.message) == ("ready", MOVED_ON)
    assert Person.objects.get().name == ANN["NAME"]


def test_who_is_erased_between_plan_and_lock_is_not_written_again(
    by: Actor, practice: Organisation
) -> None:
    loaded(by, uploaded(by, practice, BOB))
    ann = PostFactory(organisation=practice, person__name=ANN["NAME"]).person
    run = uploaded(by, practice, {**ANN, "EMPLOYEE_NUMBER": "E-1"})
    answer_who(by=by, run=run, answers={"2": "new"})
    run.refresh_from_db()
    with after_each_plan(lambda: forget_in_rosters(ann)):
        run = loaded(by, run)
    assert (run.state, run.message, run.rows) == ("ready", MOVED_ON, [])
    assert Person.objects.count() == 2
