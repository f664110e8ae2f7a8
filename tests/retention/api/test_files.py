"""Published files through the API: the same report as the command prints."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.fixtures import Settings

from accounts.models import AuditEvent
from accounts.models.audit_event import Act
from organisations.models import Organisation
from tests.factories.api import caller
from tests.factories.organisations import HubFactory
from tests.retention.imports.published_files import LEVEL_ROW, MAP_ROW, csv_bytes

pytestmark = pytest.mark.django_db


def load(content: bytes, *, role: str = "hub_retention_lead", **terms: Any) -> Any:
    file = SimpleUploadedFile("map.csv", content)
    return caller(role, HubFactory()).post("/api/v1/files", {"file": file, **terms})


def test_a_file_is_loaded_and_reported_as_the_command_does() -> None:
    answer = load(csv_bytes([MAP_ROW]))
    assert answer.status_code == 200
    (report,) = answer.json()["files"]
    assert (report["file"], report["format"], report["created"]) == ("map.csv", "practice_map", 1)
    assert Organisation.objects.filter(code=MAP_ROW["PRACTICE_CODE"]).exists()
    assert AuditEvent.objects.get(act=Act.IMPORTED_FILE).door == "api"


def test_a_dry_run_reports_the_same_and_writes_nothing() -> None:
    (report,) = load(csv_bytes([MAP_ROW]), dry_run=True).json()["files"]
    assert report["created"] == 1
    assert not Organisation.objects.filter(code=MAP_ROW["PRACTICE_CODE"]).exists()
    assert not AuditEvent.objects.filter(act=Act.IMPORTED_FILE).exists()


def test_one_rejected_line_stores_nothing_and_is_named() -> None:
    answer = load(csv_bytes([MAP_ROW, {**MAP_ROW, "PRACTICE_CODE": "?"}]))
    (report,) = answer.json()["files"]
    assert [rejected["line"] for rejected in report["rejected"]] == [3]
    assert report["created"] == 0
    assert not Organisation.objects.filter(code=MAP_ROW["PRACTICE_CODE"]).exists()


def test_a_file_without_its_month_takes_one_beside_it() -> None:
    assert load(csv_bytes([LEVEL_ROW]), month="2025-06").status_code == 200
    assert load(csv_bytes([LEVEL_ROW]), month="June").status_code == 422


def test_whoever_may_load_nothing_is_refused_before_the_file_is_read() -> None:
    assert load(b"", role="board_viewer").status_code == 404


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
