"""The fit of the standard table: what went into a made-up series comes out of it again."""

from datetime import date

import numpy as np
import pytest

from models.arrays import Floats
from models.cohort_forecast import HeadSeries
from models.cohorts import older, regroup, ungroup
from models.table_fit import (
    BEFORE,
    BEFORE_AGE,
    KNOTS,
    SPIKES,
    fade,
    fit_retirement,
    retirement_course,
)

EDGES = (40, 45, 50, 55, 60, 65, 75)
LEVELS = np.array([0.02, 0.08, 0.14, 0.18])
AGES = np.arange(40.0, 75.0)


def made_up(levels: Floats, excess: float = 0.0, years: int = 6) -> HeadSeries:
    """A series that retires by `levels`; each year's bands are ungrouped as the fit will do."""
    change = 1 - retirement_course(levels, AGES) + excess * fade(AGES)
    heads = np.array([900.0, 1000.0, 1000.0, 800.0, 400.0, 300.0])
    stock = [heads]
    for _ in range(years):
        after = regroup(older(ungroup(stock[-1], EDGES) * change), EDGES)
        after[0] = 900.0  # who is new at 40 to 44 is no cohort's
        stock.append(after)
    months = tuple(date(2015 + year, 3, 1) for year in range(years + 1))
    whole = np.stack(stock)
    return HeadSeries(months, EDGES, whole[np.newaxis], whole)


def test_the_course_passes_through_its_knots_and_stays_level() -> None:
    ages = np.array([BEFORE_AGE, *KNOTS, 74], dtype=float)
    assert retirement_course(LEVELS, ages) == pytest.approx([BEFORE, *LEVELS, LEVELS[-1]])


def test_pension_ages_stand_out_by_the_stated_factor() -> None:
    for age, factor in SPIKES.items():
        below, at, above = retirement_course(LEVELS, np.array([age - 1.0, age, age + 1.0]))
        assert at / np.sqrt(below * above) == pytest.approx(factor, rel=0.01)


def test_the_excess_of_joiners_fades_from_47_to_67() -> None:
    assert fade(np.array([30.0, 47.0, 57.0, 67.0, 74.0])).tolist() == [1.0, 1.0, 0.5, 0.0, 0.0]


def test_what_made_the_series_is_found_again() -> None:
    found = fit_retirement(made_up(LEVELS))
    over_50 = found.ages >= 50
    made = retirement_course(LEVELS, found.ages)
    assert found.retire[over_50] == pytest.approx(made[over_50], abs=0.004)
    assert found.fitted[2:] == pytest.approx(found.observed[2:], rel=1e-4)


def test_growth_at_45_to_49_is_taken_out_of_the_loss() -> None:
    found = fit_retirement(made_up(LEVELS, excess=0.03))
    # People of 44 to 48 came to 45 to 49, less the 0.2% who retire.
    assert found.excess == pytest.approx(0.03 - BEFORE, abs=0.001)
    over_55 = found.ages >= 55
    made = retirement_course(LEVELS, found.ages)
    assert found.retire[over_55] == pytest.approx(made[over_55], abs=0.004)


def test_chances_never_fall_but_after_a_spike_even_where_the_series_does() -> None:
    found = fit_retirement(made_up(np.array([0.02, 0.15, 0.10, 0.05])))
    plain = ~np.isin(found.ages, list(SPIKES))
    assert np.all(np.diff(found.retire[plain]) >= 0)


def test_without_a_window_nothing_is_fitted() -> None:
    with pytest.raises(ValueError, match="No twelve-month window"):
        fit_retirement(made_up(LEVELS, years=0))
