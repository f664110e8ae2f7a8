"""What I find on my page, and my own outlook."""

import datetime as dt

import pytest
from django.http import Http404

from accounts.actor import Actor
from accounts.models.audit_event import OWN_PAGE_ACTS, Act, AuditEvent
from organisations.clock import today
from retention.actions.plans import save_plan, share_plan
from retention.models import Person
from retention.queries.my_record import my_record, own_outlook
from retention.queries.plans import PlanContent
from tests.factories.accounts import RecognitionFactory, actor
from tests.factories.retention import (
    DraftPatternFactory,
    PostFactory,
    RegisteredPersonFactory,
    SessionCellFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db
YEAR = today().year


@pytest.fixture
def person() -> Person:
    return RegisteredPersonFactory(year_of_birth=YEAR - 60)


@pytest.fixture
def me(person: Person) -> Actor:
    return actor(user=person.user)


def test_looking_makes_nothing() -> None:
    record = my_record(actor())
    assert (record.person, record.posts, record.plan, record.hubs) == (None, (), None, ())
    assert not Person.objects.exists()


def test_a_system_job_has_no_page() -> None:
    with pytest.raises(Http404):
        my_record(Actor.command("x"))


def test_my_posts_come_with_their_weeks_of_all_times(person: Person, me: Actor) -> None:
    post = PostFactory(person=person)
    old = SessionPatternFactory(post=post, ends_on=dt.date(2021, 4, 1))
    now = SessionPatternFactory(post=post, starts_on=dt.date(2021, 4, 1))
    SessionCellFactory(pattern=now)
    draft = DraftPatternFactory(post=post, starts_on=None)
    [mine] = my_record(me).posts
    assert (mine.current, mine.earlier, mine.coming, mine.draft) == (now, (old,), (), draft)
    assert mine.totals is not None
    assert mine.totals.sessions == 1


def test_a_pattern_that_ended_is_not_the_current_one(person: Person, me: Actor) -> None:
    post = PostFactory(person=person)
    old = SessionPatternFactory(post=post, ends_on=dt.date(2021, 4, 1))
    [mine] = my_record(me).posts
    assert (mine.current, mine.totals, mine.earlier) == (None, None, (old,))


def test_my_plan_and_with_whom_i_share_it(me: Actor) -> None:
    hub = RecognitionFactory(user=me.user, state="recognised").hub
    RecognitionFactory(user=me.user, state="asked")
    save_plan(by=me, content=PlanContent(None, ()), version=0)
    share = share_plan(by=me, recipient=hub)
    record = my_record(me)
    assert (record.hubs, record.shares) == ((hub,), (share,))


def test_my_own_outlook_uses_my_age_and_my_told_sessions(person: Person, me: Actor) -> None:
    pattern = SessionPatternFactory(post__person=person)
    for part in ("am", "pm"):
        SessionCellFactory(pattern=pattern, part=part)
    draft = DraftPatternFactory(post=pattern.post, starts_on=None)
    SessionCellFactory(pattern=draft, weekday=3)
    own = own_outlook(me, my_record(me))
    assert own.outlook is not None
    assert (own.missing, own.age, own.sessions) == ("", 60, 2)
    assert (own.outlook.age, own.outlook.sessions) == (60, 2)
    assert own.planned is None


def test_looking_is_audited_as_an_act_that_no_administrator_sees(me: Actor) -> None:
    own_outlook(me, my_record(me))
    event = AuditEvent.objects.get(act=Act.LOOKED_AT_OWN_OUTLOOK)
    assert (event.actor, event.subject) == (me.subject_id, me.subject_id)
    assert Act.LOOKED_AT_OWN_OUTLOOK in OWN_PAGE_ACTS


def test_anothers_record_gives_no_outlook(me: Actor) -> None:
    with pytest.raises(Http404):
        own_outlook(actor(), my_record(me))


@pytest.mark.parametrize(("retires_in", "plan_years"), [(0, 1), (1, 1), (4, 4)])
def test_my_plan_is_a_what_if_beside_the_outlook(
    me: Actor, retires_in: int, plan_years: int
) -> None:
    save_plan(by=me, content=PlanContent(YEAR + retires_in, ()), version=0)
    own = own_outlook(me, my_record(me))
    assert own.planned is not None
    assert own.outlook is not None
    assert own.planned.plan_years == plan_years
    assert own.outlook.plan_years is None


def test_a_plan_without_a_year_adds_nothing(me: Actor) -> None:
    save_plan(by=me, content=PlanContent(None, ("talk",)), version=0)
    own = own_outlook(me, my_record(me))
    assert (own.planned, own.plan_year) == (None, None)


@pytest.mark.parametrize(
    ("details", "missing"),
    [
        ({"profession": ""}, "profession"),
        ({"profession": "nurse"}, "not_a_gp"),
        ({"year_of_birth": None}, "year_of_birth"),
        ({"year_of_birth": YEAR - 24}, "age"),
    ],
)
def test_no_outlook_is_made_up(
    person: Person, me: Actor, details: dict[str, object], missing: str
) -> None:
    Person.objects.filter(pk=person.pk).update(**details)
    own = own_outlook(me, my_record(me))
    assert (own.missing, own.outlook) == (missing, None)


def test_someone_who_is_not_in_the_record_has_no_outlook() -> None:
    me = actor()
    assert own_outlook(me, my_record(me)).missing == "profession"


def test_the_table_does_not_speak_for_gps_in_training(person: Person, me: Actor) -> None:
    PostFactory(person=person, role="trainee")
    assert own_outlook(me, my_record(me)).missing == "in_training"
    PostFactory(person=person, role="locum")
    assert own_outlook(me, my_record(me)).missing == ""
