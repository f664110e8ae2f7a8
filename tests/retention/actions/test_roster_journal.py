"""The journal of a load: each record before and after, so that it can be put back exactly."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from retention.actions.roster_journal import Journal, put_back, records, state_of, states
from retention.models import Post
from tests.factories.retention import PostFactory, SessionPatternFactory

pytestmark = pytest.mark.django_db


def test_what_was_watched_and_changed_is_kept_before_and_after() -> None:
    post: Post = PostFactory(contracted_minutes=600)
    journal = Journal()
    journal.watch("post", post, post.person_id)
    post.contracted_minutes = 900
    post.save()
    [entry] = journal.entries()
    assert (entry["kind"], entry["pk"], entry["person"]) == ("post", post.pk, post.person_id)
    differ = {name for name in entry["before"] if entry["before"][name] != entry["after"][name]}
    assert differ == {"contracted_minutes"}
    assert (entry["before"]["contracted_minutes"], entry["after"]["contracted_minutes"]) == (
        "600",
        "900",
    )
    assert json.loads(json.dumps(entry)) == entry


def test_the_first_look_counts() -> None:
    """A record that is changed twice goes back to what it was before the first change."""
    post: Post = PostFactory(contracted_minutes=600)
    journal = Journal()
    for minutes in (900, 1200):
        journal.watch("post", post, post.person_id)
        post.contracted_minutes = minutes
        post.save()
    [entry] = journal.entries()
    assert (entry["before"]["contracted_minutes"], entry["after"]["contracted_minutes"]) == (
        "600",
        "1200",
    )


def test_left_as_it_was_there_is_nothing_to_undo() -> None:
    post = PostFactory()
    journal = Journal()
    journal.watch("post", post, post.person_id)
    assert journal.entries() == []


def test_when_a_week_was_saved_is_no_change() -> None:
    pattern = SessionPatternFactory()
    journal = Journal()
    journal.watch("pattern", pattern, pattern.post.person_id)
    pattern.save()
    assert "saved_at" not in state_of(pattern)
    assert journal.entries() == []


def test_a_record_that_was_made_has_no_state_before() -> None:
    post = PostFactory()
    journal = Journal()
    journal.made("post", post, post.person_id)
    [entry] = journal.entries()
    assert (entry["before"], entry["after"]) == (None, state_of(post))


def test_a_record_that_is_gone_again_leaves_no_entry() -> None:
    post = PostFactory()
    journal = Journal()
    journal.made("post", post, post.person_id)
    Post.objects.all().delete()
    assert journal.entries() == []


def test_what_is_put_back_is_the_same_in_every_field() -> None:
    post: Post = PostFactory(ends_on=dt.date(2030, 1, 1), end_reason="left", contracted_minutes=600)
    before = state_of(post)
    post.ends_on, post.end_reason, post.contracted_minutes, post.waits = None, "", None, True
    put_back(post, before)
    post.save()
    assert state_of(Post.objects.get()) == before
    assert Post.objects.get().ends_on == dt.date(2030, 1, 1)


def test_an_empty_field_goes_back_to_empty() -> None:
    post: Post = PostFactory(contracted_minutes=None)
    before = state_of(post)
    post.contracted_minutes = 600
    put_back(post, before)
    assert post.contracted_minutes is None


def test_a_query_for_each_kind_however_many_records() -> None:
    posts = [PostFactory() for _ in range(3)]
    with CaptureQueriesContext(connection) as queries:
        assert set(states("post", [post.pk for post in posts])) == {post.pk for post in posts}
    assert len(queries) == 1
    assert records("post", []) == {}
