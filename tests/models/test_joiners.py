import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.joiners import IN_POST, YEARS_SINCE, in_post, joiners


def test_the_published_shares_are_met_and_joined_by_lines() -> None:
    assert in_post(np.array([0.5, 1.0, 2.0])).tolist() == [0.343, 0.475, 0.622]
    assert in_post(np.array([0.0, 0.25, 1.5, 9.0])) == pytest.approx([0, 0.1715, 0.5485, 0.622])
    assert list(YEARS_SINCE) == sorted(YEARS_SINCE)
    assert list(IN_POST) == sorted(IN_POST)


def test_one_year_by_hand() -> None:
    """Nine trainees: three finish through the year, so the average share is up to a year's."""
    found = joiners(9, [1])[1]
    # A line to 0.343 over half a year, then to 0.475: the areas under both.
    mean = 0.5 * 0.343 / 2 + 0.5 * (0.343 + 0.475) / 2
    assert found.people_low == found.people_high == pytest.approx(3 * mean, rel=1e-3)
    assert found.sessions_low == pytest.approx(3 * mean * 0.65 * 9, rel=1e-3)
    assert found.sessions_high == pytest.approx(3 * mean * 0.69 * 9, rel=1e-3)


def test_ten_years_by_hand() -> None:
    found = joiners(30, [10])[10]
    first_two = 0.5 * 0.343 / 2 + 0.5 * (0.343 + 0.475) / 2 + (0.475 + 0.622) / 2
    assert found.people_high == pytest.approx(10 * (first_two + 8 * 0.622), rel=1e-3)
    # The table loses 11.4 % a year of those who finished more than two years ago.
    staying = (1 - 0.886**8) / -np.log(0.886)
    assert found.people_low == pytest.approx(10 * (first_two + 0.622 * staying), rel=1e-3)


@given(st.floats(0, 10_000), st.integers(1, 15))
def test_more_trainees_and_more_years_never_bring_fewer(trainees: float, years: int) -> None:
    found = joiners(trainees, [years, years + 1])
    more = joiners(trainees + 1, [years])[years]
    assert found[years].sessions_low <= found[years].sessions_high
    assert found[years].people_low <= found[years].people_high <= (trainees * years / 3) + 1e-9
    assert more.sessions_low > found[years].sessions_low
    assert found[years + 1].sessions_low >= found[years].sessions_low
    assert found[years + 1].sessions_high >= found[years].sessions_high


def test_nobody_in_training_brings_nobody() -> None:
    found = joiners(0, [5])[5]
    assert (found.people_high, found.sessions_high) == (0, 0)


def test_trainees_cannot_be_fewer_than_none() -> None:
    with pytest.raises(ValueError, match="Trainees must be known"):
        joiners(-1, [1])
    with pytest.raises(ValueError, match="whole numbers from 1"):
        joiners(1, [0])
