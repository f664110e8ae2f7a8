"""Actions that lock a place and its posts lock the place first: two orders end in a deadlock.

Only PostgreSQL locks rows, so only there is an order to be seen.
"""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actor import Actor
from organisations.clock import today
from retention.actions.absences import record_absence
from retention.actions.life_events import close_practice
from retention.actions.post_changes import Statement, state_change, tell_change, undo_change
from retention.models import Post
from retention.models.absence import AbsenceReason
from tests.factories.accounts import actor
from tests.factories.retention import PostFactory, RegisteredPersonFactory

pytestmark = pytest.mark.django_db
PLACE, POST = "organisations_organisation", "retention_post"
SOON = dt.timedelta(days=30)


@pytest.fixture(autouse=True)
def _rows_are_locked() -> None:
    if not connection.features.has_select_for_update:
        pytest.skip("this database locks no rows")


def locked(act: Callable[[], object]) -> list[str]:
    """Return the tables of which an action locks rows, in the order in which it does."""
    with CaptureQueriesContext(connection) as queries:
        act()
    asked = [query["sql"] for query in queries if "FOR UPDATE" in query["sql"]]
    return [found[1] for sql in asked if (found := re.search(r'FROM "(\w+)"', sql))]


@pytest.fixture
def post() -> Post:
    return PostFactory(person=RegisteredPersonFactory())


@pytest.fixture
def me(post: Post) -> Actor:
    return actor("clinician", post.organisation, user=post.person.user)


def test_a_persons_own_word_and_its_undoing(post: Post, me: Actor) -> None:
    said = Statement(AbsenceReason.PARENTAL, today() + SOON)
    draft = state_change(by=me, post=post, statement=said, version=0)
    assert locked(lambda: tell_change(by=me, post=post, version=draft.version))[:2] == [PLACE, POST]
    draft.refresh_from_db()
    assert locked(lambda: undo_change(by=me, change=draft))[:2] == [PLACE, POST]


def test_what_happens_to_a_practice(post: Post) -> None:
    by = Actor.command("test")
    on = today() + SOON
    closing = locked(lambda: close_practice(by=by, practice=post.organisation, on=on))
    assert closing[:2] == [PLACE, POST]


def test_leave_that_a_practice_records(post: Post) -> None:
    by = actor("practice_manager", post.organisation)
    assert locked(
        lambda: record_absence(
            by=by, post=post, starts_on=today() + SOON, reason=AbsenceReason.PARENTAL
        )
    )[:1] == [PLACE]
