"""Published files through the API: handed to a worker, with the report the command prints."""

from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from accounts.models import AuditEvent
from accounts.models.audit_event import Act
from organisations.models import Organisation
from tests.factories.api import caller
from tests.factories.organisations import HubFactory
from tests.retention.imports.published_files import LEVEL_ROW, MAP_ROW, csv_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Any:
    """Run what is handed to workers, and what they hand on in turn."""
    return partial(django_capture_on_commit_callbacks, execute=True)


def load(content: bytes, client: Client | None = None, **terms: Any) -> Any:
    client = client or caller("hub_retention_lead", HubFactory())
    return client.post("/api/v1/files", {"file": SimpleUploadedFile("map.csv", content), **terms})


def test_a_file_is_taken_and_loaded_by_a_worker(work: Any) -> None:
    client = caller("hub_retention_lead", HubFactory())
    with work():
        answer = load(csv_bytes([MAP_ROW]), client)
    assert answer.status_code == 202
    taken = answer.json()
    assert (taken["state"], taken["done"], taken["files"]) == ("checking", False, [])
    assert taken["address"] == f"/api/v1/files/{taken['id']}"
    done = client.get(taken["address"]).json()
    assert (done["state"], done["done"], done["step"]) == ("loaded", True, "")
    (report,) = done["files"]
    assert (report["file"], report["format"], report["created"]) == ("map.csv", "practice_map", 1)
    assert Organisation.objects.filter(code=MAP_ROW["PRACTICE_CODE"]).exists()
    assert AuditEvent.objects.filter(act=Act.IMPORTED_FILE).count() == 1


def test_nothing_is_loaded_within_the_request() -> None:
    assert load(csv_bytes([MAP_ROW])).json()["state"] == "checking"
    assert not Organisation.objects.filter(code=MAP_ROW["PRACTICE_CODE"]).exists()


def test_a_dry_run_reports_the_same_writes_nothing_and_can_be_loaded(work: Any) -> None:
    client = caller("hub_retention_lead", HubFactory())
    with work():
        address = load(csv_bytes([MAP_ROW]), client, dry_run=True).json()["address"]
    checked = client.get(address).json()
    assert (checked["state"], checked["done"]) == ("ready", True)
    assert checked["files"][0]["created"] == 1
    assert not Organisation.objects.filter(code=MAP_ROW["PRACTICE_CODE"]).exists()
    assert not AuditEvent.objects.filter(act=Act.IMPORTED_FILE).exists()
    for _ in range(2):
        with work():
            assert client.post(f"{address}/load").status_code == 202
    assert client.get(address).json()["state"] == "loaded"
    assert AuditEvent.objects.filter(act=Act.IMPORTED_FILE).count() == 1


def test_one_rejected_line_stores_nothing_and_is_named(work: Any) -> None:
    client = caller("hub_retention_lead", HubFactory())
    with work():
        answer = load(csv_bytes([MAP_ROW, {**MAP_ROW, "PRACTICE_CODE": "?"}]), client)
    done = client.get(answer.json()["address"]).json()
    assert done["state"] == "refused"
    assert [rejected["line"] for rejected in done["files"][0]["rejected"]] == [3]
    assert not Organisation.objects.filter(code=MAP_ROW["PRACTICE_CODE"]).exists()
    assert client.post(f"{answer.json()['address']}/load").status_code == 422


def test_the_file_of_another_hub_is_not_there() -> None:
    address = load(csv_bytes([MAP_ROW])).json()["address"]
    assert caller("hub_retention_lead", HubFactory()).get(address).status_code == 404


def test_a_file_without_its_month_takes_one_beside_it() -> None:
    assert load(csv_bytes([LEVEL_ROW]), month="2025-06").status_code == 202
    assert load(csv_bytes([LEVEL_ROW]), month="June").status_code == 422


def test_whoever_may_load_nothing_is_refused_before_the_file_is_read() -> None:
    assert load(b"", caller("board_viewer", HubFactory())).status_code == 404


def test_a_file_over_the_limit_is_413(settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = 1_000
    # Within the allowance for a form's other lines, so the file itself is weighed.
    answer = load(b"x" * 1_001)
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "too_large"


def test_a_form_without_a_file_is_422() -> None:
    answer = caller("hub_administrator", HubFactory()).post("/api/v1/files", {"month": ""})
    assert answer.status_code == 422
    assert answer.json()["error"]["fields"][0]["field"] == "file.file"


def test_a_broken_form_is_400() -> None:
    client = caller("hub_administrator", HubFactory())
    kind = "multipart/form-data; boundary="
    answer = client.post("/api/v1/files", b"broken", content_type=kind)
    assert answer.status_code == 400


def test_heavy_requests_have_a_limit_of_their_own(settings: Settings) -> None:
    settings.API_HEAVY_REQUESTS_A_MINUTE = 1
    client = caller("hub_administrator", HubFactory())
    answers = [client.post("/api/v1/files", {"month": ""}).status_code for _ in range(4)]
    assert answers[-1] == 429
    assert client.get("/api/v1/me").status_code == 200


def test_files_are_listed_asked_for_again_and_forgotten(work: Any) -> None:
    hub = HubFactory()
    client = caller("hub_retention_lead", hub)
    load(csv_bytes([MAP_ROW]))
    taken = load(csv_bytes([MAP_ROW]), client).json()
    (line,) = client.get("/api/v1/files").json()
    assert (line["id"], line["state"], line["file_name"]) == (taken["id"], "checking", "map.csv")
    assert client.post(f"{taken['address']}/retry").status_code == 202
    assert client.delete(taken["address"]).status_code == 204
    assert client.get("/api/v1/files").json() == []
    assert caller("clinician", HubFactory()).get("/api/v1/files").status_code == 404
