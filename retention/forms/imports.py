"""The form that takes a published file."""

import datetime as dt

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

MEGABYTE = 1_048_576


class PublishedFileForm(forms.Form):
    """One file, plain or zip; its size is checked before it is read."""

    file = forms.FileField(
        label="Published file",
        help_text=(
            "As published: CSV, Excel workbook or zip. The practice map, the workforce files, "
            "registered patients, networks and practices with dates, deprivation and others. "
            "It is checked first and shown to you; nothing is stored before you say so."
        ),
        error_messages={
            "required": "Choose a file to upload.",
            "empty": "This file is empty. Download it again and upload the new copy.",
        },
    )

    month = forms.CharField(
        label="Month of the file",
        required=False,
        help_text="Only for a file that does not print its own month. For example, 2025-06.",
        widget=forms.TextInput(attrs={"size": 7, "inputmode": "text"}),
    )

    def clean_month(self) -> dt.date | None:
        """Return the first day of the month, or None."""
        # Typed, not chosen from a list: a file may be of a month that nobody has loaded yet.
        text = self.cleaned_data["month"].strip()
        if not text:
            return None
        try:
            return dt.date.fromisoformat(f"{text}-01")
        except ValueError as wrong:
            raise forms.ValidationError("Write the month as 2025-06.") from wrong

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse a file over the limit."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > settings.UPLOAD_MAX_BYTES:
            limit = settings.UPLOAD_MAX_BYTES // MEGABYTE
            raise forms.ValidationError(
                f"This file is larger than {limit} MB. Upload the zip as published."
            )
        return file
