"""A roster from upload to load: what is kept, what would happen, what happens, and only once."""

import datetime as dt
import json
import threading
from unittest import mock

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection
from django.http import Http404

from accounts.actor import Actor
from accounts.models import AuditEvent
from accounts.models.audit_event import Act
from organisations.clock import today
from organisations.models import Organisation
from retention.actions import roster_runs
from retention.actions.roster_after import undo_roster
from retention.actions.roster_runs import (
    LOST_AFTER,
    answer_who,
    confirm_roster,
    drop_roster,
    is_lost,
    name_columns,
    retry_roster,
    start_roster,
)
from retention.actions.roster_work import MOVED_ON, NO_ROLE, NOT_STORED, load_roster
from retention.models import Person, Post, RosterConfirmation, RosterMapping, RosterRun
from retention.models.session_pattern import SessionPattern
from retention.queries.posts import visible_posts
from tests.factories.accounts import actor
from tests.factories.organisations import AgreementFactory, PracticeFactory, area_of_one_practice
from tests.factories.retention import PersonFactory, PostFactory, RegisteredPersonFactory
from tests.factories.rosters import ANN, BOB, csv_of, roster_csv
from tests.retention.actions.roster_steps import loaded, outcomes, row_of, uploaded

pytestmark = pytest.mark.django_db(transaction=True)
NI, BORN = "AB123456C", "03/05/1966"


@pytest.fixture
def practice() -> Organisation:
    return area_of_one_practice()["practice"]


@pytest.fixture
def by(practice: Organisation) -> Actor:
    return actor("practice_manager", practice)


def everything_stored() -> str:
    """Return all that the database holds as text, to look for what must not be there."""
    with connection.cursor() as cursor:
        texts = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  (a table of ours)
            texts.append(str(cursor.fetchall()))
    return "".join(texts)


