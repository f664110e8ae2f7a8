"""`manage.py backtest`: the bars on the published series, its shape, and its refusals."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from models.evaluation.stored import stored_evaluations
from tests.retention.imports.bulletins import bulletin_bytes
from tests.retention.imports.published_files import csv_bytes, map_rows

WORKBOOK = "gpw-bulletin-2025-10.xlsx"
RIVALS = ("no_change", "last_change", "last_ratio", "mean_ratio")


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    call_command("backtest", *map(str, arguments))
    return capsys.readouterr().out


@pytest.fixture(scope="module")
def found(real_data: Path) -> dict[str, Any]:
    from io import StringIO

    out = StringIO()
    call_command("backtest", str(real_data / WORKBOOK), "--json", stdout=out)
    result: dict[str, Any] = json.loads(out.getvalue())
    return result


@pytest.mark.real_data
@pytest.mark.parametrize(("name", "bar", "count"), [("one_year", 2.1, 27), ("five_year", 7.5, 11)])
def test_errors_are_under_the_bars_and_the_rivals(
    found: dict[str, Any], name: str, bar: float, count: int
) -> None:
    result = found[name]
    assert result["origins"] == count
    assert result["mean"]["model"] <= bar
    assert result["mean"]["model"] <= 0.95 * min(result["mean"][rival] for rival in RIVALS)


@pytest.mark.real_data
def test_every_band_beats_no_change_at_one_year(found: dict[str, Any]) -> None:
    for errors in found["one_year"]["bands"].values():
        assert errors["model"] < errors["no_change"]


@pytest.mark.real_data
def test_intervals_hold_about_as_much_as_they_say_and_beat_the_best_rivals(
    found: dict[str, Any],
) -> None:
    for years, name in (("1", "one_year"), ("5", "five_year")):
        low, high = found["coverage_80_interval"][years]
        assert 0.65 <= found["coverage_80"][years] <= 0.95
        assert low <= found["coverage_80"][years] <= high
        scores = found[name]["interval_score"]
        assert scores["model"] < scores[found[name]["best_rival"]]


@pytest.mark.real_data
def test_what_the_product_shows_is_what_the_run_finds(found: dict[str, Any]) -> None:
    kept = stored_evaluations()["backtest"]
    for name in ("one_year", "five_year"):
        for part in ("mean", "standard_error", "interval_score"):
            assert kept[name][part] == pytest.approx(found[name][part], abs=1e-5)
        for band, errors in found[name]["bands"].items():
            assert kept[name]["bands"][band] == pytest.approx(errors, abs=1e-5)
    for years, held in found["coverage_80_interval"].items():
        assert kept["coverage_80_interval"][years] == pytest.approx(held, abs=1e-5)


@pytest.mark.real_data
def test_the_scores_are_those_of_the_decision(found: dict[str, Any]) -> None:
    """The page of docs/decisions/0022 quotes them; a change of method must change it too."""
    one, five = found["one_year"]["mean"], found["five_year"]["mean"]
    assert {name: round(error, 2) for name, error in one.items()} == {
        "model": 1.98,
        "no_change": 2.84,
        "last_change": 2.36,
        "last_ratio": 2.20,
        "mean_ratio": 2.20,
    }
    assert {name: round(error, 2) for name, error in five.items()} == {
        "model": 5.82,
        "no_change": 11.89,
        "last_change": 11.35,
        "last_ratio": 9.47,
        "mean_ratio": 7.73,
    }


@pytest.mark.real_data
def test_in_words_it_is_a_table(real_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = run(capsys, real_data / WORKBOOK).splitlines()
    assert lines[0] == "1 year ahead, 27 origins: mean absolute error in %"
    assert lines[2].split()[:2] == ["model", "1.98"]
    assert any(line.startswith("The 80% interval held 72% of what was") for line in lines)


def refusal(tmp_path: Path, data: bytes) -> str:
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(CommandError) as problem:
        call_command("backtest", str(path))
    return str(problem.value)


def test_another_file_is_refused(tmp_path: Path) -> None:
    assert "This file is not the bulletin tables" in refusal(tmp_path, csv_bytes(map_rows({})))
    assert "is a picture" in refusal(tmp_path, b"\x89PNG")


def test_a_bulletin_without_the_series_is_refused(tmp_path: Path) -> None:
    assert "does not hold qualified permanent GPs" in refusal(tmp_path, bulletin_bytes())
