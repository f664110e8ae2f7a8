"""One's own record through the API: details, posts, drafts, telling, the own outlook."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEvent
from accounts.models.audit_event import Act
from organisations.clock import today
from retention.api.mine import NO_PLACE
from retention.models import Post, SessionPattern
from tests.factories.accounts import actor
from tests.factories.api import caller, caller_for, queries_of
from tests.factories.organisations import PracticeFactory
from tests.factories.retention import PersonFactory, PostFactory, SessionPatternFactory

pytestmark = pytest.mark.django_db
JSON = "application/json"
MONDAY = {"weekday": 0, "part": "am", "kind": "clinical", "minutes": 250}
MENTORING = {"weekday": 2, "part": "pm", "kind": "mentoring", "minutes": 125}


def own_post() -> tuple[Client, Post]:
    """Return a client and a post of its user, since long ago."""
    by = actor()
    person = PersonFactory(user=by.user, subject=by.user.subject)  # type: ignore[union-attr]  # this actor is a user
    return caller_for(by), PostFactory(person=person)


def save(client: Client, post: Post, version: int, *week: dict[str, Any]) -> Any:
    data = {"version": version, "week": list(week)}
    return client.put(f"/api/v1/me/posts/{post.public_id}/draft", data, content_type=JSON)


def tell(client: Client, post: Post, version: int, starts_on: dt.date) -> Any:
    data = {"version": version, "starts_on": starts_on.isoformat()}
    return client.post(f"/api/v1/me/posts/{post.public_id}/tell", data, content_type=JSON)


def test_details_are_empty_until_said() -> None:
    client = caller()
    assert client.get("/api/v1/me/person").json()["profession"] == ""
    said = {"version": 0, "name": "Dr Someone", "profession": "nurse", "year_of_birth": 1970}
    assert client.put("/api/v1/me/person", said, content_type=JSON).status_code == 200
    assert client.get("/api/v1/me/person").json() == {
        **said,
        "qualified_year": None,
        "version": 1,
    }
    early = {**said, "version": 1, "qualified_year": today().year + 1}
    refused = client.put("/api/v1/me/person", early, content_type=JSON)
    assert refused.json()["error"]["fields"][0]["field"] == "qualified_year"
    stale = client.put("/api/v1/me/person", said, content_type=JSON)
    assert (stale.status_code, stale.json()["error"]["code"]) == (409, "conflict")
    # Not the words for who has a page open.
    assert stale.json()["error"]["message"].endswith("Read it again.")


def test_details_are_read_without_posts() -> None:
    client, post = own_post()
    few = queries_of(client, "/api/v1/me/person"), queries_of(client, "/api/v1/me/plan")
    PostFactory.create_batch(3, person=post.person)
    assert (queries_of(client, "/api/v1/me/person"), queries_of(client, "/api/v1/me/plan")) == few


def test_a_post_is_declared_where_a_place_is_open() -> None:
    client = caller()
    data = {"organisation": "y00001", "role": "salaried", "starts_on": "2026-04-01"}
    refused = client.post("/api/v1/me/posts", data, content_type=JSON)
    assert refused.status_code == 422
    assert refused.json()["error"]["fields"] == [{"field": "organisation", "message": NO_PLACE}]
    PracticeFactory(code="Y00001")
    made = client.post("/api/v1/me/posts", data, content_type=JSON)
    assert made.status_code == 201
    assert made.json()["confirmed_on"] is None
    again = client.post("/api/v1/me/posts", data, content_type=JSON)
    assert again.status_code == 422
    assert "already has a post" in again.json()["error"]["message"]


def test_a_draft_is_saved_read_and_added_up() -> None:
    client, post = own_post()
    saved = save(client, post, 0, MONDAY, MENTORING).json()
    assert saved["told_at"] is None
    assert saved["totals"]["sessions"] == pytest.approx(1.5)
    assert saved["totals"]["minutes_by_kind"] == {"clinical": 250, "mentoring": 125}
    read = client.get(f"/api/v1/me/posts/{post.public_id}/draft").json()
    assert read["week"] == [MONDAY, MENTORING]


def test_of_two_windows_the_second_is_told_409() -> None:
    client, post = own_post()
    version = save(client, post, 0, MONDAY).json()["version"]
    assert save(client, post, version, MENTORING).status_code == 200
    late = save(client, post, version, MONDAY)
    assert late.status_code == 409
    assert late.json()["error"]["code"] == "conflict"
    assert client.get(f"/api/v1/me/posts/{post.public_id}/draft").json()["week"] == [MENTORING]


@pytest.mark.parametrize(
    "half_day",
    [
        {**MONDAY, "weekday": 6},
        {**MONDAY, "part": "night"},
        {**MONDAY, "kind": "leave"},
        {**MONDAY, "minutes": 481},
        {**MONDAY, "minutes": 0},
    ],
)
def test_a_half_day_that_cannot_be_is_refused(half_day: dict[str, Any]) -> None:
    client, post = own_post()
    assert save(client, post, 0, half_day).status_code == 422
    assert not SessionPattern.objects.exists()


def test_another_persons_draft_is_404() -> None:
    _, post = own_post()
    assert save(caller(), post, 0, MONDAY).status_code == 404
    assert caller().get(f"/api/v1/me/posts/{post.public_id}/draft").status_code == 404


def test_telling_starts_the_pattern_and_ends_the_one_before() -> None:
    client, post = own_post()
    before = SessionPatternFactory(post=post)
    version = save(client, post, 0, MONDAY).json()["version"]
    told = tell(client, post, version, today())
    assert told.status_code == 200
    assert told.json()["starts_on"] == today().isoformat()
    before.refresh_from_db()
    assert before.ends_on == today()
    mine = client.get("/api/v1/me/posts").json()[0]
    assert mine["current"]["week"] == [MONDAY]
    assert mine["draft"] is None
    assert len(mine["earlier"]) == 1


def test_a_start_out_of_its_limits_is_named() -> None:
    client, post = own_post()
    version = save(client, post, 0, MONDAY).json()["version"]
    assert tell(client, post, version + 1, today()).status_code == 409
    refused = tell(client, post, version, dt.date(9999, 12, 31))
    assert refused.status_code == 422
    assert refused.json()["error"]["fields"][0]["field"] == "starts_on"


def test_a_draft_is_deleted() -> None:
    client, post = own_post()
    save(client, post, 0, MONDAY)
    path = f"/api/v1/me/posts/{post.public_id}/draft"
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404


def test_the_own_outlook_is_made_on_request_and_audited() -> None:
    client, post = own_post()
    tell(client, post, save(client, post, 0, MONDAY).json()["version"], today())
    outlook = client.get("/api/v1/me/outlook").json()
    assert outlook["missing"] == ""
    assert outlook["age"] == today().year - 1966
    assert outlook["sessions"] == pytest.approx(1)
    assert (outlook["staff_group"], outlook["what_ifs"]) == ("gp", [])
    assert [told["cause"] for told in outlook["explanations"]] == [
        "retiring",
        "leaving for another reason",
    ]
    for horizon in outlook["horizons"]:
        chances = horizon["retire"] + horizon["leave_otherwise"] + horizon["stay"]
        assert chances == pytest.approx(1)
    assert AuditEvent.objects.get(act=Act.LOOKED_AT_OWN_OUTLOOK).door == "api"


def test_an_outlook_says_what_it_lacks() -> None:
    outlook = caller().get("/api/v1/me/outlook").json()
    assert (outlook["missing"], outlook["horizons"]) == ("profession", None)


def test_two_weeks_in_turn_and_terms_go_in_and_come_out() -> None:
    client, post = own_post()
    data = {
        "version": 0,
        "week": [MONDAY],
        "week_b": [MENTORING],
        "basis": "annualised",
        "weeks_a_year": 44,
        "sessions_a_year": 312,
        "actual_minutes": 2700,
    }
    saved = client.put(f"/api/v1/me/posts/{post.public_id}/draft", data, content_type=JSON).json()
    assert {name: saved[name] for name in data if name != "version"} == {
        name: value for name, value in data.items() if name != "version"
    }
    assert saved["totals"]["sessions"] == 6
    # 312 sessions of 250 minutes in 44 weeks.
    assert saved["totals"]["working_minutes"] == round(312 * 250 / 44)


@pytest.mark.parametrize(
    "wrong",
    [
        {"basis": "term_time"},
        {"basis": "annualised", "weeks_a_year": 44},
        {"weeks_a_year": 39},
        {"basis": "term_time", "weeks_a_year": 60},
        {"actual_minutes": -1},
    ],
)
def test_terms_that_do_not_fit_are_refused(wrong: dict[str, Any]) -> None:
    client, post = own_post()
    data = {"version": 0, "week": [MONDAY], **wrong}
    answer = client.put(f"/api/v1/me/posts/{post.public_id}/draft", data, content_type=JSON)
    assert answer.status_code == 422


def test_what_ifs_take_the_ranges_that_i_send_and_no_others() -> None:
    client, post = own_post()
    week = [{**MONDAY, "weekday": day, "part": part} for day in range(3) for part in ("am", "pm")]
    tell(client, post, save(client, post, 0, *week).json()["version"], today())
    sent = {"two_sessions_fewer": {"low": 10, "high": 40}}
    found = client.post("/api/v1/me/outlook", sent, content_type=JSON).json()
    ranges = {one["name"]: (one["low"], one["high"]) for one in found["what_ifs"]}
    assert ranges == {"two_sessions_fewer": (0.1, 0.4), "one_session_mentoring": (0.0, 0.1)}
    wrong = {"two_sessions_fewer": {"low": 50, "high": 40}}
    assert client.post("/api/v1/me/outlook", wrong, content_type=JSON).status_code == 422


def test_where_two_posts_meet_i_alone_am_told() -> None:
    client, post = own_post()
    other = PostFactory(person=post.person)
    for held in (post, other):
        save(client, held, 0, MONDAY)
    (clash,) = client.get("/api/v1/me/clashes").json()
    assert (clash["weekday"], clash["part"], clash["every_week"]) == (0, "am", True)
    places = {clash["first"]["code"], clash["second"]["code"]}
    assert places == {post.organisation.code, other.organisation.code}
    assert caller().get("/api/v1/me/clashes").json() == []
