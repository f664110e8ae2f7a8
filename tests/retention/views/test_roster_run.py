"""The pages of one roster, from its columns to undo."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actor import Actor
from accounts.models import AuditEvent
from accounts.models.audit_event import Act
from organisations.clock import today
from organisations.models import Organisation
from organisations.queries.agreements import KEEPING_POSTS
from retention.actions.roster_runs import start_roster
from retention.models import Post, RosterRun
from retention.models.roster_run import RosterState
from tests.factories.accounts import actor
from tests.factories.organisations import AgreementFactory, area_of_one_practice
from tests.factories.retention import PersonFactory, PostFactory
from tests.factories.rosters import ANN, BOB, RosterRunFactory
from tests.retention.actions.roster_steps import loaded, uploaded

pytestmark = pytest.mark.django_db(transaction=True)


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
def manager(client: Client, by: Actor) -> Client:
    assert by.user is not None
    client.force_login(by.user)
    return client


def page(client: Client, run: RosterRun, **query: str) -> str:
    answer = client.get(reverse("roster", args=[run.public_id]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, name: str, run: RosterRun, **data: Any) -> Any:
    return client.post(reverse(name, args=[run.public_id]), data)


def test_columns_are_asked_for_with_guesses_and_examples(
    manager: Client, by: Actor, practice: Organisation
) -> None:
    run = start_roster(
        by=by, practice=practice, name="r", data=b"Name,What,Shoe\nAnn Able,GP partner,7\n"
    )
    url = reverse("roster-columns", args=[run.public_id])
    text = manager.get(url).content.decode()
    assert "For example: GP partner" in text
    assert '<option value="NAME" selected>' in text
    assert "holds the role" in manager.post(url, {"column_0": "NAME"}).content.decode()
    answer = manager.post(url, {"column_0": "NAME", "column_1": "STAFF_ROLE"})
    assert answer.headers["Location"] == reverse("roster", args=[run.public_id])
    # The step is over: the page leads on.
    assert manager.get(url).status_code == 302


def test_the_preview_tells_each_row_what_needs_somebody_first(
    manager: Client, by: Actor, practice: Organisation
) -> None:
    text = page(manager, uploaded(by, practice, ANN, {**BOB, "STAFF_ROLE": "Wizard"}))
    assert "Nothing is stored yet" in text
    assert "“Wizard” is not on the list" in text
    assert text.index("Wizard") < text.index("Dr Ann Able")
    assert "Load the good rows" in text


def test_rows_can_be_shown_by_outcome(manager: Client, by: Actor, practice: Organisation) -> None:
    run = uploaded(by, practice, ANN, {**BOB, "STAFF_ROLE": "Wizard"})
    assert "Dr Ann Able" not in page(manager, run, show="rejected")
    assert "No row like that." in page(manager, run, show="changed")


def test_whom_the_page_names_out_of_the_record_is_audited(
    manager: Client, by: Actor, practice: Organisation
) -> None:
    absent = PostFactory(organisation=practice)
    known = PostFactory(organisation=practice, person=PersonFactory(name="Ann Able"))
    run = uploaded(by, practice, {**ANN, "NAME": "Ann Able"})
    page(manager, run)
    read = AuditEvent.objects.filter(act=Act.READ_POSTS).values_list("subject", flat=True)
    assert set(read) == {absent.person.subject_id, known.person.subject_id}


def test_who_somebody_is_can_be_answered(
    manager: Client, by: Actor, practice: Organisation
) -> None:
    known = PostFactory(organisation=practice, person=PersonFactory(name="Ann Able")).person
    run = uploaded(by, practice, {**ANN, "NAME": "Ann Able"})
    assert "who is Ann Able?" in page(manager, run)
    assert "Select a valid choice" in send(
        manager, "roster-who", run, line_2="x"
    ).content.decode().replace("Choose one of the options", "Select a valid choice")
    send(manager, "roster-who", run, line_2=str(known.public_id))
    assert "who is Ann Able?" not in page(manager, run)


def test_confirming_loads_and_a_tick_without_a_day_is_told(
    manager: Client, by: Actor, practice: Organisation
) -> None:
    post = PostFactory(organisation=practice)
    run = uploaded(by, practice, ANN)
    ticked = {"end_posts": [str(post.public_id)]}
    text = send(manager, "roster-confirm", run, **ticked).content.decode()
    assert "Enter the last day of the posts that you ticked." in text
    send(manager, "roster-confirm", run, **ticked, last_day="2026-03-31", reason="left")
    post.refresh_from_db()
    assert post.end_reason == "left"
    assert "All good rows are in the record." in page(manager, run)


def test_the_rejected_rows_come_as_a_file_that_loads_as_it_is(
    manager: Client, by: Actor, practice: Organisation
) -> None:
    run = loaded(by, uploaded(by, practice, ANN, {**BOB, "STAFF_ROLE": "Wizard"}))
    answer = manager.get(reverse("roster-rejected", args=[run.public_id]))
    text = answer.content.decode("utf-8-sig")
    assert "not on the list" in text
    mended = text.replace("Wizard,", "Salaried GP,").encode()
    second = start_roster(by=by, practice=practice, name="rejected-rows.csv", data=mended)
    second.refresh_from_db()
    assert (second.state, second.report["counts"]["created"]) == ("ready", 1)


def test_agreement_and_notice_can_be_named_afterwards(
    manager: Client, by: Actor, practice: Organisation, area: dict[str, Organisation]
) -> None:
    agreement = AgreementFactory(hub=area["hub"], purpose=KEEPING_POSTS)
    run = loaded(by, uploaded(by, practice, ANN))
    assert "The rows of this roster wait" in page(manager, run)
    assert "Choose the agreement" in send(manager, "roster-notice", run).content.decode()
    send(manager, "roster-notice", run, agreement=agreement.pk, told_on=today().isoformat())
    assert "The rows of this roster wait" not in page(manager, run)
    assert Post.objects.in_figures(today()).count() == 1


def test_undo_says_what_it_could_not(manager: Client, by: Actor, practice: Organisation) -> None:
    run = loaded(by, uploaded(by, practice, ANN, BOB))
    Post.objects.filter(role="partner").update(contracted_minutes=1)
    send(manager, "roster-undo", run)
    text = page(manager, run)
    assert "Could not be undone" in text
    assert "Dr Ann Able" in text
    assert "Undone for 1 person." in text
    assert "cannot be undone" not in text


def test_a_step_under_way_shows_how_far_it_is_and_asks_again(
    manager: Client, practice: Organisation
) -> None:
    run = RosterRunFactory(practice=practice, state=RosterState.CHECKING, done=250, total=1000)
    url = reverse("roster", args=[run.public_id])
    part = manager.get(url, headers={"HX-Request": "true"}).content.decode()
    assert 'value="25"' in part
    assert "<html" not in part
    assert "You can leave this page" in part
    RosterRun.objects.update(state=RosterState.READY)
    assert manager.get(url, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_an_upload_can_be_removed(manager: Client, by: Actor, practice: Organisation) -> None:
    run = uploaded(by, practice, ANN)
    answer = send(manager, "roster-remove", run)
    assert answer.headers["Location"] == reverse("rosters", args=[practice.code])
    assert RosterRun.objects.count() == 0