def test_ni_numbers_and_birth_dates_are_stored_nowhere(
    by: Actor, practice: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {**ANN, "NI_NUMBER": NI, "DATE_OF_BIRTH": BORN, "EMPLOYEE_NUMBER": NI}
    run = start_roster(
        by=by, practice=practice, name=f"{NI}.csv", data=roster_csv(row, {**BOB, "STAFF_ROLE": "?"})
    )
    run.refresh_from_db()
    loaded(by, run)
    assert Person.objects.get().year_of_birth == 1966
    stored = everything_stored() + capsys.readouterr().err
    assert NI not in stored
    assert BORN not in stored
    assert "1966-05" not in stored
    assert len(run.notes) == 3


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
    loaded(by, run, end_posts=[absent["post"]], last_day=today(), reason="retired")
    bob = Post.objects.get(public_id=absent["post"])
    assert (bob.ends_on, bob.end_reason) == (today() + dt.timedelta(days=1), "retired")


def test_a_spreadsheet_of_ones_own_is_mapped_once(by: Actor, practice: Organisation) -> None:
    data = csv_of([["Clinician", "What", "Shoe"], ["Ann Able", "GP partner", "7"]])
    run = start_roster(by=by, practice=practice, name="rota.csv", data=data)
    assert (run.state, run.columns["Clinician"]) == ("columns", "NAME")
    with pytest.raises(ValidationError, match="holds the role"):
        name_columns(by=by, run=run, columns={"Clinician": "NAME"})
    name_columns(by=by, run=run, columns={"Clinician": "NAME", "What": "STAFF_ROLE"})
    run.refresh_from_db()
    assert (run.state, run.headers) == ("ready", ["Clinician", "What"])
    # What is not read is not kept either.
    assert run.rows == [[2, ["Ann Able", "GP partner"]]]
    again = csv_of([["What", "clinician ", "SHOE"], ["GP partner", "Bob", "8"]])
    second = start_roster(by=by, practice=practice, name="rota.csv", data=again)
    second.refresh_from_db()
    assert (second.state, second.report["rows"][0]["name"]) == ("ready", "Bob")
    third = start_roster(by=by, practice=practice, name="r", data=again, choose_columns=True)
    assert third.state == "columns"
    other = PracticeFactory()
    theirs = start_roster(by=actor("practice_manager", other), practice=other, name="r", data=again)
    assert theirs.state == "columns"
    assert RosterMapping.objects.count() == 1


def test_a_known_name_without_a_number_is_asked_for(by: Actor, practice: Organisation) -> None:
    ann = PostFactory(organisation=practice, person=PersonFactory(name="Ann Able")).person
    run = uploaded(by, practice, {**ANN, "NAME": "Dr. ann  able"})
    assert outcomes(run) == ["ask"]
    assert row_of(run)["who"] == [[str(ann.public_id), "Ann Able"]]
    # Unanswered, it is not loaded.
    assert RosterRun.objects.get(pk=loaded(by, run).pk).rows != []
    assert Post.objects.count() == 1
    run = uploaded(by, practice, {**ANN, "NAME": "Ann Able"})
    answer_who(by=by, run=run, answers={"2": str(ann.public_id)})
    run.refresh_from_db()
    assert outcomes(run) == ["changed"]
    loaded(by, run)
    assert Person.objects.get().registration == "GMC 1234567"
    # From now on the number says it.
    assert outcomes(uploaded(by, practice, {**ANN, "NAME": "Ann Able"})) == ["unchanged"]


def test_a_known_name_can_be_somebody_new(by: Actor, practice: Organisation) -> None:
    PostFactory(organisation=practice, person=PersonFactory(name="Ann Able"))
    run = uploaded(by, practice, {**ANN, "NAME": "Ann Able"})
    answer_who(by=by, run=run, answers={"2": "new"})
    run.refresh_from_db()
    assert outcomes(run) == ["created"]
    loaded(by, run)
    assert Person.objects.filter(name="Ann Able").count() == 2


def test_a_number_known_from_another_practice_is_the_same_person(
    by: Actor, practice: Organisation
) -> None:
    elsewhere = PostFactory(person__registration="GMC 1234567", person__name="Ann Abel")
    run = uploaded(by, practice, {**ANN, "YEAR_OF_BIRTH": "1950"})
    assert (outcomes(run), row_of(run)["name"]) == (["created"], "Dr Ann Able")
    # That there is a record elsewhere, or what it says, is told to nobody.
    assert row_of(run)["details"] == ["From 1 April 2020, 25 h 00 min a week."]
    loaded(by, run)
    person = Person.objects.get()
    assert person == elsewhere.person
    assert (person.name, person.year_of_birth) == ("Ann Abel", 1966)


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


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"EMPLOYING_ORG_CODE": "Z99999"}, "There is no organisation Z99999"),
        ({"EMPLOYING_ORG_CODE": "HUB777"}, "This row is of HUB777"),
    ],
)
def test_rows_of_other_places_are_refused(
    by: Actor, practice: Organisation, cells: dict[str, str], told: str
) -> None:
    PracticeFactory(code="HUB777")
    assert told in row_of(uploaded(by, practice, {**ANN, **cells}))["reason"]
    own = {**ANN, "EMPLOYING_ORG_CODE": practice.code.lower()}
    assert outcomes(uploaded(by, practice, own)) == ["created"]


def test_the_same_person_twice_in_a_file_is_refused(by: Actor, practice: Organisation) -> None:
    run = uploaded(by, practice, ANN, {**ANN, "NAME": "Other Name"}, {**ANN, "STAFF_ROLE": "locum"})
    assert outcomes(run) == ["created", "rejected", "created"]
    assert "Line 2 has the same person" in row_of(run, 3)["reason"]
    nameless = {"NAME": "Ann Able", "STAFF_ROLE": "nurse"}
    run = uploaded(by, practice, nameless, nameless)
    assert outcomes(run) == ["created", "rejected"]


