"""What a plan is made from: all that bears on it moves the basis, and nothing of other places."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisations.clock import today
from organisations.models import Organisation
from retention.models import Person, Post, SessionCell, SessionPattern
from retention.queries.roster_basis import Basis, read_basis
from tests.factories.organisations import PracticeFactory
from tests.factories.retention import PersonFactory, PostFactory, SessionPatternFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice() -> Organisation:
    """Make a practice with one post and the week that was told in it."""
    practice = PracticeFactory()
    week = SessionPatternFactory(post=PostFactory(organisation=practice))
    SessionCell.objects.create(pattern=week, weekday=0, part="am", kind="clinical", minutes=250)
    return practice


def basis(practice: Organisation) -> Basis:
    return read_basis(practice, ["Y77777"])


def a_second_week() -> None:
    SessionPattern.objects.update(ends_on=today())
    SessionPatternFactory(post=Post.objects.get())


@pytest.mark.parametrize(
    "change",
    [
        lambda: Post.objects.update(contracted_minutes=600),
        lambda: Post.objects.update(confirmed_on=None),
        lambda: Person.objects.update(name="Another Name"),
        lambda: Person.objects.update(version=9),
        lambda: Person.objects.update(registration="GMC 1234567"),
        lambda: SessionPattern.objects.update(told_at=None),
        lambda: SessionPattern.objects.update(shows_mentoring=True),
        lambda: SessionCell.objects.update(kind="mentoring"),
        lambda: SessionCell.objects.all().delete(),
        a_second_week,
        lambda: PostFactory(organisation=Organisation.objects.get(), role="nurse"),
        lambda: PostFactory(organisation=Organisation.objects.get(), confirmed_on=None),
        lambda: PostFactory(person=Person.objects.get()),
        lambda: PracticeFactory(code="Y77777"),
    ],
)
def test_whatever_bears_on_a_plan_moves_it(
    practice: Organisation, change: Callable[[], object]
) -> None:
    before = basis(practice)
    assert basis(practice) == before
    change()
    assert basis(practice) != before


def test_what_other_practices_hold_is_not_in_it(practice: Organisation) -> None:
    before = basis(practice)
    PostFactory(person=PersonFactory(registration="GMC 1234567"))
    PostFactory(person__registration="GMC 7654321", starts_on=today() - dt.timedelta(days=9))
    assert basis(practice) == before


def test_six_queries_however_many_people(practice: Organisation) -> None:
    for _ in range(3):
        SessionPatternFactory(post=PostFactory(organisation=practice))
    with CaptureQueriesContext(connection) as queries:
        basis(practice)
    assert len(queries) == 6
