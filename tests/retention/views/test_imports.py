"""The upload page: for the people of a hub who may load published files."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from organisations.models import Organisation
from retention.models import ImportRun
from retention.models.import_run import ImportState
from tests.factories.accounts import RoleGrantFactory
from tests.factories.organisations import HubFactory
from tests.retention.imports.published_files import csv_bytes, map_rows

pytestmark = pytest.mark.django_db
GOOD = csv_bytes(map_rows({}))


@pytest.fixture
def hub() -> Organisation:
    hub: Organisation = HubFactory()
    return hub


@pytest.fixture
def lead(client: Client, hub: Organisation) -> Client:
    client.force_login(RoleGrantFactory(role="hub_retention_lead", organisation=hub).user)
    return client


def upload(client: Client, content: bytes, name: str = "map.csv", **fields: str) -> str:
    response = client.post(
        reverse("imports"), {"file": SimpleUploadedFile(name, content), **fields}, follow=True
    )
    assert response.status_code == 200
    return response.content.decode()


def test_the_whole_way_of_a_file(
    lead: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    assert "No file has been uploaded yet" in lead.get(reverse("imports")).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        upload(lead, GOOD)
    run = ImportRun.objects.get()
    page = lead.get(reverse("import-run", args=[run.public_id])).content.decode()
    assert "Load this file" in page
    with django_capture_on_commit_callbacks(execute=True):
        lead.post(reverse("import-confirm", args=[run.public_id]))
    page = lead.get(reverse("import-run", args=[run.public_id])).content.decode()
    assert "The whole file is in the record" in page
    assert "Load this file" not in page
    assert "Loaded" in lead.get(reverse("imports")).content.decode()


def test_a_page_under_way_says_how_far_it_is(lead: Client) -> None:
    assert "Waiting for its turn" in upload(lead, GOOD)
    run = ImportRun.objects.get()
    ImportRun.objects.update(step="comparing", rows_read=6139)
    page = lead.get(reverse("import-run", args=[run.public_id])).content.decode()
    assert "Step 2 of 2: comparing it with the record: 6,139 rows" in page
    assert '<progress id="import-progress" max="2" value="2">' in page


def test_a_page_under_way_asks_again_by_itself_and_by_a_link(lead: Client) -> None:
    page = upload(lead, GOOD)
    assert 'hx-trigger="every 2s"' in page
    assert "Look again" in page
    run = ImportRun.objects.get()
    part = lead.get(reverse("import-run", args=[run.public_id]), headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()


def test_a_refused_file_says_line_and_reason(
    lead: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        upload(lead, csv_bytes(map_rows({"PRACTICE_CODE": "<b>"})))
    page = lead.get(reverse("import-run", args=[ImportRun.objects.get().public_id]))
    text = page.content.decode()
    assert "Line 2: The practice code “&lt;B&gt;” is not valid" in text
    assert "Nothing of this file was stored" in text


@pytest.mark.parametrize(
    ("content", "fields", "message"),
    [
        (None, {}, "Choose a file to upload"),
        (b"", {}, "This file is empty"),
        (GOOD, {"month": "June"}, "Write the month as 2025-06"),
    ],
)
def test_what_is_wrong_with_an_upload_is_said(
    lead: Client, content: bytes | None, fields: dict[str, str], message: str
) -> None:
    data: dict[str, object] = dict(fields)
    if content is not None:
        data["file"] = SimpleUploadedFile("map.csv", content)
    page = lead.post(reverse("imports"), data).content.decode()
    assert message in page
    assert "<title>Error: " in page
    assert not ImportRun.objects.exists()


def test_a_file_over_the_limit_is_not_kept(lead: Client, settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = 10
    assert "larger than 0 MB" in upload(lead, GOOD)
    assert not ImportRun.objects.exists()


def test_the_month_given_by_hand_is_kept(lead: Client) -> None:
    upload(lead, GOOD, month="2026-07")
    month = ImportRun.objects.get().month
    assert month is not None
    assert month.isoformat() == "2026-07-01"


def test_a_file_that_changes_nothing_offers_nothing_to_load(
    lead: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            upload(lead, GOOD)
        run = ImportRun.objects.latest("uploaded_at")
        with django_capture_on_commit_callbacks(execute=True):
            lead.post(reverse("import-confirm", args=[run.public_id]))
        if run.state == ImportState.CHECKING:
            run.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        upload(lead, GOOD)
    run = ImportRun.objects.latest("uploaded_at")
    page = lead.get(reverse("import-run", args=[run.public_id])).content.decode()
    assert "There is nothing to load" in page
    assert "Load this file" not in page


def test_an_upload_can_be_removed_and_a_lost_one_asked_again(lead: Client) -> None:
    upload(lead, GOOD)
    run = ImportRun.objects.get()
    assert lead.post(reverse("import-retry", args=[run.public_id])).status_code == 302
    page = lead.post(reverse("import-drop", args=[run.public_id]), follow=True).content.decode()
    assert "Nothing of it was stored" in page
    assert not ImportRun.objects.exists()


def test_a_refused_file_cannot_be_confirmed(lead: Client, hub: Organisation) -> None:
    run = ImportRun.objects.create(hub=hub, file_name="x.csv", state=ImportState.REFUSED)
    page = lead.post(reverse("import-confirm", args=[run.public_id]), follow=True)
    assert "This file cannot be loaded" in page.content.decode()


def test_another_hubs_upload_does_not_exist(lead: Client) -> None:
    run = ImportRun.objects.create(hub=HubFactory(), file_name="x.csv")
    for name in ("import-confirm", "import-retry", "import-drop"):
        assert lead.post(reverse(name, args=[run.public_id])).status_code == 404
    assert lead.get(reverse("import-run", args=[run.public_id])).status_code == 404
    assert lead.get(reverse("import-run", args=[uuid.uuid4()])).status_code == 404
