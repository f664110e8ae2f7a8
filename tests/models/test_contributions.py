from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from models.bands import GP_BANDS, NURSE_BANDS
from models.contributions import Contribution, contributions, in_groups
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


def grouped_parts(*people: float) -> list[Contribution]:
    """Parts of the GP bands from the youngest on, each of so many people."""
    counts = np.zeros((1, len(GP_BANDS)))
    counts[0, : len(people)] = people
    return contributions(counts, [6.0], years=3)


def test_neighbours_are_put_together_until_each_group_is_large_enough() -> None:
    parts = grouped_parts(2, 4, 1, 5, 0, 3, 3, 1)
    found = sorted(in_groups(parts, 5), key=lambda group: group.band.lower)
    assert [(group.band.label, group.people) for group in found] == [
        ("Under 35", 6),
        ("35 to 44", 6),
        ("50 to 64", 7),
    ]
    for name in ("people", "sessions", "expected", "retirement_expected"):
        whole = sum(getattr(part, name) for part in parts)
        assert sum(getattr(group, name) for group in found) == pytest.approx(whole)
    assert sum(group.share or 0 for group in found) == pytest.approx(1)
    losses = [group.expected for group in in_groups(parts, 5)]
    assert losses == sorted(losses, reverse=True)


def test_times_of_a_group_are_its_loss_beside_as_many_sessions_of_all() -> None:
    found = in_groups(grouped_parts(5, 0, 0, 0, 0, 0, 0, 5), 5)
    for group in found:
        assert group.times == pytest.approx((group.share or 0) / 0.5)


@pytest.mark.parametrize("people", [(), (4,), (9,), (5, 4), (2, 2)])
def test_one_group_is_the_place_itself_and_none(people: tuple[float, ...]) -> None:
    assert in_groups(grouped_parts(*people), 5) == []


def test_a_single_large_band_keeps_its_name() -> None:
    labels = {group.band.label for group in in_groups(grouped_parts(5, 5), 5)}
    assert labels == {"Under 30", "30 to 34"}


def test_a_group_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="somebody"):
        in_groups([], 0)
