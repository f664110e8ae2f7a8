"""One post of a practice through the API: weeks over time, leave, whose account it is."""

import datetime as dt

import pytest

from accounts.models import AuditEvent
from organisations.clock import today
from retention.models import Post
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.api import caller
from tests.factories.organisations import PracticeFactory
from tests.factories.retention import (
    AbsenceFactory,
    DraftPatternFactory,
    PostFactory,
    SessionCellFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return PostFactory()


def path_of(post: Post, end: str) -> str:
    return f"/api/v1/practices/{post.organisation.code}/posts/{post.public_id}/{end}"


def test_weeks_that_were_told_and_no_draft_and_the_person_sees_who_looked(post: Post) -> None:
    SessionCellFactory(pattern=SessionPatternFactory(post=post))
    SessionCellFactory(pattern=DraftPatternFactory(post=post, starts_on=None), kind="mentoring")
    manager = caller("practice_manager", post.organisation)
    found = manager.get(path_of(post, "timeline")).json()
    assert found["sessions"] == pytest.approx(1)
    assert [period["totals"]["minutes_by_kind"] for period in found["periods"]] == [
        {"clinical": 250}
    ]
    event = AuditEvent.objects.get(act="read_posts")
    assert (event.subject, event.door) == (post.person.subject_id, "api")


def test_leave_is_listed_with_what_is_over(post: Post) -> None:
    away = AbsenceFactory(post=post)
    manager = caller("practice_manager", post.organisation)
    (found,) = manager.get(path_of(post, "absences")).json()
    assert (found["id"], found["reason"]) == (str(away.public_id), away.reason)


def test_who_was_added_by_name_is_given_to_an_account(post: Post) -> None:
    user = UserFactory(name="Dr Ada Birch")
    RoleGrantFactory(user=user, role="clinician", organisation=post.organisation)
    manager = caller("practice_manager", post.organisation)
    staff = {one["name"]: one["user"] for one in manager.get(path_of(post, "staff")).json()}
    stranger = {"user": str(UserFactory().public_id)}
    link, json = path_of(post, "link"), "application/json"
    refused = manager.post(link, stranger, content_type=json)
    assert refused.status_code == 422
    assert refused.json()["error"]["fields"][0]["field"] == "user"
    data = {"user": staff["Dr Ada Birch"]}
    assert manager.post(link, data, content_type=json).status_code == 200
    post.refresh_from_db()
    assert post.person.user == user


@pytest.mark.parametrize("end", ["timeline", "absences", "staff"])
def test_a_post_that_was_over_a_year_ago_is_closed_to_the_practice_as_on_its_pages(
    post: Post, end: str
) -> None:
    manager = caller("practice_manager", post.organisation)
    for days, status in ((364, 200), (365, 404)):
        ended = today() - dt.timedelta(days=days)
        Post.objects.filter(pk=post.pk).update(ends_on=ended, end_reason="retired")
        assert manager.get(path_of(post, end)).status_code == status


@pytest.mark.parametrize("end", ["timeline", "absences", "staff"])
def test_another_practices_post_is_not_there(post: Post, end: str) -> None:
    other = PracticeFactory()
    manager = caller("practice_manager", other)
    assert manager.get(path_of(post, end)).status_code == 404
    path = f"/api/v1/practices/{other.code}/posts/{post.public_id}/{end}"
    assert manager.get(path).status_code == 404
