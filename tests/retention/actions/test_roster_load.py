"""What a load writes: people, posts, weeks, ends, and who finds it under who looked."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.actor import Actor
from accounts.models import AuditEvent
from accounts.models.audit_event import Act
from organisations.clock import today
from organisations.models import Organisation
from retention.actions.roster_runs import (
    confirm_roster,
)
from retention.models import (
    Person,
    Post,
    RosterConfirmation,
    SessionPattern,
)
from tests.factories.accounts import actor
from tests.factories.retention import PostFactory, RegisteredPersonFactory
from tests.factories.rosters import ANN, BOB
from tests.retention.actions.roster_steps import loaded, outcomes, row_of, uploaded

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_good_roster_is_shown_and_then_loaded(by: Actor, practice: Organisation) -> None:
    run = uploaded(by, practice, ANN, BOB)
    assert (run.state, outcomes(run), Post.objects.count()) == ("ready", ["created"] * 2, 0)
    run = loaded(by, run)
    ann, bob = Post.objects.order_by("pk")
    assert (run.state, run.rows) == ("loaded", [])
    assert (ann.person.registration, ann.contracted_minutes) == ("GMC 1234567", 1500)
    assert (bob.staff_reference, bob.contracted_minutes) == ("E-17", 1500)
    assert {post.confirmed_on for post in (ann, bob)} == {today()}
    week = SessionPattern.objects.get(post=bob)
    assert week.told_by_practice
    assert week.told_at
    cells = {(cell.weekday, cell.part, cell.kind, cell.minutes) for cell in week.cells.all()}
    assert cells == {(0, "am", "clinical", 250), (2, "pm", "admin", 200)}
    assert RosterConfirmation.objects.get().run == run


def test_the_bad_rows_stay_out_and_the_good_ones_go_in(by: Actor, practice: Organisation) -> None:
    run = loaded(by, uploaded(by, practice, ANN, {**BOB, "STAFF_ROLE": "Wizard"}))
    assert Post.objects.count() == 1
    assert [line for line, _ in run.rows] == [3]


def test_everyone_touched_finds_it_under_who_looked(by: Actor, practice: Organisation) -> None:
    loaded(by, uploaded(by, practice, ANN))
    event = AuditEvent.objects.get(act=Act.ADDED_POST)
    assert event.subject == Person.objects.get().subject_id
    assert event.why == "By a roster that the practice loaded"
    assert (event.actor, event.role, event.door) == (by.subject_id, "practice_manager", "task")
    assert AuditEvent.objects.filter(act=Act.UPLOADED_ROSTER).count() == 1


def test_the_same_roster_next_month_changes_nothing(by: Actor, practice: Organisation) -> None:
    loaded(by, uploaded(by, practice, ANN, BOB))
    assert outcomes(uploaded(by, practice, ANN, BOB)) == ["unchanged", "unchanged"]


def test_what_differs_is_changed_and_said(by: Actor, practice: Organisation) -> None:
    loaded(by, uploaded(by, practice, ANN, BOB))
    changed = {**BOB, "CONTRACTED_HOURS": "20", "MON_AM": "off", "THU_PM": "clinical"}
    run = uploaded(by, practice, {**ANN, "END_DATE_CONTRACT": today().isoformat()}, changed)
    assert outcomes(run) == ["ended", "changed"]
    assert "25 h 00 min becomes 20 h 00 min." in row_of(run, 3)["details"][0]
    loaded(by, run)
    bob = Post.objects.get(staff_reference="E-17")
    assert bob.contracted_minutes == 1200
    old, new = SessionPattern.objects.filter(post=bob).order_by("pk")
    assert (old.ends_on, new.starts_on) == (today(), today())
    ann = Post.objects.get(role="partner")
    assert (ann.ends_on, ann.end_reason) == (today() + dt.timedelta(days=1), "not_known")


def test_nobody_ends_because_they_are_missing_unless_it_is_said(
    by: Actor, practice: Organisation
) -> None:
    loaded(by, uploaded(by, practice, ANN, BOB))
    run = uploaded(by, practice, {**ANN, "CONTRACTED_SESSION": "5"})
    (absent,) = run.report["absent"]
    assert absent["name"] == BOB["NAME"]
    loaded(by, run)
    assert Post.objects.filter(ends_on__isnull=True).count() == 2
    run = uploaded(by, practice, {**ANN, "CONTRACTED_SESSION": "4"})
    with pytest.raises(ValidationError, match="last day"):
        confirm_roster(by=by, run=run, end_posts=[absent["post"]])
    with pytest.raises(ValidationError, match="why"):
        confirm_roster(by=by, run=run, end_posts=[absent["post"]], last_day=today())
    for wrong in (
        {"reason": "practice_merged"},
        {"last_day": dt.date.max},
        {"end_posts": [str(Post.objects.get(role="partner").public_id)]},
    ):
        given: dict[str, Any] = {
            "end_posts": [absent["post"]],
            "last_day": today(),
            "reason": "retired",
            **wrong,
        }
        with pytest.raises(ValidationError) as problem:
            confirm_roster(by=by, run=run, **given)
        assert set(problem.value.message_dict) == set(wrong)
        run.refresh_from_db()
        assert run.state == "ready"
    loaded(by, run, end_posts=[absent["post"]], last_day=today(), reason="retired")
    bob = Post.objects.get(public_id=absent["post"])
    assert (bob.ends_on, bob.end_reason) == (today() + dt.timedelta(days=1), "retired")


def test_who_keeps_their_own_record_keeps_it(by: Actor, practice: Organisation) -> None:
    """Name, year and week of somebody with an account are theirs to say."""
    run = loaded(by, uploaded(by, practice, {**ANN, "YEAR_OF_BIRTH": "1966"}))
    person = Person.objects.get()
    person.user = actor("clinician", practice).user
    person.save()
    SessionPattern.objects.create(
        post=person.posts.get(), starts_on=today(), told_at="2026-01-01T00:00Z"
    )
    run = uploaded(by, practice, {**ANN, "NAME": "A", "YEAR_OF_BIRTH": "1970", "MON_AM": "x"})
    (told,) = row_of(run)["details"]
    assert "theirs stays" in told
    assert outcomes(run) == ["unchanged"]


def test_a_number_that_is_known_elsewhere_makes_a_person_of_ones_own(
    by: Actor, practice: Organisation
) -> None:
    """One practice does not speak for another: who both are is for their account to say."""
    elsewhere = PostFactory(person__registration="GMC 1234567", person__name="Ann Abel")
    loaded(by, uploaded(by, practice, {**ANN, "YEAR_OF_BIRTH": "1950"}))
    theirs, ours = Person.objects.order_by("pk")
    assert theirs == elsewhere.person
    assert (theirs.name, theirs.year_of_birth, theirs.version) == ("Ann Abel", 1966, 0)
    assert (ours.name, ours.year_of_birth) == ("Dr Ann Able", 1950)
    assert ours.registration == theirs.registration


def test_a_claim_with_the_number_becomes_the_post(by: Actor, practice: Organisation) -> None:
    """Who says that they work here is met by the practice's own word for it."""
    ann = RegisteredPersonFactory(name="Ann Abel", registration="GMC 1234567")
    said = PostFactory(person=ann, organisation=practice, role="partner", confirmed_on=None)
    run = uploaded(by, practice, ANN)
    assert row_of(run)["person"] is None
    run = loaded(by, run)
    assert Post.objects.get() == said
    assert Post.objects.get().confirmed_on == today()
    # From now on the practice knows them, and the row is theirs to read and to erase.
    assert row_of(run)["person"] == ann.pk


def test_a_claim_made_after_the_preview_changes_nothing_that_was_shown(
    by: Actor, practice: Organisation
) -> None:
    run = uploaded(by, practice, ANN)
    ann = RegisteredPersonFactory(name="Ann Abel", registration="GMC 1234567")
    PostFactory(person=ann, organisation=practice, role="partner", confirmed_on=None)
    assert loaded(by, run).state == "loaded"
    assert Post.objects.get().person == ann
