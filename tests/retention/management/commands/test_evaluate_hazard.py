import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from models.person_years import PersonYears
from retention.imports.person_years import DIED, LEFT
from tests.models.evaluation.test_hazard import judges

EVENTS = {0: "none", LEFT: "retirement", DIED: "death"}


def as_file(rows: PersonYears, path: Path) -> Path:
    """Write person-years as the file that the command reads, with one faulty line."""
    lines = ["nid,year,age_in_year,gender,years_since_commission,event"]
    for i in range(len(rows)):
        sex = "Female" if rows.female[i] else "Male"
        lines.append(
            f"{rows.person[i]},{rows.year[i]},{rows.age[i]},{sex},{rows.tenure[i]},"
            f"{EVENTS[int(rows.event[i])]}"
        )
    path.write_text("\n".join([*lines, "1,x,1,Male,1,none"]))
    return path


def test_it_prints_each_horizon_and_rival(tmp_path: Path) -> None:
    out, err = StringIO(), StringIO()
    path = as_file(judges(), tmp_path / "years.csv")
    call_command("evaluate_hazard", str(path), "--json", "--draws=2", stdout=out, stderr=err)
    found = json.loads(out.getvalue())
    for years in ("1", "5"):
        assert {"model", "age_table", "boosting", "60_and_over"} <= set(found["horizons"][years])
    assert found["left_out"] == {"impossible_age": 0, "problems": 1}
    assert "invalid literal" in err.getvalue()


def test_it_prints_words(tmp_path: Path) -> None:
    out = StringIO()
    path = as_file(judges(), tmp_path / "years.csv")
    call_command("evaluate_hazard", str(path), "--draws=2", stdout=out, stderr=StringIO())
    assert "60 and over: AUC" in out.getvalue()
    assert "age table" in out.getvalue()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.csv"], "nowhere.csv"),
        (["nowhere.csv", "--draws=1"], "2 or more"),
    ],
)
def test_it_says_what_is_wrong(arguments: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("evaluate_hazard", *arguments)
