"""Which weeks can be copied into a post's grid, and how long their sessions are there."""

import datetime as dt
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from organisations.clock import today
from retention.models import Post, SessionPattern
from retention.queries.weeks_to_copy import MOST, weeks_to_copy
from tests.factories.retention import (
    DraftPatternFactory,
    PostFactory,
    RegisteredPersonFactory,
    SessionCellFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db
START = dt.date(2020, 4, 1)


@pytest.fixture
def post() -> Post:
    return PostFactory(person=RegisteredPersonFactory())


def told(post: Post, start: int = 0, end: int | None = None) -> SessionPattern:
    pattern: SessionPattern = SessionPatternFactory(
        post=post,
        starts_on=START + dt.timedelta(days=start),
        ends_on=None if end is None else START + dt.timedelta(days=end),
    )
    SessionCellFactory(pattern=pattern)
    return pattern


def patterns(post: Post) -> list[SessionPattern]:
    return [week.pattern for week in weeks_to_copy(post, today())]


def test_other_posts_come_first_their_drafts_on_top_then_what_was_here(post: Post) -> None:
    first, second = told(post, 0, 100), told(post, 100, 200)
    told(post, 200)  # the week of today has a button of its own
    other = PostFactory(person=post.person)
    there = told(other)
    draft = DraftPatternFactory(post=other, starts_on=None)
    SessionCellFactory(pattern=draft)
    SessionCellFactory(pattern=DraftPatternFactory(post=post, starts_on=None))
    assert patterns(post) == [draft, there, second, first]


def test_weeks_that_never_began_or_are_empty_and_other_peoples_are_left_out(post: Post) -> None:
    told(post, 100, 100)
    SessionPatternFactory(post=PostFactory(person=post.person))
    told(PostFactory(person=RegisteredPersonFactory()))
    assert patterns(post) == []


def test_a_week_to_come_can_be_copied(post: Post) -> None:
    coming = told(post, (today() - START).days + 30)
    assert patterns(post) == [coming]


def test_a_session_there_is_a_session_here_and_another_length_stays(post: Post) -> None:
    other = PostFactory(person=post.person, session_minutes=240)
    pattern = SessionPatternFactory(
        post=other, rhythm="alternate", basis="annualised", weeks_a_year=40, sessions_a_year=100
    )
    SessionCellFactory(pattern=pattern, minutes=240)
    SessionCellFactory(pattern=pattern, weekday=1, minutes=90)
    SessionCellFactory(pattern=pattern, week="b", minutes=240)
    (week,) = weeks_to_copy(post, today())
    assert week.shape.week == {(0, "am"): ("clinical", 250), (1, "am"): ("clinical", 90)}
    assert week.shape.week_b == {(0, "am"): ("clinical", 250)}
    terms = week.shape.terms
    assert (terms.weeks_a_year, terms.sessions_a_year) == (40, Decimal(100))


def test_a_long_life_is_cut_to_the_latest_in_as_many_queries(
    post: Post, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    all_ = [told(post, day, day + 1) for day in range(MOST + 5)]
    with django_assert_num_queries(2):
        found = patterns(post)
    assert found == list(reversed(all_))[:MOST]
