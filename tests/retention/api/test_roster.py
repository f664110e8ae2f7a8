"""Rosters through the API."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from organisations.clock import today
from organisations.models import Organisation
from organisations.queries.agreements import KEEPING_POSTS
from retention.models import Post, RosterRun
from tests.factories.api import caller
from tests.factories.organisations import AgreementFactory, PracticeFactory, area_of_one_practice
from tests.factories.retention import PostFactory
from tests.factories.rosters import ANN, BOB, roster_csv

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def area() -> dict[str, Organisation]:
    return area_of_one_practice()


@pytest.fixture
def manager(area: dict[str, Organisation]) -> Client:
    return caller("practice_manager", area["practice"])


def upload(client: Client, practice: Organisation, data: bytes, **terms: str) -> Any:
    file = SimpleUploadedFile("staff.csv", data)
    return client.post(f"/api/v1/practices/{practice.code}/rosters", {"file": file, **terms})


def test_a_roster_goes_all_the_way(manager: Client, area: dict[str, Organisation]) -> None:
    AgreementFactory(hub=area["hub"], purpose=KEEPING_POSTS)
    terms = {"agreement_hub": str(area["hub"].slug), "told_on": today().isoformat()}
    answer = upload(manager, area["practice"], roster_csv(ANN, {**BOB, "STAFF_ROLE": "?"}), **terms)
    assert answer.status_code == 202
    run = answer.json()["id"]
    shown = manager.get(f"/api/v1/rosters/{run}").json()
    assert (shown["state"], shown["counts"]["rejected"]) == ("ready", 1)
    done = manager.post(f"/api/v1/rosters/{run}/confirm", {}, content_type="application/json")
    assert done.status_code == 202
    assert manager.get(f"/api/v1/rosters/{run}").json()["state"] == "loaded"
    assert Post.objects.in_figures(today()).count() == 1
    assert manager.post(f"/api/v1/rosters/{run}/undo").json() == {"undone": 1, "kept": []}
    assert Post.objects.count() == 0


def test_columns_are_named(manager: Client, area: dict[str, Organisation]) -> None:
    run = upload(manager, area["practice"], b"Who,What\nAnn,GP partner\n").json()
    assert run["state"] == "columns"
    url = f"/api/v1/rosters/{run['id']}/columns"
    body = {"columns": {"Who": "NAME", "What": "STAFF_ROLE"}}
    assert manager.post(url, body, content_type="application/json").json()["state"] == "ready"
    again = manager.post(url, body, content_type="application/json")
    assert again.status_code == 422
    assert "past that step" in again.json()["error"]["message"]


def test_another_practice_does_not_exist(manager: Client) -> None:
    assert upload(manager, PracticeFactory(), roster_csv(ANN)).status_code == 404
    assert RosterRun.objects.count() == 0


def test_a_file_that_cannot_be_read_is_told(manager: Client, area: dict[str, Organisation]) -> None:
    answer = upload(manager, area["practice"], b"%PDF-1.7")
    assert answer.status_code == 422
    assert "PDF" in answer.content.decode()


def test_nothing_changed(manager: Client, area: dict[str, Organisation]) -> None:
    url = f"/api/v1/practices/{area['practice'].code}/rosters/unchanged"
    assert manager.post(url).json() == {"confirmed_on": today().isoformat()}


def test_who_somebody_is_is_answered_and_the_roster_checked_again(
    manager: Client, area: dict[str, Organisation]
) -> None:
    known = PostFactory(organisation=area["practice"], person__name=ANN["NAME"])
    nameless = {key: value for key, value in ANN.items() if "NUMBER" not in key}
    run = upload(manager, area["practice"], roster_csv(nameless)).json()["id"]
    (row,) = manager.get(f"/api/v1/rosters/{run}").json()["rows"]
    assert (row["outcome"], row["who"]) == (
        "ask",
        [[str(known.person.public_id), ANN["NAME"]]],
    )
    url = f"/api/v1/rosters/{run}/who"
    answer = {"line": row["line"], "person": None}
    done = manager.post(url, {"answers": [answer]}, content_type="application/json")
    assert done.status_code == 202
    assert manager.get(f"/api/v1/rosters/{run}").json()["counts"]["created"] == 1
    # An answer that is not offered leaves the row asking.
    answer["person"] = "00000000-0000-4000-8000-000000000000"
    manager.post(url, {"answers": [answer]}, content_type="application/json")
    assert manager.get(f"/api/v1/rosters/{run}").json()["counts"]["ask"] == 1


def test_rejected_rows_come_as_a_file_that_can_be_mended(
    manager: Client, area: dict[str, Organisation]
) -> None:
    rows = roster_csv(ANN, {**BOB, "STAFF_ROLE": "?"})
    run = upload(manager, area["practice"], rows).json()["id"]
    answer = manager.get(f"/api/v1/rosters/{run}/rejected.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert len(lines) == 2
    assert BOB["NAME"] in lines[1]


def test_agreement_and_notice_can_be_named_after_the_load(
    manager: Client, area: dict[str, Organisation]
) -> None:
    AgreementFactory(hub=area["hub"], purpose=KEEPING_POSTS)
    run = upload(manager, area["practice"], roster_csv(ANN)).json()["id"]
    manager.post(f"/api/v1/rosters/{run}/confirm", {}, content_type="application/json")
    assert Post.objects.in_figures(today()).count() == 0
    url = f"/api/v1/rosters/{run}/notice"
    body = {"agreement_hub": "no-such-hub", "told_on": today().isoformat()}
    assert manager.post(url, body, content_type="application/json").status_code == 422
    body["agreement_hub"] = str(area["hub"].slug)
    assert manager.post(url, body, content_type="application/json").json() == {"posts": 1}
    assert Post.objects.in_figures(today()).count() == 1
