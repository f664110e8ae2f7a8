"""Sessions over the years, by hand."""

import datetime as dt

import pytest
from django.http import Http404

from accounts.models.audit_event import Act, AuditEvent
from models.sessions import years_before
from organisations.clock import today
from retention.models import Person, Post, SessionPattern
from retention.queries.timeline import own_timeline, post_timeline
from tests.factories.accounts import actor
from tests.factories.organisations import PracticeFactory
from tests.factories.retention import (
    DraftPatternFactory,
    PostFactory,
    RegisteredPersonFactory,
    SessionCellFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db
THEN = years_before(today(), 2)


def told(post: Post, sessions: int, **dates: dt.date | None) -> SessionPattern:
    pattern: SessionPattern = SessionPatternFactory(post=post, **dates)
    for weekday in range(sessions):
        SessionCellFactory(pattern=pattern, weekday=weekday)
    return pattern


@pytest.fixture
def person() -> Person:
    """Five sessions until two years ago and three since; two more in another post for a year."""
    person: Person = RegisteredPersonFactory()
    main = PostFactory(person=person)
    told(main, 5, ends_on=THEN)
    told(main, 3, starts_on=THEN)
    told(main, 6, starts_on=THEN, ends_on=THEN)
    DraftPatternFactory(post=main, starts_on=None)
    other = PostFactory(person=person, ends_on=today(), end_reason="moved")
    told(other, 2, starts_on=years_before(today(), 1), ends_on=today())
    return person


def test_the_own_timeline_has_all_posts_and_the_change_over_years(person: Person) -> None:
    timeline = own_timeline(actor(user=person.user))
    assert [period.totals.sessions for period in timeline.periods] == [2, 3, 5]
    assert timeline.sessions == 3
    # A year ago 3 + 2, three years ago 5.
    assert timeline.changes == {1: -2, 3: -2}


def test_without_a_record_nothing_is_known() -> None:
    timeline = own_timeline(actor())
    assert (timeline.periods, timeline.sessions) == ((), None)
    assert timeline.changes == {1: None, 3: None}


def test_a_practice_sees_its_own_post_alone_and_is_seen_looking(person: Person) -> None:
    post = Post.objects.get(person=person, ends_on=None)
    SessionPattern.objects.filter(post=post).update(actual_minutes=3000)
    timeline = post_timeline(actor("practice_manager", post.organisation), post)
    assert [period.totals.sessions for period in timeline.periods] == [3, 5]
    assert timeline.changes == {1: 0, 3: -2}
    assert {period.totals.actual_minutes for period in timeline.periods} == {None}
    assert AuditEvent.objects.get(act=Act.READ_POSTS).subject == person.subject_id


def test_another_practice_sees_nothing(person: Person) -> None:
    post = Post.objects.get(person=person, ends_on=None)
    for stranger in (actor("practice_manager", PracticeFactory()), actor()):
        with pytest.raises(Http404):
            post_timeline(stranger, post)
