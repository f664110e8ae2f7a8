import warnings
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.exceptions import ConvergenceWarning

from models.age_table import AgeTable
from models.arrays import Floats
from models.credibility import STATED_K
from models.hazard import LEFT_OTHERWISE, RETIRED, STAYED, OffsetHazard, chained_incidence
from models.log_odds import expit, logit
from models.standard_table import standard_table

TRUE_BETA = np.array([[0.8, -0.5], [-0.3, 0.4]])


def person_years(rows: int, beta: Floats) -> tuple[Floats, NDArray[Any], NDArray[Any]]:
    """Simulated (features, events, ages) whose truth is the table shifted by beta."""
    rng = np.random.default_rng(11)
    ages = rng.integers(30, 71, rows)
    features = np.column_stack([rng.integers(0, 2, rows), rng.normal(size=rows)])
    table = standard_table().hazards(ages)
    odds = np.log(table / (1 - table)) + features @ beta.T
    retire, otherwise = (1 / (1 + np.exp(-odds))).T
    draw = rng.uniform(size=rows)
    events = np.select(
        [draw < retire, draw < retire + otherwise], [RETIRED, LEFT_OTHERWISE], STAYED
    )
    return features, events, ages


def test_it_recovers_what_made_the_data() -> None:
    features, events, ages = person_years(200_000, TRUE_BETA)
    model = OffsetHazard(ridge=1.0).fit(features, events, age=ages)
    assert model.coef_ == pytest.approx(TRUE_BETA, abs=0.05)


def test_data_made_by_the_table_leave_it_where_it_is() -> None:
    features, events, ages = person_years(100_000, np.zeros((2, 2)))
    model = OffsetHazard(ridge=1.0).fit(features, events, age=ages)
    assert model.coef_ == pytest.approx(np.zeros((2, 2)), abs=0.08)


def test_unfitted_it_is_the_table_exactly() -> None:
    ages = np.arange(25, 76)
    hazards = OffsetHazard().predict_hazard(np.ones((51, 3)), ages)
    assert np.array_equal(hazards, standard_table().hazards(ages))


def test_fitted_to_nothing_it_is_the_table_exactly() -> None:
    model = OffsetHazard().fit(np.zeros((0, 2)), np.zeros(0), age=np.zeros(0))
    hazards = model.predict_hazard(np.ones((3, 2)), [30, 57, 66])
    assert np.array_equal(hazards, standard_table().hazards([30, 57, 66]))


def test_a_strong_ridge_holds_it_to_the_table() -> None:
    features, events, ages = person_years(2_000, TRUE_BETA)
    weak = OffsetHazard(ridge=1.0).fit(features, events, age=ages)
    strong = OffsetHazard(ridge=1e9).fit(features, events, age=ages)
    assert np.abs(strong.coef_).max() < 1e-6 < np.abs(weak.coef_).max()
    assert strong.predict_hazard(features, ages) == pytest.approx(
        standard_table().hazards(ages), rel=1e-5
    )


def test_the_optimum_is_where_the_gradient_vanishes() -> None:
    features, events, ages = person_years(5_000, TRUE_BETA)
    model = OffsetHazard(ridge=3.0, tol=1e-12).fit(features, events, age=ages)
    fitted = model.predict_hazard(features, ages)
    for cause, event in enumerate((RETIRED, LEFT_OTHERWISE)):
        gradient = features.T @ ((events == event) - fitted[:, cause])
        assert gradient == pytest.approx(3.0 * model.coef_[cause], abs=1e-6)


@pytest.mark.parametrize("ridge", [5.0, 20.0, 80.0])
def test_a_column_of_ones_gives_credibility(ridge: float) -> None:
    """With K = ridge, a place moves Z = E/(E+K) of the way to its own experience."""
    rows = 2_000
    ages = np.full(rows, 45)
    table_retires = 0.002 * rows
    expected_others = 0.057 * rows
    actual = round(expected_others * 1.1)
    events = np.where(np.arange(rows) < actual, LEFT_OTHERWISE, STAYED)
    model = OffsetHazard(ridge=ridge).fit(np.ones((rows, 1)), events, age=ages)
    fitted = model.predict_hazard(np.ones((1, 1)), [45])[0]
    credibility = expected_others / (expected_others + ridge)
    own = np.log(actual / expected_others)
    assert np.log(fitted[1] / 0.057) == pytest.approx(credibility * own, rel=0.1)
    # No one retired where four were expected, yet the chance is held above nought.
    assert 0.002 * ridge / (table_retires + ridge) * 0.5 < fitted[0] < 0.002


def test_causes_that_pass_one_together_are_scaled_to_it() -> None:
    model = OffsetHazard()
    model.coef_ = np.array([[6.0], [6.0]])
    hazards = model.predict_hazard(np.ones((1, 1)), [60])
    assert hazards.sum() == pytest.approx(1)


def test_hard_starts_are_reached_by_halving_steps() -> None:
    """Everyone leaves at an age where hardly anyone does: a full Newton step overshoots."""
    rows = 400
    model = OffsetHazard(ridge=1e-3)
    with warnings.catch_warnings():
        warnings.simplefilter("error", ConvergenceWarning)
        model.fit(np.ones((rows, 1)), np.full(rows, RETIRED), age=np.full(rows, 30))
    assert model.predict_hazard(np.ones((1, 1)), [30])[0, 0] > 0.99


