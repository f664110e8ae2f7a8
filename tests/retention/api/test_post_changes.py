"""My own word on a post through the API: private, told, undone; nobody else's door."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from accounts.actor import Actor
from accounts.models import AuditEvent
from accounts.models.audit_event import Act
from organisations.clock import today
from retention.models import Absence, Post, PostChange
from tests.factories.accounts import actor
from tests.factories.api import caller, caller_for, queries_of
from tests.factories.organisations import PracticeFactory
from tests.factories.retention import (
    PostChangeFactory,
    PostFactory,
    RegisteredPersonFactory,
)

pytestmark = pytest.mark.django_db
JSON = "application/json"
SOON = today() + dt.timedelta(days=30)


@pytest.fixture
def post() -> Post:
    return PostFactory(person=RegisteredPersonFactory())


@pytest.fixture
def by(post: Post) -> Actor:
    return actor("clinician", post.organisation, user=post.person.user)


@pytest.fixture
def me(by: Actor) -> Client:
    return caller_for(by)


def path_of(post: Post, end: str = "") -> str:
    return f"/api/v1/me/posts/{post.public_id}/change{end}"


def state(client: Client, post: Post, version: int = 0, **given: object) -> Any:
    data = {"change": "retired", "starts_on": SOON.isoformat(), "version": version, **given}
    return client.put(path_of(post), data, content_type=JSON)


def tell(client: Client, post: Post, version: int = 1) -> Any:
    return client.post(path_of(post, "/tell"), {"version": version}, content_type=JSON)


def test_what_i_write_down_is_read_back_and_changes_nothing(post: Post, me: Client) -> None:
    empty = me.get(path_of(post)).json()
    assert (empty["draft"], empty["told"]) == (None, [])
    assert empty["choices"][:2] == ["retired", "moved"]
    assert {"parental", "back"} & set(empty["choices"]) == {"parental"}
    saved = state(me, post)
    assert saved.status_code == 200
    draft = saved.json()["draft"]
    assert (draft["version"], draft["change"]) == (1, "retired")
    assert (draft["starts_on"], draft["back_on"]) == (SOON.isoformat(), None)
    assert draft["effects"][0].startswith("Your post ends")
    assert me.get(path_of(post)).json() == saved.json()
    post.refresh_from_db()
    assert (post.ends_on, post.end_reason) == (None, "")
    assert AuditEvent.objects.get(act=Act.STATED_CHANGE).door == "api"


def test_until_it_is_told_the_manager_reads_what_was_there_before(post: Post, me: Client) -> None:
    manager = caller("practice_manager", post.organisation)
    posts = f"/api/v1/practices/{post.organisation.code}/posts"
    before = manager.get(posts).json()
    state(me, post)
    assert manager.get(posts).json() == before
    told = tell(me, post).json()
    assert told["post"]["ends_on"] == SOON.isoformat()
    after = manager.get(posts).json()["items"][0]["post"]
    assert (after["ends_on"], after["end_reason"]) == (SOON.isoformat(), "retired")


def test_what_was_told_is_undone_before_its_day(post: Post, me: Client) -> None:
    state(me, post)
    told = tell(me, post).json()["told"][0]
    assert (told["change"], told["can_undo"]) == ("retired", True)
    undo = f"/api/v1/me/changes/{told['id']}/undo"
    undone = me.post(undo).json()
    assert (undone["told"], undone["post"]["ends_on"]) == ([], None)
    again = me.post(undo)
    assert again.status_code == 422
    assert "undone already" in again.json()["error"]["message"]


def test_leave_has_its_days_and_ends_when_i_say_so(post: Post, me: Client) -> None:
    back = (SOON + dt.timedelta(days=90)).isoformat()
    state(me, post, change="parental", back_on=back)
    tell(me, post)
    held = me.get("/api/v1/me/posts").json()[0]["absences"][0]
    assert (held["reason"], held["ends_on"]) == ("parental", back)
    earlier = (SOON + dt.timedelta(days=40)).isoformat()
    assert state(me, post, change="back", starts_on=earlier).status_code == 200
    tell(me, post)
    assert Absence.objects.get(post=post).ends_on.isoformat() == earlier  # type: ignore[union-attr]  # it has a day back


def test_a_draft_is_deleted(post: Post, me: Client) -> None:
    state(me, post)
    assert me.delete(path_of(post)).status_code == 204
    assert me.delete(path_of(post)).status_code == 204
    assert me.get(path_of(post)).json()["draft"] is None


def test_of_two_windows_the_second_is_told_409(post: Post, me: Client) -> None:
    state(me, post)
    assert state(me, post).status_code == 409
    assert state(me, post, 1, change="moved").status_code == 200
    assert tell(me, post, 1).status_code == 409
    assert not PostChange.objects.filter(told_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"change": "sick"}, "change"),
        ({"change": "back"}, "change"),
        ({"starts_on": "9999-12-31"}, "starts_on"),
        ({"change": "parental", "back_on": SOON.isoformat()}, "back_on"),
        ({"back_on": "2040-01-01"}, "back_on"),
    ],
)
def test_what_does_not_fit_is_named(
    post: Post, me: Client, given: dict[str, Any], field: str
) -> None:
    refused = state(me, post, **given)
    assert refused.status_code == 422
    assert refused.json()["error"]["fields"][0]["field"].endswith(field)
    assert not PostChange.objects.exists()


@pytest.mark.parametrize("role", ["practice_manager", "network_lead", "hub_retention_lead", None])
def test_nobody_else_reads_states_tells_deletes_or_undoes(post: Post, role: str | None) -> None:
    """As hostile as for the page: the draft stands, in another's hands as with its ids known."""
    PostChangeFactory(post=post)
    held = PostFactory(person=post.person)
    told = PostChangeFactory(post=held, told_at=dt.datetime.now(dt.UTC), starts_on=SOON)
    other = caller(role, post.organisation if role else None)
    assert other.get(path_of(post)).status_code == 404
    assert state(other, post, 1).status_code == 404
    assert tell(other, post).status_code == 404
    assert other.delete(path_of(post)).status_code == 404
    assert other.delete(f"/api/v1/me/posts/{post.public_id}").status_code == 404
    assert other.post(f"/api/v1/me/changes/{told.public_id}/undo").status_code == 404
    told.refresh_from_db()
    assert told.undone_at is None
    assert PostChange.objects.filter(post=post, told_at__isnull=True).exists()


