"""The page of a practice's rosters: template, upload, nothing changed."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from organisations.models import Organisation
from retention.imports.roster_file import MAX_BYTES
from retention.models import RosterConfirmation, RosterRun
from tests.factories.accounts import actor
from tests.factories.organisations import area_of_one_practice
from tests.factories.rosters import ANN, roster_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice() -> Organisation:
    return area_of_one_practice()["practice"]


@pytest.fixture
def manager(client: Client, practice: Organisation) -> Client:
    user = actor("practice_manager", practice).user
    assert user is not None
    client.force_login(user)
    return client


def upload(client: Client, practice: Organisation, data: bytes, **fields: str) -> Any:
    file = SimpleUploadedFile("staff.csv", data)
    form = {"file": file, "agreement": "", "told_on": "", **fields}
    return client.post(reverse("rosters", args=[practice.code]), form)


def test_an_upload_leads_to_what_would_happen(manager: Client, practice: Organisation) -> None:
    answer = upload(manager, practice, roster_csv(ANN))
    run = RosterRun.objects.get()
    assert answer.headers["Location"] == reverse("roster", args=[run.public_id])


def test_unknown_columns_lead_to_the_page_that_asks(
    manager: Client, practice: Organisation
) -> None:
    answer = upload(manager, practice, b"Who,What\nAnn,GP\n")
    run = RosterRun.objects.get()
    assert answer.headers["Location"] == reverse("roster-columns", args=[run.public_id])


@pytest.mark.parametrize(
    ("data", "told"),
    [(b"\x89PNG", "picture"), (b"", "empty"), (b"x" * (MAX_BYTES + 1), "larger than 10 MB")],
)
def test_a_file_that_cannot_be_read_is_told_on_the_form(
    manager: Client, practice: Organisation, data: bytes, told: str
) -> None:
    answer = upload(manager, practice, data)
    assert told in answer.content.decode()
    assert RosterRun.objects.count() == 0


def test_an_upload_that_was_cut_off_stores_nothing(manager: Client, practice: Organisation) -> None:
    """The connection drops within the file: what follows it in the form never comes."""
    mark = "cut"
    body = (
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="staff.csv"\r\n'
        "Content-Type: text/csv\r\n\r\n"
    ).encode() + roster_csv(ANN, ANN)[:90]
    answer = manager.generic(
        "POST",
        reverse("rosters", args=[practice.code]),
        body,
        content_type=f"multipart/form-data; boundary={mark}",
    )
    assert "cut off before its end" in answer.content.decode()
    assert RosterRun.objects.count() == 0


def test_nothing_changed_is_one_press(manager: Client, practice: Organisation) -> None:
    page = reverse("rosters", args=[practice.code])
    assert "not confirmed its staff here yet" in manager.get(page).content.decode()
    manager.post(reverse("roster-unchanged", args=[practice.code]))
    assert RosterConfirmation.objects.get().practice == practice
    assert "last confirmed its staff on" in manager.get(page).content.decode()


def test_the_template_comes_as_csv_and_as_a_workbook(
    manager: Client, practice: Organisation
) -> None:
    text = manager.get(reverse("roster-csv", args=[practice.code]))
    assert text.headers["Content-Disposition"] == 'attachment; filename="roster-template.csv"'
    assert b"CONTRACTED_SESSION" in text.content
    book = load_workbook(
        io.BytesIO(manager.get(reverse("roster-xlsx", args=[practice.code])).content)
    )
    assert book.sheetnames == ["Roster", "Lists", "Instructions"]
