"""The command says what the engine says: on the screen, as JSON, and by its exit."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


def run(folder: Path, *more: str, scores: str = "trainee,mentor,score\nt1,m1,7\n") -> str:
    """Call the command on two small files and return what it printed."""
    (folder / "scores.csv").write_text(scores)
    (folder / "capacities.csv").write_text("mentor,capacity\nm1,1\n")
    named = [f"--{name}={folder / name}.csv" for name in ("scores", "capacities")]
    printed = StringIO()
    call_command("pair_files", *named, f"--out={folder / 'pairs.csv'}", *more, stdout=printed)
    return printed.getvalue()


def test_json(tmp_path: Path) -> None:
    result = json.loads(run(tmp_path, "--json"))
    assert result.pop("seconds") > 0
    assert result == {"pairs": 1, "total": 7, "proved_optimal": True}
    assert (tmp_path / "pairs.csv").read_text() == "trainee,mentor,score\nt1,m1,7\n"


def test_words(tmp_path: Path) -> None:
    assert run(tmp_path).startswith("1 pairs, total score 7, proved optimal, in ")


def test_a_bad_file_is_a_command_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"scores.csv, line 2: score is 'x'") as caught:
        run(tmp_path, scores="trainee,mentor,score\nt1,m1,x\n")
    assert caught.value.returncode == 1
