"""Undoing a load, person by person: exactly as before, or not at all."""

import datetime as dt
from typing import Any

import pytest
from django.db.models import Model

from accounts.actor import Actor
from accounts.models import AuditEvent, Subject
from organisations.clock import today
from organisations.models import Organisation
from retention.actions.absences import record_absence
from retention.actions.people import link_person
from retention.actions.posts import end_post
from retention.actions.roster_after import undo_roster
from retention.models import (
    Absence,
    Person,
    Post,
    RosterConfirmation,
    RosterRun,
    SessionCell,
    SessionPattern,
)
from retention.models.absence import AbsenceReason
from retention.queries.posts import visible_posts
from tests.factories.accounts import actor
from tests.factories.retention import PostFactory, RegisteredPersonFactory
from tests.factories.rosters import ANN, BOB
from tests.retention.actions.roster_steps import loaded, uploaded

pytestmark = pytest.mark.django_db(transaction=True)
NEW_BOB = {**BOB, "CONTRACTED_HOURS": "20", "MON_AM": "off", "FRI_AM": "admin"}
DAY = dt.timedelta(days=1)


def registered_ann(practice: Organisation) -> Person:
    """Ann, who has an account, works here as a nurse, and is known by her number."""
    ann: Person = RegisteredPersonFactory(name="Dr Ann Able", registration="GMC 1234567")
    PostFactory(person=ann, organisation=practice, role="nurse")
    return ann


def record() -> list[list[dict[str, Any]]]:
    """Return everything that a roster can touch, as the database holds it."""
    kinds: tuple[type[Model], ...] = (Subject, Person, Post, SessionPattern, SessionCell)
    return [list(kind._default_manager.order_by("pk").values()) for kind in kinds]


def test_undoing_restores_the_record_exactly(by: Actor, practice: Organisation) -> None:
    loaded(by, uploaded(by, practice, ANN, BOB))
    before = [
        [{name: value for name, value in row.items() if name != "saved_at"} for row in rows]
        for rows in record()
    ]
    left = {**ANN, "END_DATE_CONTRACT": today().isoformat(), "NAME": "Dr Ann Abler"}
    carol = {"NAME": "Carol New", "STAFF_ROLE": "nurse", "TUE_AM": "x"}
    run = loaded(by, uploaded(by, practice, left, NEW_BOB, carol))
    assert Post.objects.count() == 3
    assert undo_roster(by=by, run=run) == (3, [])
    after = [
        [{name: value for name, value in row.items() if name != "saved_at"} for row in rows]
        for rows in record()
    ]
    assert after == before
    run.refresh_from_db()
    assert (run.state, run.journal) == ("undone", [])
    assert RosterConfirmation.objects.count() == 1
    assert AuditEvent.objects.filter(why="A roster was undone").count() == 3


def test_what_changed_since_stays_and_is_named(by: Actor, practice: Organisation) -> None:
    run = loaded(by, uploaded(by, practice, ANN, BOB))
    ann = Post.objects.get(role="partner")
    end_post(by=by, post=ann, ends_on=today(), reason="moved")
    assert undo_roster(by=by, run=run) == (1, ["Dr Ann Able"])
    assert list(Post.objects.values_list("role", "end_reason")) == [("partner", "moved")]
    run.refresh_from_db()
    assert run.report["kept"] == ["Dr Ann Able"]


def test_a_person_who_has_an_account_by_now_is_not_undone(
    by: Actor, practice: Organisation
) -> None:
    run = loaded(by, uploaded(by, practice, ANN))
    user = actor("clinician", practice).user
    assert user is not None
    link_person(by=by, post=Post.objects.get(), user=user)
    assert undo_roster(by=by, run=run)[0] == 0
    assert Post.objects.get().person.user == user


def test_a_draft_stays_its_person_s_and_the_practice_learns_of_none(
    by: Actor, practice: Organisation
) -> None:
    ann = registered_ann(practice)
    run = loaded(by, uploaded(by, practice, ANN))
    post = Post.objects.get(person=ann, role="partner")
    SessionPattern.objects.create(post=post)
    # As without the draft.
    assert undo_roster(by=by, run=run) == (1, [])
    assert RosterRun.objects.get().report["kept"] == []
    assert visible_posts(practice).get().role == "nurse"
    post.refresh_from_db()
    assert (post.confirmed_on, post.contracted_minutes, post.waits) == (None, None, False)
    assert SessionPattern.objects.get().post == post


def test_a_leave_that_was_recorded_since_keeps_a_new_post(
    by: Actor, practice: Organisation
) -> None:
    run = loaded(by, uploaded(by, practice, ANN))
    record_absence(
        by=by, post=Post.objects.get(), starts_on=today(), reason=AbsenceReason.SECONDMENT
    )
    assert undo_roster(by=by, run=run) == (0, ["Dr Ann Able"])
    assert Absence.objects.count() == 1


def test_a_person_with_two_rows_is_undone_as_one(by: Actor, practice: Organisation) -> None:
    second = {**ANN, "STAFF_ROLE": "Practice manager", "PROFESSION": "GP"}
    run = loaded(by, uploaded(by, practice, ANN, second))
    assert (Person.objects.count(), Post.objects.count()) == (1, 2)
    Post.objects.filter(role="manager").update(contracted_minutes=1)
    assert undo_roster(by=by, run=run) == (0, ["Dr Ann Able"])
    assert Post.objects.count() == 2
