"""Files to be saved."""

import pytest

from retention.presenters.spreadsheets import CSV, XLSX
from retention.views.downloads import download


@pytest.mark.parametrize(("content", "kind"), [("a;é", CSV), (b"PK", XLSX)])
def test_a_file_is_saved_by_its_name_and_not_shown(content: str | bytes, kind: str) -> None:
    response = download(content, kind, "outlook-U12345.csv")
    assert response["Content-Disposition"] == 'attachment; filename="outlook-U12345.csv"'
    assert response["Content-Type"] == kind
    assert response.content == (content.encode() if isinstance(content, str) else content)
