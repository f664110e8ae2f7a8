import numpy as np
import pytest

from models.evaluation.bootstrap import estimate, resamples, standard_errors
from models.evaluation.metrics import Scores

PERSON = np.array([7, 3, 3, 9, 7, 3])


def test_people_are_drawn_with_all_their_rows() -> None:
    for rows in resamples(PERSON, 50, seed=1):
        drawn = PERSON[rows]
        assert len(np.unique(rows)) == sum((one == PERSON).sum() for one in np.unique(drawn))
        for one in np.unique(drawn):
            counts = np.unique(rows[drawn == one], return_counts=True)[1]
            assert len(set(counts)) == 1


def test_as_many_people_are_drawn_as_there_are() -> None:
    per_row = np.array([2, 3, 3, 1, 2, 3])
    for rows in resamples(PERSON, 20, seed=2):
        assert (1 / per_row[rows]).sum() == pytest.approx(3)


def test_a_seed_gives_the_same_samples() -> None:
    one, other = (list(map(tuple, resamples(PERSON, 5, seed=4))) for _ in range(2))
    assert one == other


def test_the_error_of_a_mean_is_known() -> None:
    rng = np.random.default_rng(0)
    values = rng.normal(size=400)
    means = [float(values[rows].mean()) for rows in resamples(np.arange(400), 600, seed=3)]
    found = estimate(float(values.mean()), means)
    assert found.standard_error == pytest.approx(values.std() / 20, rel=0.1)
    assert found.low95 < found.value < found.high95


def test_each_measure_has_its_own_error() -> None:
    errors = standard_errors([Scores(0.8, 0.1, 0.2, 0.0, 1.0), Scores(0.9, 0.1, 0.2, 0.0, 1.2)])
    assert errors.auc == pytest.approx(0.1 / 2**0.5)
    assert (errors.brier, errors.intercept) == (0, 0)


def test_one_sample_has_no_error() -> None:
    with pytest.raises(ValueError, match="two"):
        estimate(1.0, [1.0])
