"""The import_data command: exit status, JSON and words."""

import datetime as dt
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from organisations.models import Organisation
from retention.models import PublishedCount
from tests.retention.imports.published_files import csv_bytes, level_rows, map_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "map.csv"
    path.write_bytes(csv_bytes(map_rows({}, {})))
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.csv"
    path.write_bytes(csv_bytes(map_rows({}, {"PRACTICE_CODE": "X"})))
    return path


def run(*args: object) -> str:
    out = io.StringIO()
    call_command("import_data", *map(str, args), stdout=out)
    return out.getvalue()


def test_json_has_the_agreed_shape(good: Path) -> None:
    assert json.loads(run(good, "--json")) == {
        "files": [
            {
                "file": str(good),
                "format": "practice_map",
                "rows": 2,
                "created": 2,
                "changed": 0,
                "unchanged": 0,
                "rejected": [],
                "warnings": [],
            }
        ]
    }


def test_a_refused_file_fails_the_call_and_the_others_stand(good: Path, bad: Path) -> None:
    out = io.StringIO()
    with pytest.raises(CommandError, match="1 of 2 files were not stored"):
        call_command("import_data", str(bad), str(good), "--json", stdout=out)
    first, second = json.loads(out.getvalue())["files"]
    assert [item["line"] for item in first["rejected"]] == [3]
    assert (first["created"], first["unchanged"], second["created"]) == (0, 1, 2)
    assert Organisation.objects.filter(code="Z90002").exists()


def test_words_name_line_and_reason(bad: Path) -> None:
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_data", str(bad), stdout=out)
    assert f"{bad}: not stored" in out.getvalue()
    assert "line 3: The practice code “X” is not valid" in out.getvalue()


def test_a_dry_run_writes_nothing(good: Path) -> None:
    assert "checked, nothing written" in run(good, "--dry-run")
    assert not Organisation.objects.exists()


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_data", str(tmp_path / "none.csv"), stdout=out)
    assert "There is no such file" in out.getvalue()


def test_the_month_can_be_given(tmp_path: Path) -> None:
    rows = [{k: v for k, v in row.items() if k not in ("year", "month")} for row in level_rows({})]
    path = tmp_path / "level.csv"
    path.write_bytes(csv_bytes(rows))
    assert ": stored" in run(path, "--month", "2024-03")
    assert PublishedCount.objects.values_list("month", flat=True)[0] == dt.date(2024, 3, 1)
    with pytest.raises(CommandError, match="write it as 2025-06"):
        run(path, "--month", "March")
