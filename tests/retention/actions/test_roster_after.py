"""After a load: undo, name the notice, nothing changed, and what is forgotten when."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import AuditEvent
from accounts.models.audit_event import Act
from organisations.clock import today
from organisations.models import Agreement, Organisation
from organisations.queries.agreements import KEEPING_POSTS
from retention.actions.life_events import merge_practices
from retention.actions.people import link_person
from retention.actions.roster_after import (
    FORGOTTEN,
    UNDO_WITHIN,
    can_undo,
    confirm_unchanged,
    forget_in_rosters,
    forget_rosters,
    name_notice,
    undo_roster,
)
from retention.models import (
    Person,
    Post,
    RosterConfirmation,
    RosterMapping,
    RosterRun,
)
from tests.factories.accounts import actor
from tests.factories.organisations import AgreementFactory, PracticeFactory, area_of_one_practice
from tests.factories.retention import PostFactory, RegisteredPersonFactory
from tests.factories.rosters import ANN, BOB
from tests.retention.actions.roster_steps import loaded, outcomes, uploaded

pytestmark = pytest.mark.django_db(transaction=True)
NEW_BOB = {**BOB, "CONTRACTED_HOURS": "20", "MON_AM": "off", "FRI_AM": "admin"}
DAY = dt.timedelta(days=1)


@pytest.fixture
def area() -> dict[str, Organisation]:
    return area_of_one_practice()


@pytest.fixture
def practice(area: dict[str, Organisation]) -> Organisation:
    return area["practice"]


@pytest.fixture
def by(practice: Organisation) -> Actor:
    return actor("practice_manager", practice)


@pytest.fixture
def agreement(area: dict[str, Organisation]) -> Agreement:
    return AgreementFactory(hub=area["hub"], purpose=KEEPING_POSTS)


def test_undoing_twice_undoes_once_and_after_14_days_not_at_all(
    by: Actor, practice: Organisation
) -> None:
    run = loaded(by, uploaded(by, practice, ANN))
    with time_machine.travel(timezone.now() + 14 * DAY):
        assert not can_undo(run)
        with pytest.raises(ValidationError, match="14 days"):
            undo_roster(by=by, run=run)
    undo_roster(by=by, run=run)
    assert undo_roster(by=by, run=run) == (0, [])
    with pytest.raises(ValidationError, match="not loaded"):
        undo_roster(by=by, run=uploaded(by, practice, ANN))


def test_after_an_undo_the_same_file_can_be_loaded_again(by: Actor, practice: Organisation) -> None:
    undo_roster(by=by, run=loaded(by, uploaded(by, practice, ANN, BOB)))
    assert loaded(by, uploaded(by, practice, ANN, BOB)).state == "loaded"
    assert Post.objects.count() == 2


def test_rows_wait_until_agreement_and_notice_are_named(
    by: Actor, practice: Organisation, agreement: Agreement
) -> None:
    run = loaded(by, uploaded(by, practice, ANN, BOB))
    assert not Post.objects.in_figures(today()).exists()
    for terms in (
        {"agreement": None, "told_on": today()},
        {"agreement": agreement, "told_on": None},
    ):
        with pytest.raises(ValidationError):
            name_notice(by=by, run=run, **terms)
    assert name_notice(by=by, run=run, agreement=agreement, told_on=today()) == 2
    assert Post.objects.in_figures(today()).count() == 2
    assert not Post.objects.in_figures(today() - DAY).exists()
    # It is a part of the load: both are undone together.
    assert undo_roster(by=by, run=RosterRun.objects.get(pk=run.pk)) == (2, [])


def test_an_agreement_is_named_of_a_loaded_roster_while_it_tells_its_posts(
    by: Actor, practice: Organisation, agreement: Agreement
) -> None:
    run = uploaded(by, practice, ANN)
    with pytest.raises(ValidationError, match="for 14 days"):
        name_notice(by=by, run=run, agreement=agreement, told_on=today())
    run = loaded(by, run)
    forget_rosters(timezone.now() + UNDO_WITHIN + DAY)
    with pytest.raises(ValidationError, match="for 14 days"):
        name_notice(by=by, run=run, agreement=agreement, told_on=today())
    run.refresh_from_db()
    assert run.agreement is None


def test_a_roster_that_names_them_counts_from_the_day_people_were_told(
    by: Actor, practice: Organisation, agreement: Agreement
) -> None:
    run = uploaded(by, practice, ANN, agreement=agreement, told_on=today() - DAY)
    loaded(by, run)
    assert Post.objects.in_figures(today()).count() == 1


def test_a_changed_row_of_a_roster_without_notice_waits_too(
    by: Actor, practice: Organisation, agreement: Agreement
) -> None:
    loaded(by, uploaded(by, practice, ANN, BOB, agreement=agreement, told_on=today()))
    loaded(by, uploaded(by, practice, ANN, NEW_BOB))
    assert [post.role for post in Post.objects.in_figures(today())] == ["partner"]
    run = uploaded(by, practice, ANN, NEW_BOB, agreement=agreement, told_on=today())
    assert outcomes(run) == ["unchanged", "changed"]
    loaded(by, run)
    assert Post.objects.in_figures(today()).count() == 2


def test_nothing_changed_is_noted_once_a_day(by: Actor, practice: Organisation) -> None:
    first = confirm_unchanged(by=by, practice=practice)
    assert confirm_unchanged(by=by, practice=practice) == first
    assert (first.confirmed_on, first.confirmed_by) == (today(), by.user)
    assert AuditEvent.objects.filter(act=Act.CONFIRMED_ROSTER).count() == 1


def test_what_nobody_loaded_is_forgotten_after_30_days(by: Actor, practice: Organisation) -> None:
    uploaded(by, practice, ANN)
    assert forget_rosters(timezone.now() + 29 * DAY) == 0
    assert forget_rosters(timezone.now() + 31 * DAY) > 0
    assert RosterRun.objects.count() == 0


def test_of_a_loaded_roster_the_journal_goes_first_then_rows_then_all(
    by: Actor, practice: Organisation
) -> None:
    run = loaded(by, uploaded(by, practice, ANN, {**BOB, "STAFF_ROLE": "Wizard"}))
    RosterMapping.objects.create(practice=practice, fingerprint="x", used_on=today())
    assert run.journal
    forget_rosters(timezone.now() + 15 * DAY)
    run.refresh_from_db()
    assert (run.journal, len(run.rows)) == ([], 1)
    forget_rosters(timezone.now() + 31 * DAY)
    run.refresh_from_db()
    assert (run.rows, run.report["rows"], run.report["counts"]["created"]) == ([], [], 1)
    assert "Able" not in str(vars(run))
    assert run.file_name == FORGOTTEN
    assert forget_rosters(timezone.now() + 31 * DAY) == 0
    forget_rosters(timezone.now() + 731 * DAY)
    assert (RosterRun.objects.count(), RosterMapping.objects.count()) == (0, 0)
    # When the practice last confirmed its staff is no person's data without who said it, and stays.
    last = RosterConfirmation.objects.get()
    assert (last.run, last.confirmed_by) == (None, None)


def test_of_an_undone_roster_no_name_is_left_after_30_days(
    by: Actor, practice: Organisation
) -> None:
    run = loaded(by, uploaded(by, practice, ANN))
    Post.objects.update(contracted_minutes=1)
    assert undo_roster(by=by, run=run) == (0, ["Dr Ann Able"])
    forget_rosters(timezone.now() + 31 * DAY)
    run.refresh_from_db()
    assert (run.state, run.report["counts"]["created"]) == ("undone", 1)
    assert "Able" not in str(vars(run))


def test_looking_at_a_roster_again_does_not_keep_it_longer(
    by: Actor, practice: Organisation
) -> None:
    run = uploaded(by, practice, ANN)
    RosterRun.objects.update(changed_at=timezone.now() + 29 * DAY)
    forget_rosters(timezone.now() + 31 * DAY)
    assert not RosterRun.objects.filter(pk=run.pk).exists()


def test_confirmations_go_after_two_years_but_for_a_practices_newest(
    by: Actor, practice: Organisation
) -> None:
    other = area_of_one_practice()["practice"]
    for place, ages in ((practice, (900, 800, 10)), (other, (900, 800))):
        for age in ages:
            RosterConfirmation.objects.create(
                practice=place, confirmed_on=today() - age * DAY, confirmed_by=by.user
            )
    assert forget_rosters(timezone.now()) > 0
    left = {
        (each.practice_id, (today() - each.confirmed_on).days, each.confirmed_by_id is None)
        for each in RosterConfirmation.objects.all()
    }
    assert left == {(practice.pk, 10, False), (other.pk, 800, True)}
    assert forget_rosters(timezone.now()) == 0


def test_who_is_erased_goes_out_of_every_roster(by: Actor, practice: Organisation) -> None:
    done = loaded(by, uploaded(by, practice, ANN, BOB))
    waiting = uploaded(by, practice, {**ANN, "CONTRACTED_SESSION": "2"}, NEW_BOB)
    ann = Person.objects.get(name="Dr Ann Able")
    forget_in_rosters(ann)
    for run in (done, waiting):
        run.refresh_from_db()
        assert "Able" not in str([run.rows, run.report, run.journal])
        assert "1234567" not in str([run.rows, run.report, run.journal])
    assert [line for line, _ in waiting.rows] == [3]
    # What was shown is not what is there any more: it is looked at again.
    assert loaded(by, waiting).state == "ready"


def test_no_name_of_who_is_erased_stays_among_what_could_not_be_undone(
    by: Actor, practice: Organisation
) -> None:
    run = loaded(by, uploaded(by, practice, ANN))
    Post.objects.update(contracted_minutes=1)
    undo_roster(by=by, run=run)
    forget_in_rosters(Person.objects.get())
    run.refresh_from_db()
    assert run.report["kept"] == []


def test_who_is_erased_is_nobody_s_possible_match(by: Actor, practice: Organisation) -> None:
    loaded(by, uploaded(by, practice, BOB))
    ask = {"NAME": "Bob Baker", "STAFF_ROLE": "Salaried GP"}
    asks = uploaded(by, practice, ask, {"NAME": "Carol New", "STAFF_ROLE": "nurse"})
    assert outcomes(asks) == ["ask", "created"]
    forget_in_rosters(Person.objects.get())
    asks.refresh_from_db()
    assert "Baker" not in str([asks.rows, asks.report])
    assert [row["name"] for row in asks.report["rows"]] == ["Carol New"]


def test_who_was_linked_to_an_account_since_the_load_goes_too(
    by: Actor, practice: Organisation
) -> None:
    """The load knew them by another key."""
    run = loaded(by, uploaded(by, practice, ANN))
    user = actor("clinician", practice).user
    assert user is not None
    own = RegisteredPersonFactory(user=user, subject=user.subject, name=ANN["NAME"])
    link_person(by=by, post=Post.objects.get(), user=user)
    assert Post.objects.get().person == own
    forget_in_rosters(Person.objects.get(user=user))
    run.refresh_from_db()
    assert "Able" not in str([run.rows, run.report, run.journal])


def test_files_that_waited_when_their_practice_merged_are_reached(
    by: Actor, practice: Organisation
) -> None:
    """Ann was in a file of the one practice only, and became known in the other."""
    waiting = uploaded(by, practice, ANN, BOB)
    into = PracticeFactory()
    merge_practices(by=Actor.command("test"), from_=practice, into=into, on=today())
    ann = PostFactory(organisation=into, person__name="Ann Able").person
    forget_in_rosters(ann)
    waiting.refresh_from_db()
    assert [line for line, _ in waiting.rows] == [3]
    assert "Able" not in str(waiting.report)