def test_an_unconfirmed_post_is_taken_back_and_a_confirmed_one_is_not(
    me: Client, by: Actor
) -> None:
    person = by.user.person  # type: ignore[union-attr]  # this actor is a user with a record
    said = PostFactory(person=person, organisation=PracticeFactory(), confirmed_on=None)
    assert me.delete(f"/api/v1/me/posts/{said.public_id}").status_code == 204
    said.refresh_from_db()
    assert (said.ends_on, said.end_reason) == (today(), "not_known")
    confirmed = PostFactory(person=person, organisation=PracticeFactory())
    refused = me.delete(f"/api/v1/me/posts/{confirmed.public_id}")
    assert refused.status_code == 422
    assert "has confirmed" in refused.json()["error"]["message"]


def test_from_a_post_that_ended_i_come_back(post: Post, me: Client) -> None:
    assert me.get("/api/v1/me/posts/ended").json() == []
    post.ends_on, post.end_reason = today() - dt.timedelta(days=60), "retired"
    post.save()
    ended = me.get("/api/v1/me/posts/ended").json()
    assert [one["id"] for one in ended] == [str(post.public_id)]
    assert caller().get("/api/v1/me/posts/ended").json() == []
    assert me.get(path_of(post)).json()["choices"] == ["back"]
    state(me, post, change="back", starts_on=today().isoformat())
    assert tell(me, post).status_code == 200
    again = Post.objects.get(person=post.person, ends_on__isnull=True)
    assert (again.starts_on, again.confirmed_on) == (today(), None)


def test_reading_takes_as_many_queries_whatever_was_told(post: Post, me: Client) -> None:
    before = queries_of(me, path_of(post)), queries_of(me, "/api/v1/me/posts/ended")
    for days in range(3):
        told = dt.datetime.now(dt.UTC)
        PostChangeFactory(post=post, told_at=told, starts_on=SOON + dt.timedelta(days=days))
        long_ago = today() - dt.timedelta(days=30 * (days + 1))
        PostFactory(
            person=post.person,
            organisation=PracticeFactory(),
            ends_on=long_ago,
            end_reason="moved",
        )
    assert (queries_of(me, path_of(post)), queries_of(me, "/api/v1/me/posts/ended")) == before
