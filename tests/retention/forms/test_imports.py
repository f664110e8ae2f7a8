"""A published file in a form: its size, and the month that it does not print."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.datastructures import MultiValueDict
from pytest_django.fixtures import Settings

from retention.forms.imports import MEGABYTE, PublishedFileForm


def sent(content: bytes, month: str = "") -> PublishedFileForm:
    file: UploadedFile[bytes] = SimpleUploadedFile("f.csv", content)
    files = MultiValueDict({"file": [file]})
    return PublishedFileForm({"month": month}, files)


@pytest.mark.parametrize(
    ("month", "first_day"), [("", None), ("  ", None), (" 2025-06 ", dt.date(2025, 6, 1))]
)
def test_a_month_is_its_first_day(month: str, first_day: dt.date | None) -> None:
    form = sent(b"a,b", month)
    assert form.is_valid()
    assert form.cleaned_data["month"] == first_day


@pytest.mark.parametrize("month", ["June 2025", "2025-13", "2025-06-01", "2025"])
def test_another_way_to_write_a_month_is_refused(month: str) -> None:
    assert sent(b"a,b", month).errors == {"month": ["Write the month as 2025-06."]}


def test_a_file_over_the_limit_is_refused_unread(settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = MEGABYTE
    assert sent(b"x" * MEGABYTE).is_valid()
    assert "larger than 1 MB" in sent(b"x" * (MEGABYTE + 1)).errors["file"][0]
