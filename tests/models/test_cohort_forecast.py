"""The cohort forecast: which windows count, for how much, and what comes of them."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from models.cohort_forecast import CohortMethod, HeadSeries, head_series
from models.cohorts import aged_on, project
from tests.factories.head_series import EDGES, HEADS, RATIOS, scrambled_after, steady_series

MARCH_2020 = date(2020, 3, 1)


def ends(method: CohortMethod, series: HeadSeries) -> list[date]:
    return [series.months[end] for _, end in method.windows(series)]


def test_a_steady_world_is_forecast_exactly() -> None:
    series = steady_series()
    ahead = CohortMethod().forecast(series.up_to(MARCH_2020), 5)
    for years in (1, 5):
        place = series.at(date(2020 + years, 3, 1))
        assert place is not None
        assert ahead[years - 1] == pytest.approx(series.whole[place])


def test_ratios_are_found_again_group_by_group() -> None:
    assert CohortMethod().ratios(steady_series()) == pytest.approx(np.array(RATIOS))


def test_together_the_groups_have_one_ratio_between_theirs() -> None:
    ratios = CohortMethod(apart=False).ratios(steady_series(last=2016).together())
    assert ratios.shape == (1, 5)
    low, high = np.min(RATIOS, axis=0), np.max(RATIOS, axis=0)
    assert np.all((low - 1e-3 <= ratios[0]) & (ratios[0] <= high + 1e-3))


def test_a_window_is_twelve_months_that_were_both_published() -> None:
    series = steady_series(2015, 2017)
    assert len(CohortMethod().windows(series)) == 8
    without = HeadSeries(series.months[1:], EDGES, series.people[:, 1:], series.whole[1:])
    assert date(2016, 3, 1) not in ends(CohortMethod(), without)


def test_monthly_printing_does_not_count_for_more() -> None:
    series = steady_series(2020, 2021, months=range(1, 13))
    assert [end.month for end in ends(CohortMethod(), series)] == [3, 6, 9, 12]
    assert len(CohortMethod(quarterly=False).windows(series)) == 12


def test_rivals_take_the_newest_window_or_those_of_the_month() -> None:
    series = steady_series(2015, 2020).up_to(MARCH_2020)
    newest = CohortMethod(newest=1)
    assert ends(newest, series) == [MARCH_2020]
    same = CohortMethod(same_month=True)
    assert ends(same, series) == [date(year, 3, 1) for year in range(2016, 2021)]


def test_windows_across_a_break_are_left_out() -> None:
    series = steady_series(2023, 2026)
    found = ends(CohortMethod(), series)
    assert date(2025, 3, 1) in found
    assert date(2025, 6, 1) not in found
    assert date(2026, 3, 1) not in found
    assert date(2026, 6, 1) in found


def test_a_window_two_years_older_counts_half() -> None:
    series = steady_series(2015, 2018, months=(3,))
    changed = series.people.copy()
    # The window to March 2016 had ratio 1.1 for those of 60 to 64, the two after it 0.9.
    ratios = [1.1, 0.9, 0.9]
    for step, ratio in enumerate(ratios, start=1):
        changed[:, step, 3] = aged_on(changed[:, step - 1], EDGES)[:, 3] * ratio
    people = HeadSeries(series.months, EDGES, changed, changed.sum(axis=0))
    expected = aged_on(changed[:, :-1], EDGES)[:, :, 3]
    weights = np.array([0.5, 0.5**0.5, 1.0])
    by_hand = (changed[:, 1:, 3] * weights).sum(axis=1) / (expected * weights).sum(axis=1)
    assert CohortMethod().ratios(people)[:, 3] == pytest.approx(by_hand)
    plain = changed[:, 1:, 3].sum(axis=1) / expected.sum(axis=1)
    assert CohortMethod(half_life=None).ratios(people)[:, 3] == pytest.approx(plain)


def test_the_forecast_starts_from_the_published_whole() -> None:
    """Unknown ages spread by group add up a little differently; the whole decides."""
    series = steady_series()
    raised = replace(series, whole=series.whole * 1.02)
    assert CohortMethod().forecast(raised, 2) == pytest.approx(
        CohortMethod().forecast(series, 2) * 1.02
    )


def test_later_snapshots_do_not_exist_for_it() -> None:
    series = steady_series()
    known = scrambled_after(series, MARCH_2020).up_to(MARCH_2020)
    assert known.origin == MARCH_2020
    again = CohortMethod().forecast(known, 5)
    assert again.tolist() == CohortMethod().forecast(series.up_to(MARCH_2020), 5).tolist()


def test_without_a_window_there_is_no_forecast() -> None:
    with pytest.raises(ValueError, match="No twelve-month window"):
        CohortMethod().forecast(steady_series().up_to(date(2015, 12, 1)), 1)


def test_what_the_parts_leave_is_a_group_and_unknown_ages_are_spread() -> None:
    whole = (np.array([[30.0, 10.0]]), np.array([8.0]))
    part = (np.array([[20.0, 5.0]]), np.array([5.0]))
    series = head_series([MARCH_2020], (55, 60, 75), whole, [part])
    assert series.people[0, 0] == pytest.approx([24.0, 6.0])
    assert series.people[1, 0] == pytest.approx([12.0, 6.0])
    assert series.whole[0] == pytest.approx([36.0, 12.0])


def test_parts_greater_than_the_whole_are_refused() -> None:
    whole = (np.array([[30.0, 10.0]]), np.array([0.0]))
    with pytest.raises(ValueError, match="must be known and not negative"):
        head_series([MARCH_2020], (55, 60, 75), whole, [(whole[0] + 1, whole[1])])


def test_the_made_up_world_is_as_it_says() -> None:
    first = steady_series().people[0, 4]
    assert first == pytest.approx(project(HEADS[0], RATIOS[0], 1, EDGES)[0])


def test_a_band_that_nobody_is_in_yet_is_filled_by_those_who_grow_into_it() -> None:
    series = steady_series()
    people, whole = series.people.copy(), series.whole.copy()
    people[:, -1, -1] = whole[-1, -1] = 0
    ahead = CohortMethod().forecast(replace(series, people=people, whole=whole), 2)
    assert np.all(np.isfinite(ahead))
    assert np.all(ahead > 0)
