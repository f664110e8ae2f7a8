"""The bars of docs/decisions/0024 on people who really left."""

from functools import cache
from pathlib import Path

import pytest

from models.evaluation.hazard import evaluate
from models.evaluation.results import HazardEvaluation
from models.evaluation.stored import stored_evaluations
from retention.imports.person_years import read_person_years
from tests.conftest import REAL_DATA

JUDGES = REAL_DATA / "us-judges-person-years.csv"

pytestmark = pytest.mark.real_data


@cache
def judges(path: Path = JUDGES) -> HazardEvaluation:
    """The evaluation with few bootstrap samples, which change no score."""
    return evaluate(read_person_years(path.read_bytes()).rows, draws=3)


def test_leavers_are_ranked() -> None:
    assert judges().horizons[1].model.scores.auc >= 0.90


@pytest.mark.parametrize("years", [1, 5])
def test_chances_are_as_good_as_those_of_boosting(years: int) -> None:
    horizon = judges().horizons[years]
    assert horizon.model.scores.ipa >= horizon.rivals["boosting"].scores.ipa - 0.005
    assert horizon.model.scores.ipa > horizon.rivals["age_table"].scores.ipa + 0.05


@pytest.mark.parametrize("years", [1, 5])
def test_chances_are_neither_too_extreme_nor_too_mild(years: int) -> None:
    assert 0.9 <= judges().horizons[years].model.scores.slope <= 1.1


def test_all_the_years_were_read() -> None:
    assert judges().trained_on == (1970, 2009)
    assert judges().scored_on == (2010, 2024)
    assert judges().horizons[1].events == 646


def test_the_kept_figures_are_what_the_code_finds() -> None:
    kept = stored_evaluations()["hazard"]
    for years, horizon in judges().horizons.items():
        now, then = horizon.as_json(), kept["horizons"][str(years)]
        assert (now["rows"], now["events"]) == (then["rows"], then["events"])
        for name in ("model", "age_table", "boosting"):
            for measure in ("auc", "brier", "ipa", "intercept", "slope"):
                assert now[name][measure] == pytest.approx(then[name][measure], abs=2e-3)
        for now_point, point in zip(now["calibration"], then["calibration"], strict=True):
            assert now_point["observed"] == pytest.approx(point["observed"], abs=0.01)
