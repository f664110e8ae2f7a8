import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score

from models.evaluation import metrics
from models.log_odds import logit

PAIRS = st.lists(
    st.tuples(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9, 1.0]), st.booleans()), min_size=2
).filter(lambda pairs: len({event for _, event in pairs}) == 2)


def simulated(slope: float, shift: float) -> tuple[np.ndarray, np.ndarray]:
    """Chances, and events whose log-odds are shift + slope x those of the chances."""
    rng = np.random.default_rng(8)
    chance = rng.beta(1, 4, 60_000)
    truth = 1 / (1 + np.exp(-(shift + slope * logit(chance))))
    return chance, (rng.uniform(size=len(chance)) < truth).astype(float)


@given(PAIRS)
def test_auc_and_brier_agree_with_scikit_learn(pairs: list[tuple[float, bool]]) -> None:
    chance, event = map(np.array, zip(*pairs, strict=True))
    assert metrics.auc(chance, event) == pytest.approx(roc_auc_score(event, chance))
    assert metrics.brier(chance, event) == pytest.approx(brier_score_loss(event, chance))


def test_auc_by_hand() -> None:
    # Pairs of (leaver, stayer): 0.8>0.3, 0.8>0.5, 0.5>0.3, 0.5=0.5.
    assert metrics.auc([0.8, 0.5, 0.3, 0.5], [1, 1, 0, 0]) == 3.5 / 4


def test_ipa_by_hand() -> None:
    assert metrics.ipa([0.5, 0.5], [1, 0]) == 0
    assert metrics.ipa([1, 0], [1, 0]) == 1
    assert metrics.ipa([0.8, 0.4, 0.0, 0.0], [1, 0, 0, 0]) == pytest.approx(1 - 0.05 / 0.1875)


@pytest.mark.parametrize(("slope", "shift"), [(1.0, 0.0), (0.7, 0.2), (1.3, -0.4)])
def test_the_calibration_line_finds_what_was_put_in(slope: float, shift: float) -> None:
    chance, event = simulated(slope, shift)
    assert metrics.calibration_line(chance, event)[1] == pytest.approx(slope, abs=0.04)


def test_the_calibration_line_is_that_of_logistic_regression() -> None:
    chance, event = simulated(0.8, 0.3)
    theirs = LogisticRegression(C=np.inf).fit(logit(chance)[:, None], event)
    assert metrics.calibration_line(chance, event)[1] == pytest.approx(theirs.coef_[0, 0], abs=1e-3)


def test_the_intercept_is_what_must_be_added() -> None:
    chance, event = simulated(1.0, -0.5)
    assert metrics.calibration_line(chance, event)[0] == pytest.approx(-0.5, abs=0.04)


def test_all_scores_at_once_are_each_alone() -> None:
    chance, event = simulated(1.0, 0.0)
    found = metrics.scores(chance, event)
    assert found.auc == metrics.auc(chance, event)
    assert (found.intercept, found.slope) == metrics.calibration_line(chance, event)


def test_the_curve_holds_everyone_in_order() -> None:
    chance, event = simulated(1.0, 0.0)
    curve = metrics.calibration_curve(chance, event)
    assert len(curve) == 10
    assert sum(point.people for point in curve) == len(chance)
    assert [p.predicted for p in curve] == sorted(p.predicted for p in curve)
    assert all(point.low95 <= point.observed <= point.high95 for point in curve)
    assert sum(point.low95 <= point.predicted <= point.high95 for point in curve) >= 8


def test_equal_chances_stay_together() -> None:
    curve = metrics.calibration_curve([0.2] * 50 + [0.6] * 3, [0] * 50 + [1] * 3)
    assert [point.people for point in curve] == [50, 3]


def test_wilson_by_hand() -> None:
    low, high = metrics.wilson(5, 10)
    assert (low, high) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert metrics.wilson(0, 10)[0] == 0
    assert metrics.wilson(10, 10)[1] == pytest.approx(1)


@pytest.mark.parametrize("actual", [0, 1, 7, 60])
def test_poisson_intervals_are_exact(actual: int) -> None:
    found = metrics.actual_expected(actual, 10.0)
    assert poisson.cdf(actual, found.high95 * 10) == pytest.approx(0.025)
    if actual:
        assert poisson.sf(actual - 1, found.low95 * 10) == pytest.approx(0.025)
    else:
        assert found.low95 == 0
    assert found.ratio == actual / 10


@pytest.mark.parametrize(
    ("chance", "event", "message"),
    [
        ([0.5], [1], "some not"),
        ([0.5, 0.5], [1], "same length"),
        ([0.5, 1.2], [1, 0], "between 0 and 1"),
        ([0.5, np.nan], [1, 0], "between 0 and 1"),
        ([0.5, 0.4], [1, 2], "0 or 1"),
        ([], [], "same length"),
    ],
)
def test_what_cannot_be_scored_is_refused(
    chance: list[float], event: list[int], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        metrics.scores(chance, event)


def test_nothing_expected_and_nobody_are_refused() -> None:
    with pytest.raises(ValueError, match="expected"):
        metrics.actual_expected(1, 0.0)
    with pytest.raises(ValueError, match="people"):
        metrics.wilson(0, 0)
