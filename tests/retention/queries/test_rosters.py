"""What a roster would do, said of each row before anything is done."""

import datetime as dt

import pytest

from accounts.actor import Actor
from organisations.clock import today
from organisations.models import Organisation
from retention.actions.roster_after import undo_roster
from retention.actions.roster_runs import (
    answer_who,
)
from retention.models import (
    Person,
    Post,
    RosterRun,
)
from retention.queries.posts import visible_posts
from tests.factories.organisations import PracticeFactory
from tests.factories.retention import PersonFactory, PostFactory, RegisteredPersonFactory
from tests.factories.rosters import ANN, BOB
from tests.retention.actions.roster_steps import loaded, outcomes, row_of, uploaded

pytestmark = pytest.mark.django_db(transaction=True)


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
