"""Who am I, and who looked: through the API as on the pages."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from accounts import audit
from accounts.actions.tokens import end_token
from accounts.models import ApiToken, AuditEvent
from accounts.models.audit_event import Act
from accounts.queries.tokens import tokens_of
from tests.factories.accounts import RoleGrantFactory, UserFactory, actor
from tests.factories.api import caller, caller_for
from tests.factories.organisations import HubFactory, PracticeFactory, area_of_one_practice

pytestmark = pytest.mark.django_db


def test_me_tells_the_role_of_the_token_and_all_that_are_held() -> None:
    by = actor("clinician", PracticeFactory(code="Y00001"))
    RoleGrantFactory(user=by.user, role="network_lead", organisation=PracticeFactory())
    me = caller_for(by).get("/api/v1/me").json()
    assert me["role"]["key"] == "clinician"
    assert me["role"]["organisation"]["code"] == "Y00001"
    assert {role["key"] for role in me["roles"]} == {"clinician", "network_lead"}


def test_a_token_without_a_role_gives_ones_own_things() -> None:
    client = caller()
    assert client.get("/api/v1/me").json()["role"] is None
    assert client.get("/api/v1/me/person").status_code == 200


def test_a_token_that_was_ended_opens_nothing() -> None:
    by = actor()
    client = caller_for(by)
    assert by.user is not None
    end_token(by=by, token=tokens_of(by.user).get())
    assert client.get("/api/v1/me").status_code == 401


def test_a_token_ends_on_its_day() -> None:
    client = caller()
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=2)):
        assert client.get("/api/v1/me").status_code == 401


def test_a_token_ends_with_its_role() -> None:
    by = actor("clinician", PracticeFactory())
    client = caller_for(by)
    assert by.role is not None
    by.role.ends_on = by.role.starts_on + dt.timedelta(days=1)
    by.role.save()
    assert client.get("/api/v1/me").status_code == 401


def test_a_token_ends_with_its_account() -> None:
    by = actor()
    client = caller_for(by)
    assert by.user is not None
    by.user.is_active = False
    by.user.save()
    assert client.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "Bearer rethub_x", "é"])
def test_what_is_no_token_is_401(header: str) -> None:
    response = Client(headers={"Authorization": header}).get("/api/v1/me")
    assert response.status_code == 401
    assert response.json()["error"]["code"] == "not_signed_in"


def test_the_text_of_a_token_is_not_stored() -> None:
    client = caller()
    text = client.defaults["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    assert not ApiToken.objects.filter(digest=text).exists()


def test_who_looked_names_who_when_and_through_what() -> None:
    mine, lead = actor(), actor("hub_retention_lead", HubFactory(name="Example Hub"))
    assert lead.user is not None
    assert mine.subject_id is not None
    audit.record_reads(by=lead, act=Act.READ_PLAN, subjects=[mine.subject_id])
    page = caller_for(mine).get("/api/v1/me/who-looked").json()
    assert page["count"] == 1
    assert page["items"][0]["who"] == lead.user.name
    assert page["items"][0]["role"] == "Hub retention lead, Example Hub"
    assert page["items"][0]["whom"] == "You"


def test_reading_the_audit_log_is_itself_audited_through_the_api() -> None:
    places = area_of_one_practice()
    administrator = actor("hub_administrator", places["hub"])
    manager = actor("practice_manager", places["practice"])
    someone = UserFactory()
    audit.record_reads(by=manager, act=Act.READ_POSTS, subjects=[someone.subject_id])
    audit.record_reads(by=manager, act=Act.READ_PLAN, subjects=[someone.subject_id])
    page = caller_for(administrator).get(f"/api/v1/hubs/{places['hub'].slug}/audit").json()
    told = {row["what"] for row in page["items"]}
    assert Act.READ_POSTS.label in told
    assert Act.READ_PLAN.label not in told  # a plan is its person's own business
    assert someone.name not in str(page)  # nor is who has a post an administrator's
    assert manager.user is not None
    read = AuditEvent.objects.filter(act=Act.READ_AUDIT, subject=manager.user.subject_id)
    assert read.get().door == "api"


def test_paging_gives_a_part_and_counts_all() -> None:
    for _ in range(5):
        HubFactory()
    client = caller()
    page = client.get("/api/v1/hubs", {"limit": 2, "offset": 4}).json()
    assert (len(page["items"]), page["count"]) == (1, 5)


@pytest.mark.parametrize(
    "query", [{"limit": 0}, {"limit": 201}, {"offset": -1}, {"offset": 10**22}, {"limit": "all"}]
)
def test_paging_has_limits(query: dict[str, int | str]) -> None:
    assert caller().get("/api/v1/hubs", query).status_code == 422
