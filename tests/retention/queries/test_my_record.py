"""What I find on my page."""

import datetime as dt

import pytest
from django.http import Http404

from accounts.actor import Actor
from organisations.clock import today
from retention.actions.plans import save_plan, share_plan
from retention.models import Person
from retention.queries.my_record import my_record
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
