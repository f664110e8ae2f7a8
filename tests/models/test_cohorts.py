"""Cohorts worked by hand: bands to single years, a year older, ratios of net change."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.cohorts import (
    aged_on,
    net_change_ratio,
    older,
    project,
    regroup,
    spread_evenly,
    ungroup,
)

EDGES = (50, 55, 60, 65, 75)
LEVEL = [100.0, 100.0, 100.0, 200.0]
HEADS = st.lists(st.integers(min_value=0, max_value=5000), min_size=4, max_size=4)


def test_a_level_stock_has_as_many_at_every_age() -> None:
    assert ungroup(LEVEL, EDGES) == pytest.approx(np.full(25, 20.0))
    assert spread_evenly(LEVEL, EDGES) == pytest.approx(np.full(25, 20.0))


@given(HEADS)
def test_single_years_keep_every_band_and_none_is_negative(heads: list[int]) -> None:
    single = ungroup(heads, EDGES)
    assert regroup(single, EDGES) == pytest.approx(np.array(heads, dtype=float), abs=1e-6)
    assert single.min() >= -1e-9


def test_a_falling_stock_falls_within_its_bands_too() -> None:
    single = ungroup([500.0, 400.0, 200.0, 50.0], EDGES)
    assert np.all(np.diff(single) < 0)
    assert spread_evenly([500.0, 400.0, 200.0, 50.0], EDGES)[4] == pytest.approx(100.0)


def test_many_months_at_once_are_each_as_alone() -> None:
    both = np.array([LEVEL, [500.0, 400.0, 200.0, 50.0]])
    assert ungroup(both, EDGES)[1] == pytest.approx(ungroup(both[1], EDGES))


def test_everybody_is_a_year_older_and_the_last_age_keeps_who_reaches_it() -> None:
    assert older(np.array([1.0, 2.0, 3.0])).tolist() == [0.0, 1.0, 5.0]


def test_ageing_on_moves_a_fifth_of_a_level_band_up() -> None:
    # 20 leave each band upwards, 20 come up from the one below; nobody comes in at 50.
    assert aged_on(LEVEL, EDGES) == pytest.approx([80.0, 100.0, 100.0, 220.0])
    assert aged_on(LEVEL, EDGES, even=True) == pytest.approx([80.0, 100.0, 100.0, 220.0])


@given(HEADS)
def test_ageing_on_loses_nobody(heads: list[int]) -> None:
    assert aged_on(heads, EDGES).sum() == pytest.approx(sum(heads), abs=1e-6)


def test_a_ratio_is_what_was_published_over_what_was_aged_on() -> None:
    expected = [[100.0, 50.0], [200.0, 50.0]]
    observed = [[90.0, 60.0], [150.0, 50.0]]
    assert net_change_ratio(observed, expected) == pytest.approx([240 / 300, 110 / 100])
    assert net_change_ratio(observed, expected, [1, 3]) == pytest.approx([540 / 700, 210 / 200])


def test_where_nobody_was_expected_nothing_changes() -> None:
    assert net_change_ratio([[5.0, 9.0]], [[0.0, 10.0]]) == pytest.approx([1.0, 0.9])


def test_yearly_steps_age_on_and_apply_the_ratio_each_time() -> None:
    steps = project(LEVEL, [1.25, 1.0, 1.0, 0.5], 2, EDGES)
    assert steps.shape == (2, 4)
    assert steps[0] == pytest.approx([100.0, 100.0, 100.0, 110.0])
    assert steps[1] == pytest.approx(aged_on(steps[0], EDGES) * [1.25, 1.0, 1.0, 0.5])


@pytest.mark.parametrize("edges", [(50, 55, 60, 65), (50, 55, 55, 65, 75), (50, 60, 55, 65, 75)])
def test_edges_that_do_not_fit_are_refused(edges: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="Edges must rise"):
        ungroup(LEVEL, edges)


def test_a_ratio_needs_a_window_and_the_same_bands() -> None:
    with pytest.raises(ValueError, match="same windows and bands"):
        net_change_ratio(np.empty((0, 4)), np.empty((0, 4)))
    with pytest.raises(ValueError, match="same windows and bands"):
        net_change_ratio([[1.0, 2.0]], [[1.0]])