def test_two_numbers_of_two_people_are_refused(by: Actor, practice: Organisation) -> None:
    loaded(by, uploaded(by, practice, ANN, BOB))
    both = {**ANN, "EMPLOYEE_NUMBER": BOB["EMPLOYEE_NUMBER"]}
    assert "two different people" in row_of(uploaded(by, practice, both))["reason"]


def test_who_has_left_is_not_brought_back_by_an_old_row(by: Actor, practice: Organisation) -> None:
    loaded(by, uploaded(by, practice, ANN))
    left = {**ANN, "END_DATE_CONTRACT": (today() - dt.timedelta(days=40)).isoformat()}
    loaded(by, uploaded(by, practice, left))
    assert outcomes(uploaded(by, practice, left)) == ["unchanged"]
    assert "this post ended" in row_of(uploaded(by, practice, ANN))["reason"]
    back = {**ANN, "START_DATE_CONTRACT": today().isoformat()}
    assert outcomes(uploaded(by, practice, back)) == ["created"]


def test_a_leaver_whom_nobody_knows_is_nothing_to_do(by: Actor, practice: Organisation) -> None:
    run = uploaded(by, practice, {**ANN, "END_DATE_CONTRACT": "2021-01-01"})
    assert outcomes(run) == ["unchanged"]
    assert "nothing to do" in row_of(run)["details"][0]


# Twice, at once, half-way.


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


# Who, and under what.


@pytest.mark.parametrize("role", ["clinician", "network_lead", "hub_administrator"])
def test_only_the_practices_own_manager_uploads(practice: Organisation, role: str) -> None:
    for by in (actor(role, practice), actor("practice_manager", PracticeFactory())):
        with pytest.raises(Http404):
            uploaded(by, practice, ANN)


def test_a_file_that_cannot_be_read_is_refused_at_once(by: Actor, practice: Organisation) -> None:
    with pytest.raises(ValidationError, match="picture"):
        start_roster(by=by, practice=practice, name="a.csv", data=b"\x89PNG")
    assert RosterRun.objects.count() == 0


def test_agreement_and_notice_must_be_ones_that_can_be(by: Actor, practice: Organisation) -> None:
    foreign = AgreementFactory(purpose="Keeping posts and session patterns")
    with pytest.raises(ValidationError, match="in your area"):
        uploaded(by, practice, ANN, agreement=foreign, told_on=today())
    with pytest.raises(ValidationError, match="not later"):
        uploaded(by, practice, ANN, told_on=today() + dt.timedelta(days=1))
    with pytest.raises(ValidationError, match="Choose the agreement"):
        uploaded(by, practice, ANN, told_on=today())


def test_what_was_not_loaded_can_be_removed_and_what_was_cannot(
    by: Actor, practice: Organisation
) -> None:
    run = uploaded(by, practice, ANN)
    done = loaded(by, uploaded(by, practice, BOB))
    for each in (run, done):
        drop_roster(by=by, run=each)
    assert list(RosterRun.objects.all()) == [done]
    assert json.dumps(done.report)


def test_a_post_that_its_person_keeps_to_themselves_changes_no_page(
    by: Actor, practice: Organisation
) -> None:
    """Somebody says that they work here and tells nothing: the roster reads as without it."""
    someone = RegisteredPersonFactory(name="Dr Ann Able", registration="GMC 1234567")
    said = {**ANN, "START_DATE_CONTRACT": "", "MON_AM": "clinical"}
    without = uploaded(by, practice, said).report
    for ends_on in (None, today() - dt.timedelta(days=9), today() + dt.timedelta(days=9)):
        own = PostFactory(
            person=someone,
            organisation=practice,
            role="partner",
            confirmed_on=None,
            starts_on=dt.date(2019, 2, 3),
            ends_on=ends_on,
            end_reason="left" if ends_on else "",
        )
        run = uploaded(by, practice, said)
        assert {**run.report, "digest": ""} == {**without, "digest": ""}
        assert loaded(by, run).state == "loaded"
        assert visible_posts(practice).get().starts_on == today()
        undo_roster(by=by, run=run)
        assert list(Post.objects.all()) == [own]
        own.delete()
