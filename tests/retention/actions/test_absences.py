"""Leave of absence: dated, on a post that goes on, never twice at once."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from accounts.actor import Actor
from accounts.models.audit_event import Act, AuditEvent
from organisations.clock import today
from retention.actions.absences import end_absence, record_absence
from retention.actions.posts import end_post
from retention.models import Absence, Post
from retention.models.absence import AbsenceReason
from tests.factories.accounts import actor
from tests.factories.organisations import HubFactory, PracticeFactory
from tests.factories.retention import AbsenceFactory, PostFactory, RegisteredPersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return PostFactory(person=RegisteredPersonFactory())


@pytest.fixture
def manager(post: Post) -> Actor:
    return actor("practice_manager", post.organisation)


def days_on(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


def record(by: Actor, post: Post, starts: int, ends: int | None = None) -> Absence:
    ends_on = None if ends is None else days_on(ends)
    return record_absence(
        by=by, post=post, starts_on=days_on(starts), ends_on=ends_on, reason="parental"
    )


def test_leave_is_recorded_and_the_post_goes_on(post: Post, manager: Actor) -> None:
    absence = record(manager, post, 10, 100)
    post.refresh_from_db()
    assert (post.ends_on, post.end_reason) == (None, "")
    assert (absence.starts_on, absence.ends_on) == (days_on(10), days_on(100))
    event = AuditEvent.objects.get(act=Act.CHANGED_POST)
    assert (event.subject, event.why) == (post.person.subject_id, "Leave recorded")


def test_no_reason_is_about_health() -> None:
    words = " ".join(label.lower() for label in AbsenceReason.labels)
    assert not any(word in words for word in ("sick", "ill", "health", "matern", "medical"))


@pytest.mark.parametrize("other", [(0, 20), (15, 16), (19, None), (-5, None)])
def test_leave_does_not_overlap_other_leave(
    post: Post, manager: Actor, other: tuple[int, int | None]
) -> None:
    record(manager, post, 10, 20)
    with pytest.raises(ValidationError, match="Another leave"):
        record(manager, post, *other)


def test_leave_may_follow_leave_at_once(post: Post, manager: Actor) -> None:
    record(manager, post, 10, 20)
    record(manager, post, 20)
    record(manager, post, 0, 10)
    assert Absence.objects.count() == 3


@pytest.mark.parametrize(("starts", "ends"), [(10, 10), (10, 9), (-10_000, None), (60, None)])
def test_leave_lies_in_the_post_and_is_not_empty(
    post: Post, manager: Actor, starts: int, ends: int | None
) -> None:
    post.ends_on = days_on(60)
    with pytest.raises(ValidationError):
        record(manager, post, starts, ends)


def test_somebody_comes_back_and_leave_that_never_was_is_dropped(
    post: Post, manager: Actor
) -> None:
    absence = record(manager, post, -30)
    end_absence(by=manager, absence=absence, ends_on=today())
    absence.refresh_from_db()
    assert absence.ends_on == today()
    coming = record(manager, post, 30)
    end_absence(by=manager, absence=coming, ends_on=coming.starts_on)
    assert list(Absence.objects.all()) == [absence]


def test_coming_back_before_going_is_refused(post: Post, manager: Actor) -> None:
    absence = record(manager, post, 30)
    with pytest.raises(ValidationError):
        end_absence(by=manager, absence=absence, ends_on=today())
    absence.refresh_from_db()
    assert absence.ends_on is None


def test_leave_ends_with_the_post(post: Post, manager: Actor) -> None:
    current, later = record(manager, post, -30, 40), record(manager, post, 50)
    end_post(by=manager, post=post, ends_on=days_on(20), reason="retired")
    current.refresh_from_db()
    assert current.ends_on == days_on(20)
    assert not Absence.objects.filter(pk=later.pk).exists()


def test_only_the_practice_records_it(post: Post) -> None:
    absence = AbsenceFactory(post=post)
    for stranger in (
        actor(user=post.person.user),
        actor("practice_manager", PracticeFactory()),
        actor("hub_administrator", HubFactory()),
    ):
        with pytest.raises(Http404):
            record(stranger, post, 300)
        with pytest.raises(Http404):
            end_absence(by=stranger, absence=absence, ends_on=today())
