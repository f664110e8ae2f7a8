"""What runs without settings: the checks of our own figures, and nothing that touches a record."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command as in a new checkout, where nobody has set anything."""
    unset = ("RETENTION_HUB_ENV", "SECRET_KEY", "PLAN_KEYS", "ALLOWED_HOSTS", "DATABASE_URL")
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment["RETENTION_HUB_DATA_DIR"] = str(folder)
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_model_card_needs_no_settings(tmp_path: Path) -> None:
    found = run(tmp_path, "model_card")
    assert found.returncode == 0, found.stderr
    assert found.stdout == (ROOT / "docs" / "model-card.md").read_text()
    # No database was made on the way.
    assert not [file for file in tmp_path.iterdir() if "sqlite" in file.name]


@pytest.mark.parametrize("command", [["migrate"], ["outlook", "ENG"], ["import_data", "x.csv"]])
def test_what_touches_a_record_starts_in_production_alone(
    tmp_path: Path, command: list[str]
) -> None:
    found = run(tmp_path, *command)
    assert found.returncode != 0
    assert "SECRET_KEY (or SECRET_KEY_FILE) must be set" in found.stderr
    assert not list(tmp_path.iterdir())
