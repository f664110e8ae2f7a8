from datetime import date
from pathlib import Path

import pytest

from models.evaluation import backtest_result, hazard, simulated
from models.evaluation.stored import store_evaluation, stored_evaluations

DAY = date(2026, 11, 21)


def test_parts_stand_beside_each_other(tmp_path: Path) -> None:
    path = tmp_path / "evaluation.json"
    assert stored_evaluations(path) == {}
    store_evaluation("one", {"method": "a-1", "x": 1 / 3}, made_on=DAY, data="A", path=path)
    store_evaluation("two", {"method": "b-1", "y": (1, 2.0)}, made_on=DAY, data="B", path=path)
    store_evaluation("one", {"method": "a-2", "x": 0.5}, made_on=DAY, data="A", path=path)
    found = stored_evaluations(path)
    assert found["one"] == {"made_on": "2026-11-21", "data": "A", "method": "a-2", "x": 0.5}
    assert found["two"]["y"] == [1, 2.0]


def test_figures_without_a_version_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="version"):
        store_evaluation("one", {"x": 1}, made_on=DAY, data="A", path=tmp_path / "e.json")


def test_numbers_that_are_none_are_refused(tmp_path: Path) -> None:
    figures = {"method": "a", "x": float("nan")}
    with pytest.raises(ValueError, match="JSON"):
        store_evaluation("one", figures, made_on=DAY, data="A", path=tmp_path / "e.json")


def test_what_is_kept_is_of_the_methods_in_force() -> None:
    kept = stored_evaluations()
    assert kept["hazard"]["method"] == hazard.METHOD
    assert kept["simulated"]["method"] == simulated.METHOD
    assert kept["backtest"]["method"] == backtest_result.METHOD


def test_what_is_kept_of_simulated_hubs_is_what_the_code_finds() -> None:
    kept = stored_evaluations()["simulated"]
    assert kept["sizes"], "nothing is kept"
    size = next(s for s in kept["sizes"] if s["person_years"] == 500 and s["strength"] == 1.0)
    found = simulated.learning(500, size["hubs"])
    assert (found.model, found.truth) == pytest.approx((size["model"], size["truth"]), abs=1e-4)
    for name, place in simulated.places().items():
        held = kept["coverage"][name]
        now = simulated.coverage(place, held["outcomes"] // 2)
        assert now.by_pit == pytest.approx(held["by_pit"], abs=0.01)
