"""What the record holds on a person is handed out whole and erased whole."""

import json

import pytest

from accounts.actor import Actor
from accounts.models import Subject
from accounts.personal_data import kinds
from retention.actions.plans import save_plan, share_plan
from retention.models import (
    Objection,
    Person,
    Plan,
    PlanShare,
    Post,
    RosterConfirmation,
    SessionCell,
    SessionPattern,
)
from retention.own_data import KINDS
from retention.queries.plans import PlanContent
from tests.factories.accounts import RecognitionFactory, actor
from tests.factories.organisations import LONG_AGO
from tests.factories.retention import (
    DraftPatternFactory,
    RegisteredPersonFactory,
    SessionCellFactory,
    SessionPatternFactory,
)
from tests.factories.rosters import RosterRunFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def me() -> Actor:
    person = RegisteredPersonFactory(year_of_birth=1966)
    told = SessionPatternFactory(post__person=person)
    SessionCellFactory(pattern=told)
    DraftPatternFactory(post=told.post, starts_on=None)
    by = actor(user=person.user)
    hub = RecognitionFactory(user=person.user, state="recognised").hub
    save_plan(by=by, content=PlanContent(None, ("talk",)), version=0)
    share_plan(by=by, recipient=hub)
    return by


def test_all_kinds_are_registered() -> None:
    assert set(KINDS) <= set(kinds())


def test_all_that_is_held_is_handed_out_as_json(me: Actor) -> None:
    assert me.user is not None
    Objection.objects.create(person=Person.objects.get(), starts_on=LONG_AGO)
    Person.objects.update(registration="GMC 1234567")
    place = Post.objects.get().organisation
    RosterConfirmation.objects.create(practice=place, confirmed_on=LONG_AGO, confirmed_by=me.user)
    RosterRunFactory(
        practice=Post.objects.get().organisation,
        headers=["NAME", "REGISTRATION_NUMBER"],
        rows=[[2, ["Somebody", "1234567"]], [3, ["Another", "7654321"]]],
    )
    person, posts, rosters, confirmed, objections, plan = (
        json.loads(json.dumps(kind.export(me.user))) for kind in KINDS
    )
    assert [row["row"]["NAME"] for row in rosters] == ["Somebody"]
    assert confirmed == [{"practice": place.name, "on": "2020-04-01"}]
    assert objections == [{"from": "2020-04-01", "until": None}]
    assert person["registration"] == "GMC 1234567"
    assert person["year_of_birth"] == 1966
    [post] = posts
    assert [week["draft"] for week in post["weeks"]].count(True) == 1
    assert [week["half_days"] for week in post["weeks"] if not week["draft"]] == [
        [
            {
                "week": "Week A",
                "day": "Monday",
                "part": "am",
                "kind": "clinical",
                "minutes": 250,
            }
        ]
    ]
    assert (plan["retire_year"], plan["wishes"]) == (None, ["talk"])
    assert len(plan["shares"]) == 1


def test_nothing_is_handed_out_to_someone_who_is_not_in_the_record(me: Actor) -> None:
    stranger = actor().user
    assert stranger is not None
    assert [kind.export(stranger) for kind in KINDS] == [{}, [], [], [], [], {}]


def test_erasing_leaves_nothing_but_others(me: Actor) -> None:
    assert me.user is not None
    other = SessionCellFactory().pattern.post.person
    for kind in reversed(KINDS):
        kind.erase(me.user, me)
    assert list(Person.objects.all()) == [other]
    held = (Post, SessionPattern, SessionCell, Plan, PlanShare)
    assert [model.objects.count() for model in held] == [1, 1, 1, 0, 0]


def test_after_erasing_nothing_holds_the_subject_but_the_account(me: Actor) -> None:
    assert me.user is not None
    subject = me.user.subject_id
    for kind in reversed(KINDS):
        kind.erase(me.user, me)
    me.user.delete()
    assert Subject.objects.filter(pk=subject).delete()[0] == 1
