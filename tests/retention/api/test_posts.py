"""A practice's posts through the API, for its manager."""

from typing import Any

import pytest

from accounts.models import AuditEvent
from accounts.models.audit_event import Act
from organisations.models import Organisation
from retention.models import Post
from tests.factories.api import caller, queries_of
from tests.factories.organisations import PracticeFactory
from tests.factories.retention import (
    DraftPatternFactory,
    PostFactory,
    SessionCellFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db
JSON = "application/json"
NEW = {"new_name": "Dr New", "new_profession": "gp", "role": "salaried", "starts_on": "2026-04-01"}


def add(practice: Organisation, **data: Any) -> Any:
    manager = caller("practice_manager", practice)
    return manager.post(f"/api/v1/practices/{practice.code}/posts", data, content_type=JSON)


def fields_of(refused: Any) -> list[str]:
    return [problem["field"] for problem in refused.json()["error"]["fields"]]


def test_a_manager_reads_told_weeks_and_no_draft() -> None:
    practice = PracticeFactory()
    post = PostFactory(organisation=practice)
    told = SessionPatternFactory(post=post)
    SessionCellFactory(pattern=told)
    SessionCellFactory(pattern=told, part="pm", kind="mentoring", minutes=100)
    SessionCellFactory(pattern=DraftPatternFactory(post=post), minutes=480)
    page = (
        caller("practice_manager", practice).get(f"/api/v1/practices/{practice.code}/posts").json()
    )
    assert page["count"] == 1
    current = page["items"][0]["current"]
    # Mentoring reads as other work unless its person agrees.
    assert [cell["kind"] for cell in current["week"]] == ["clinical", "other"]
    assert current["totals"]["minutes"] == 350
    assert page["items"][0]["coming"] == []
    assert AuditEvent.objects.get(act=Act.READ_POSTS).subject == post.person.subject_id


def test_queries_do_not_grow_with_people() -> None:
    practice = PracticeFactory()
    manager = caller("practice_manager", practice)
    path = f"/api/v1/practices/{practice.code}/posts"
    SessionCellFactory(pattern__post__organisation=practice)
    few = queries_of(manager, path)
    for _ in range(7):
        SessionCellFactory(pattern__post__organisation=practice)
    assert manager.get(path).json()["count"] == 8
    assert queries_of(manager, path) == few


def test_someone_new_gets_a_post_that_is_confirmed() -> None:
    made = add(PracticeFactory(), **NEW)
    assert made.status_code == 201
    assert made.json()["confirmed_on"] is not None
    assert Post.objects.get(public_id=made.json()["id"]).person.name == "Dr New"


def test_one_of_the_practices_people_gets_another_post() -> None:
    practice = PracticeFactory()
    person = PostFactory(organisation=practice, role="partner").person
    manager = caller("practice_manager", practice)
    choices = manager.get(f"/api/v1/practices/{practice.code}/people").json()
    key = {choice["name"]: choice["key"] for choice in choices}[person.name]
    made = add(practice, person=key, role="trainee", starts_on="2026-04-01")
    assert made.status_code == 201
    assert person.posts.count() == 2


def test_a_key_of_nobody_here_is_refused_and_makes_nobody_new() -> None:
    stranger = PostFactory().person
    for key in (f"person:{stranger.public_id}", "person:", "nobody"):
        refused = add(PracticeFactory(), **{**NEW, "person": key})
        assert (refused.status_code, fields_of(refused)) == (422, ["person"])
    assert Post.objects.count() == 1


def test_a_new_person_needs_a_name_and_a_profession() -> None:
    refused = add(PracticeFactory(), role="salaried", starts_on="2026-04-01")
    assert (refused.status_code, fields_of(refused)) == (422, ["new_name", "new_profession"])
    refused = add(PracticeFactory(), **{**NEW, "new_name": " "})
    assert (refused.status_code, fields_of(refused)) == (422, ["new_name"])


def test_a_post_is_confirmed_and_ended() -> None:
    practice = PracticeFactory()
    post = PostFactory(organisation=practice, confirmed_on=None)
    SessionPatternFactory(post=post)  # told, so the practice may know of it
    manager = caller("practice_manager", practice)
    path = f"/api/v1/practices/{practice.code}/posts/{post.public_id}"
    assert manager.post(f"{path}/confirm").json()["confirmed_on"] is not None
    end = {"ends_on": "2026-09-01", "reason": "retired"}
    ended = manager.post(f"{path}/end", end, content_type=JSON)
    assert (ended.json()["ends_on"], ended.json()["end_reason"]) == ("2026-09-01", "retired")
    assert manager.post(f"{path}/end", end, content_type=JSON).status_code == 422


def test_the_practice_next_door_is_404() -> None:
    post = PostFactory()
    manager = caller("practice_manager", PracticeFactory())
    path = f"/api/v1/practices/{post.organisation.code}/posts"
    assert manager.get(path).status_code == 404
    assert manager.post(f"{path}/{post.public_id}/confirm").status_code == 404
