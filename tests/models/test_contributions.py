from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from models.bands import GP_BANDS, NURSE_BANDS
from models.contributions import contributions
from models.forecast import forecast
from models.standard_table import standard_table
from tests.models.test_forecast import HEADS, NETWORK

ROWS = hnp.arrays(np.float64, (3, 10), elements=st.sampled_from([0.0, 1.0, 2.5]))


@settings(max_examples=40, deadline=None)
@given(ROWS, st.sampled_from([1, 3, 5, 10]))
def test_the_parts_add_up_to_the_forecast(people: Any, years: int) -> None:
    heads = [6.0, 4.5, 7.25]
    parts = contributions(people, heads, years=years)
    outlook = forecast(people, heads, years=[years])[years]
    assert sum(part.expected for part in parts) == pytest.approx(outlook.expected)
    assert sum(part.retirement_expected for part in parts) == pytest.approx(
        outlook.retirement_expected
    )
    assert sum(part.sessions for part in parts) == pytest.approx(outlook.sessions_now)
    assert sum(part.people for part in parts) == pytest.approx(people.sum())
    if parts:
        assert sum(part.share or 0 for part in parts) == pytest.approx(1)


def test_the_largest_comes_first() -> None:
    parts = contributions(NETWORK, HEADS, years=5)
    lost = [part.expected for part in parts]
    assert lost == sorted(lost, reverse=True)
    # 55 to 59: four people and the pension ages ahead of them.
    assert parts[0].band.code == "55TO59"
    assert parts[0].times is not None
    assert parts[0].times > 1


def test_one_band_by_hand() -> None:
    """Two people of 60 to 64, in practices of 5.5 and 8 sessions a head."""
    part = next(p for p in contributions(NETWORK, HEADS, years=1) if p.band.code == "60TO64")
    chance = standard_table().band_incidence([1])[7, 0]
    assert (part.people, part.sessions) == (2, 13.5)
    assert part.expected == pytest.approx(13.5 * chance.sum())
    assert part.retirement_expected == pytest.approx(13.5 * chance[0])
    total = forecast(NETWORK, HEADS, years=[1])[1]
    assert part.share == pytest.approx(part.expected / total.expected)
    assert part.times == pytest.approx(chance.sum() / (total.expected / total.sessions_now))


def test_bands_without_people_are_left_out() -> None:
    assert {part.band.code for part in contributions([[1] + [0] * 9], [6.0], years=1)} == {
        GP_BANDS[0].code
    }
    assert contributions(np.zeros((0, 10)), [], years=1) == []


def test_people_without_sessions_drive_nothing() -> None:
    (part,) = contributions([[0] * 9 + [2]], [0.0], years=3)
    assert (part.people, part.expected, part.share, part.times) == (2, 0, None, None)


def test_other_bands_and_wrong_shapes() -> None:
    assert len(contributions(np.ones((1, 11)), [6.0], years=1, bands=NURSE_BANDS)) == 11
    with pytest.raises(ValueError, match="11 bands"):
        contributions(np.ones((1, 10)), [6.0], years=1, bands=NURSE_BANDS)
