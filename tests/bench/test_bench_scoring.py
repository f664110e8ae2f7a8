import numpy as np
import pytest

from bench.bench_scoring import floor, score
from models.forecast import HORIZONS
from models.standard_table import standard_table


def test_the_floor_does_the_same_sum_as_what_it_is_compared_with() -> None:
    ages, sessions = np.array([25, 48, 60, 75]), np.array([2.0, 6.5, 8.0, 9.0])
    yearly = standard_table().hazards(ages[:, np.newaxis] + np.arange(max(HORIZONS)))
    found = score(ages, sessions)
    assert found.shape == (4, len(HORIZONS), 2)
    assert floor(yearly, sessions) == pytest.approx(found)