def test_too_few_iterations_are_owned_up_to() -> None:
    features, events, ages = person_years(500, TRUE_BETA)
    with pytest.warns(ConvergenceWarning, match="more iterations"):
        OffsetHazard(max_iter=1).fit(features, events, age=ages)


def test_it_can_be_cloned_like_any_estimator() -> None:
    table = standard_table()
    copy = clone(OffsetHazard(ridge=2.5, table=table))
    assert copy.get_params()["ridge"] == 2.5
    assert not hasattr(copy, "coef_")


def test_a_ridge_of_nought_is_refused() -> None:
    with pytest.raises(ValueError, match="ridge"):
        OffsetHazard(ridge=0).fit(np.ones((1, 1)), [0], age=[40])


def test_an_unknown_event_is_refused() -> None:
    with pytest.raises(ValueError, match="Events"):
        OffsetHazard().fit(np.ones((1, 1)), [3], age=[40])


def test_the_default_ridge_is_the_stated_k() -> None:
    assert OffsetHazard().ridge == STATED_K


def test_parts_of_the_log_odds_add_up() -> None:
    features, events, ages = person_years(3_000, TRUE_BETA)
    model = OffsetHazard(ridge=3.0).fit(features, events, age=ages)
    parts = model.contributions(features)
    assert parts.shape == (3_000, 2, 2)
    odds = logit(standard_table().hazards(ages)) + parts.sum(axis=-1)
    assert model.predict_hazard(features, ages) == pytest.approx(expit(odds))


def test_unfitted_no_feature_adds_anything() -> None:
    assert not OffsetHazard().contributions(np.ones((2, 3))).any()


def test_another_table_brings_its_own_causes() -> None:
    table = AgeTable(40, np.full((30, 1), 0.1))
    ages = np.full(500, 50)
    events = (np.arange(500) < 100).astype(int)
    model = OffsetHazard(ridge=1.0, table=table).fit(np.ones((500, 1)), events, age=ages)
    assert model.predict_hazard(np.ones((1, 1)), [50]) == pytest.approx(0.2, abs=0.005)
    with pytest.raises(ValueError, match="from 1 to 1"):
        model.fit(np.ones((1, 1)), [2], age=[50])


def test_names_of_columns_are_kept_and_asked_for() -> None:
    frame = pd.DataFrame({"female": [0.0, 1.0], "tenure": [1.0, 2.0]})
    model = OffsetHazard().fit(frame, [0, 1], age=[40, 60])
    assert list(model.feature_names_in_) == ["female", "tenure"]
    with pytest.raises(ValueError, match="feature names"):
        model.predict_hazard(frame[["tenure", "female"]], [40, 60])


def test_rows_that_do_not_match_are_refused() -> None:
    with pytest.raises(ValueError, match="same rows"):
        OffsetHazard().fit(np.ones((2, 1)), [0], age=[40, 50])
    model = OffsetHazard().fit(np.ones((2, 1)), [0, 1], age=[40, 50])
    with pytest.raises(ValueError, match="features"):
        model.predict_hazard(np.ones((2, 3)), [40, 50])


def test_chained_hazards_follow_changing_features() -> None:
    yearly = [np.array([[0.1, 0.0]]), np.array([[0.5, 0.2]])]
    chances = chained_incidence(yearly, [1, 2])
    assert chances[0] == pytest.approx(np.array([[0.1, 0.0], [0.55, 0.18]]))
    with pytest.raises(ValueError, match="horizon of 3"):
        chained_incidence(yearly, [3])


@given(
    st.lists(st.tuples(st.floats(0, 0.6), st.floats(0, 0.4)), min_size=1, max_size=6),
    st.randoms(use_true_random=False),
)
def test_chained_hazards_are_those_of_following_people_year_by_year(
    yearly: list[tuple[float, float]], random: Random
) -> None:
    years = sorted(random.sample(range(1, len(yearly) + 1), random.randint(1, len(yearly))))
    found = chained_incidence((np.array([year, (0.0, 0.0)]) for year in yearly), years)
    assert found.shape == (2, len(years), 2)
    assert not found[1].any()
    here, gone = 1.0, np.zeros(2)
    for year, (retire, otherwise) in enumerate(yearly, start=1):
        gone += here * np.array([retire, otherwise])
        here *= 1 - retire - otherwise
        if year in years:
            assert found[0, years.index(year)] == pytest.approx(gone, abs=1e-12)
    # Less than of one cause alone, which is why incidence is never one minus its own survival.
    alone = 1 - np.prod([1 - retire for retire, _ in yearly[: years[-1]]])
    assert found[0, -1, 0] <= alone + 1e-12


@pytest.mark.parametrize("age", [[np.nan], [np.inf]])
def test_an_unknown_age_is_refused(age: list[float]) -> None:
    with pytest.raises(ValueError, match="Ages must be known"):
        OffsetHazard().fit(np.ones((1, 1)), [0], age=age)
