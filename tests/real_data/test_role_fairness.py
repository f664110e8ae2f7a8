"""Fairness by role on the published series: the kept figures are what the code finds."""

from pathlib import Path

import pytest

from models.evaluation.role_fairness import role_fairness
from models.evaluation.stored import stored_evaluations
from retention.imports import bulletin
from retention.imports.recognise import read_file
from retention.queries.bulletin import age_series_of, qualified_permanent_gps, role_heads


@pytest.mark.real_data
def test_the_kept_roles_are_what_the_code_finds(real_data: Path) -> None:
    results = read_file(real_data / "gpw-bulletin-2025-10.xlsx")
    rows = next(found.rows for found in results if found.format == bulletin.FORMAT)
    series = age_series_of(rows)
    now = role_fairness(qualified_permanent_gps(series), role_heads(series)).as_json()
    kept = stored_evaluations()["roles"]
    assert (now["method"], now["origins"]) == (kept["method"], 27)
    assert isinstance(now["losses"], list)
    for found, then in zip(now["losses"], kept["losses"], strict=True):
        assert found == {
            name: pytest.approx(value, abs=1e-4) if isinstance(value, float) else value
            for name, value in then.items()
        }
