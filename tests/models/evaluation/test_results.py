import json

from models.evaluation.metrics import ActualExpected, CalibrationPoint, Scores
from models.evaluation.results import (
    Estimate,
    HazardEvaluation,
    HorizonEvaluation,
    ModelScores,
    plain,
)

SCORES = Scores(auc=0.8, brier=0.1, ipa=0.2, intercept=0.0, slope=1.0)
ERRORS = Scores(auc=0.01, brier=0.01, ipa=0.02, intercept=0.1, slope=0.1)
HORIZON = HorizonEvaluation(
    years=5,
    rows=10,
    people=4,
    events=3,
    model=ModelScores(SCORES, ERRORS),
    rivals={"age_table": ModelScores(SCORES, ERRORS)},
    variants={"without_drift": SCORES},
    ipa_over_boosting=Estimate(0.02, 0.01, 0.0, 0.04),
    sixty_and_over={"model": SCORES},
    calibration=(CalibrationPoint(0.1, 0.2, 0.05, 0.4, 10),),
    actual_expected={"all": ActualExpected(3, 2.0, 1.5, 0.3, 4.4)},
)


def test_the_model_and_each_rival_have_a_name_of_their_own_beside_the_rest() -> None:
    found = HORIZON.as_json()
    assert found["model"]["ipa"] == 0.2
    assert found["model"]["standard_errors"]["ipa"] == 0.02
    assert found["age_table"] == found["model"]
    assert found["calibration"] == [
        {"predicted": 0.1, "observed": 0.2, "low95": 0.05, "high95": 0.4, "people": 10}
    ]
    assert (found["rows"], found["people"], found["events"]) == (10, 4, 3)


def test_horizons_are_named_by_their_years_and_all_of_it_is_json() -> None:
    found = HazardEvaluation(
        method="made-up",
        trained_on=(1970, 2009),
        scored_on=(2010, 2024),
        train_rows=1,
        train_events=1,
        bootstrap_draws=2,
        horizons={5: HORIZON},
        coefficients={"constant": 0.1},
        drift={"level": 0.0},
    ).as_json()
    assert list(found["horizons"]) == ["5"]
    assert found["trained_on"] == [1970, 2009]
    assert json.loads(json.dumps(found)) == found


def test_anything_nested_becomes_plain() -> None:
    nested = {1: (SCORES, [Estimate(1.0, 0.5, 0.0, 2.0)]), "x": None}
    assert plain(nested) == {
        "1": [
            {"auc": 0.8, "brier": 0.1, "ipa": 0.2, "intercept": 0.0, "slope": 1.0},
            [{"value": 1.0, "standard_error": 0.5, "low95": 0.0, "high95": 2.0}],
        ],
        "x": None,
    }
