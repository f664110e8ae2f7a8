import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.utils.estimator_checks import check_estimator

from models.log_odds import expit, logit
from models.offset_logistic import OffsetLogistic, fit_ridge


def rows(number: int = 4_000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features, events and offsets whose truth is the offset plus (0.8, -0.5)."""
    rng = np.random.default_rng(3)
    features, offset = rng.normal(size=(number, 2)), rng.normal(-1, 1, number)
    chance = expit(offset + features @ np.array([0.8, -0.5]))
    return features, (rng.uniform(size=number) < chance).astype(int), offset


def test_it_keeps_every_rule_of_scikit_learn() -> None:
    results = check_estimator(OffsetLogistic(), on_skip=None)
    assert len(results) > 40


def test_without_offset_it_is_scikit_learns_own() -> None:
    features, events, _ = rows()
    ours = OffsetLogistic(ridge=4.0, tol=1e-12).fit(features, events)
    theirs = LogisticRegression(C=1 / 4.0, fit_intercept=False, tol=1e-10)
    theirs.fit(features, events)
    assert ours.coef_ == pytest.approx(theirs.coef_[0], abs=1e-5)
    assert ours.predict_proba(features) == pytest.approx(theirs.predict_proba(features), abs=1e-5)
    assert np.array_equal(ours.predict(features), theirs.predict(features))


def test_it_recovers_what_the_offset_leaves() -> None:
    features, events, offset = rows(60_000)
    model = OffsetLogistic(ridge=1.0).fit(features, events, offset)
    assert model.coef_ == pytest.approx([0.8, -0.5], abs=0.04)


def test_the_offset_moves_a_prediction_by_itself() -> None:
    features, events, offset = rows()
    model = OffsetLogistic().fit(features, events, offset)
    moved = model.decision_function(features, offset) - model.decision_function(features)
    assert moved == pytest.approx(offset)


def test_an_offset_of_another_length_is_refused() -> None:
    features, events, offset = rows(50)
    with pytest.raises(ValueError, match="50 rows"):
        OffsetLogistic().fit(features, events, offset[:-1])


def test_an_unknown_offset_is_refused() -> None:
    features, events, offset = rows(50)
    offset[3] = np.nan
    with pytest.raises(ValueError, match="known number"):
        OffsetLogistic().fit(features, events, offset)


def test_a_ridge_of_nought_is_refused() -> None:
    features, events, _ = rows(50)
    with pytest.raises(ValueError, match="ridge"):
        OffsetLogistic(ridge=0).fit(features, events)


def test_odds_and_chances_undo_each_other() -> None:
    chance = np.array([1e-9, 0.2, 0.5, 1 - 1e-9])
    assert expit(logit(chance)) == pytest.approx(chance)


def test_certainties_keep_finite_odds() -> None:
    assert np.all(np.isfinite(logit(np.array([0.0, 1.0]))))
    assert expit(np.array([-800.0, 800.0])).tolist() == [0, 1]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.floats(0.01, 100), st.integers(1, 4))
def test_a_fit_lies_where_nothing_more_is_to_be_gained(seed: int, ridge: float, many: int) -> None:
    rng = np.random.default_rng(seed)
    features, offset = rng.normal(size=(40, 3)), rng.normal(-2, 1, 40)
    event = (rng.uniform(size=40) < 0.3).astype(float)

    def fit(copies: int) -> np.ndarray:
        whole = [np.concatenate([part] * copies) for part in (features, event, offset)]
        return fit_ridge(*whole, ridge=ridge * copies, max_iter=200, tol=1e-11)[0]

    beta = fit(1)
    chance = expit(offset + features @ beta)
    # The gradient of the penalised likelihood, which is concave: nought at the one maximum.
    assert features.T @ (event - chance) == pytest.approx(ridge * beta, abs=1e-7)
    # Everybody several times over against as many times the ridge is the same question.
    assert fit(many) == pytest.approx(beta, abs=1e-7)


def test_no_rows_leave_the_offset_alone() -> None:
    nobody = np.zeros((0, 2)), np.zeros(0), np.zeros(0)
    beta, steps = fit_ridge(*nobody, ridge=1.0, max_iter=5, tol=1e-8)
    assert (beta.tolist(), steps) == ([0.0, 0.0], 0)
