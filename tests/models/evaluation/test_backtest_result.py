"""The back-test as a whole, in the shape the command prints."""

from models.evaluation.backtest_result import METHODS, as_json, backtest
from tests.factories.head_series import steady_series


def test_every_method_has_a_score_at_both_horizons() -> None:
    found = as_json(backtest(steady_series()))
    assert set(found) == {"one_year", "five_year", "coverage_80", "coverage_80_interval"}
    for name in ("one_year", "five_year"):
        result = found[name]
        assert list(result["mean"]) == list(METHODS)
        assert list(result["bands"]) == ["55-59", "60-64", "65+"]
        for errors in result["bands"].values():
            assert list(errors) == list(METHODS)
        for method in METHODS:
            bands = [errors[method] for errors in result["bands"].values()]
            assert abs(result["mean"][method] - sum(bands) / 3) < 1e-9
    assert (found["one_year"]["origins"], found["five_year"]["origins"]) == (28, 12)


def test_in_a_steady_world_the_model_is_right_and_always_covered() -> None:
    results = backtest(steady_series())
    assert results[1].errors["model"] < 1e-9
    assert results[1].best_rival != "model"
    assert (results[1].coverage, results[1].coverage_interval) == (1.0, (1.0, 1.0))
    scores = results[5].interval_scores()
    assert scores["model"] < scores["no_change"]
    assert scores["model"] < scores["last_change"]


def test_variants_are_scored_only_when_asked_for() -> None:
    plain, full = backtest(steady_series()), backtest(steady_series(), variants=True)
    assert "variants" not in as_json(plain)["one_year"]
    assert len(as_json(full)["one_year"]["variants"]) == 6
