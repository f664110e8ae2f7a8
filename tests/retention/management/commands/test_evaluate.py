from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from models.evaluation import hazard, simulated, simulated_fairness, stored
from tests.models.evaluation.test_hazard import judges
from tests.retention.management.commands.test_evaluate_hazard import as_file


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where figures are kept, in place of the project's; with quick runs."""
    path = tmp_path / "evaluation.json"
    path.write_text('{"other": {"method": "theirs"}}')
    store, run, simulate = stored.store_evaluation, hazard.evaluate, simulated.evaluate
    monkeypatch.setattr(
        stored, "store_evaluation", lambda *args, **named: store(*args, **named, path=path)
    )
    monkeypatch.setattr(simulated, "SIZES", (100,))
    monkeypatch.setattr(simulated, "evaluate", lambda: simulate(hubs=2, outcomes=20, rows=2_000))
    fair = simulated_fairness.evaluate
    monkeypatch.setattr(
        simulated_fairness, "evaluate", lambda: fair(hubs=1, person_years=200, rows=1_000)
    )
    monkeypatch.setattr(hazard, "evaluate", lambda rows: run(rows, draws=2))
    return path


def test_figures_are_written_beside_the_others(kept: Path, tmp_path: Path) -> None:
    years = as_file(judges(), tmp_path / "years.csv")
    call_command("evaluate", str(years), "--write", stdout=StringIO())
    found = stored.stored_evaluations(kept)
    assert set(found) == {"fairness", "hazard", "other", "simulated"}
    assert found["hazard"]["method"] == hazard.METHOD
    assert found["hazard"]["made_on"]
    assert found["hazard"]["data"]


def test_without_write_nothing_changes(kept: Path, tmp_path: Path) -> None:
    before, out = kept.read_text(), StringIO()
    call_command("evaluate", str(as_file(judges(), tmp_path / "years.csv")), stdout=out)
    assert kept.read_text() == before
    assert hazard.METHOD in out.getvalue()


@pytest.mark.real_data
def test_the_bulletin_alone_gives_the_roles(kept: Path, real_data: Path) -> None:
    book = real_data / "gpw-bulletin-2025-10.xlsx"
    call_command("evaluate", str(book), "--write", stdout=StringIO())
    found = stored.stored_evaluations(kept)
    assert set(found) == {"other", "roles"}
    assert found["roles"]["data"].endswith("September 2015 to October 2025")


def test_a_workbook_of_something_else_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    other.write_bytes(b"not a workbook")
    with pytest.raises(CommandError):
        call_command("evaluate", str(other))


@pytest.mark.real_data
def test_a_workbook_without_roles_is_told_what_is_wanted(real_data: Path) -> None:
    with pytest.raises(CommandError, match="role and age band"):
        call_command("evaluate", str(real_data / "ods-epcn-2024.xlsx"))


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(CommandError, match="nowhere.csv"):
        call_command("evaluate", "nowhere.csv")
