"""What can be said of one's own posts, on which day."""

import datetime as dt

import pytest
from django.http import Http404

from organisations.clock import today
from retention.models.post_change import ENDS, LEAVES, Change
from retention.queries.post_changes import changes_to_choose, own_changes, posts_to_return_to
from tests.factories.accounts import actor
from tests.factories.retention import (
    AbsenceFactory,
    PostChangeFactory,
    PostFactory,
    RegisteredPersonFactory,
)

pytestmark = pytest.mark.django_db


def days_on(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


def test_a_standing_post_may_end_or_be_left_for_a_while() -> None:
    choices = changes_to_choose(PostFactory(), today())
    assert set(choices) == ENDS | LEAVES


def test_from_leave_now_or_to_come_one_may_be_back() -> None:
    for starts_on in (days_on(-10), days_on(10)):
        post = AbsenceFactory(starts_on=starts_on).post
        assert Change.BACK in changes_to_choose(post, today())
    over = AbsenceFactory(starts_on=days_on(-10), ends_on=today()).post
    assert Change.BACK not in changes_to_choose(over, today())


def test_of_a_post_whose_end_is_known_no_second_end_is_said() -> None:
    post = PostFactory(ends_on=days_on(10), end_reason="moved")
    assert set(changes_to_choose(post, today())) == LEAVES
    assert changes_to_choose(post, days_on(10)) == (Change.BACK,)


def test_a_draft_what_was_told_and_what_can_be_undone() -> None:
    post = PostFactory(person=RegisteredPersonFactory())
    me = actor("clinician", post.organisation, user=post.person.user)
    draft = PostChangeFactory(post=post)
    coming = PostChangeFactory(post=post, told_at=dt.datetime.now(dt.UTC), starts_on=days_on(1))
    past = PostChangeFactory(post=post, told_at=dt.datetime.now(dt.UTC), starts_on=today())
    moment = dt.datetime.now(dt.UTC)
    PostChangeFactory(post=post, told_at=moment, undone_at=moment)
    held = own_changes(me, post)
    assert held.draft == draft
    assert held.told == ((coming, True), (past, False))
    with pytest.raises(Http404):
        own_changes(actor("practice_manager", post.organisation), post)


def test_one_may_return_to_what_ended_where_one_is_not_and_which_is_open() -> None:
    person = RegisteredPersonFactory()
    me = actor("clinician", PostFactory().organisation, user=person.user)
    ended = PostFactory(person=person, ends_on=days_on(-10), end_reason="retired")
    twice = PostFactory(person=person, ends_on=days_on(-10), end_reason="moved")
    PostFactory(person=person, organisation=twice.organisation)
    closed = PostFactory(person=person, ends_on=days_on(-10), end_reason="practice_closed")
    closed.organisation.ends_on = days_on(-10)
    closed.organisation.save()
    PostFactory(person=person, ends_on=days_on(-6 * 365), end_reason="retired")
    PostFactory(ends_on=days_on(-10), end_reason="retired")
    assert posts_to_return_to(me) == [ended]
