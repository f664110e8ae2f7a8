"""Actual against expected leavers, from bands: by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.bands import GP_BANDS, NURSE_BANDS, AgeBand
from models.credibility import STATED_K, credibility
from models.own_experience import (
    AGE_GROUPS,
    Span,
    expected_leavers,
    experience,
    group_rates,
    group_shares,
    weight_after,
    years_low,
    years_span,
)
from models.standard_table import standard_table

RATES = {"Under 45": (0.0, 0.05), "45 to 54": (0.01, 0.03), "55 and over": (0.1, 0.02)}
AS_MANY = np.full(len(GP_BANDS), 10.0)


def test_person_years_are_told_in_steps_of_eight() -> None:
    assert [years_low(years) for years in (0, 7.99, 8, 15.99, 16)] == [0, 0, 8, 8, 16]
    assert years_span(8) == Span(8, 16)


def test_expected_leavers_are_bounded_by_the_bands() -> None:
    every, retired = expected_leavers({"Under 45": 80, "55 and over": 40}, RATES)
    # 80 x 0.05 + 40 x 0.12; then 88 x 0.05 + 8 x 0.04 + 48 x 0.12.
    assert (every.low, every.high) == pytest.approx((8.8, 10.48))
    assert (retired.low, retired.high) == pytest.approx((4.0, 4.88))


def test_ratio_weight_and_blend_are_ranges_worked_by_hand() -> None:
    found = experience(Span(16, 23), Span(18.0, 20.0), k=45.0)
    assert (found.ratio.low, found.ratio.high) == pytest.approx((16 / 20, 23 / 18))
    assert (found.z.low, found.z.high) == pytest.approx((18 / 63, 20 / 65))
    assert (found.blended.low, found.blended.high) == pytest.approx((61 / 65, 68 / 63))
    # Garwood's interval of 16 is 9.15 to 25.98, of 23 it is 14.58 to 34.51.
    assert (found.ratio95.low, found.ratio95.high) == pytest.approx((9.15 / 20, 34.51 / 18), 1e-3)


def test_whatever_the_truth_within_the_bands_it_lies_in_the_ranges() -> None:
    found = experience(Span(8, 15), Span(9.0, 12.0))
    for actual in (8, 11, 15):
        for due in (9.0, 10.5, 12.0):
            z = due / (due + STATED_K)
            assert found.ratio.low <= actual / due <= found.ratio.high
            assert found.blended.low <= z * actual / due + 1 - z <= found.blended.high


def test_nothing_expected_is_refused() -> None:
    with pytest.raises(ValueError, match="leavers expected"):
        experience(Span(8, 15), Span(0.0, 2.0))


def test_rates_are_the_tables_over_the_published_ages() -> None:
    table = standard_table()
    only = np.zeros(len(GP_BANDS))
    only[GP_BANDS.index(next(band for band in GP_BANDS if band.lower == 60))] = 5.0
    rates = group_rates(table, only)
    expected = table.hazards([60, 61, 62, 63, 64]).mean(axis=0)
    assert rates["55 and over"] == pytest.approx(tuple(expected))
    # Nobody is published below 55: every single age counts alike.
    alike = table.hazards(np.arange(45, 55)).mean(axis=0)
    assert rates["45 to 54"] == pytest.approx(tuple(alike))


@pytest.mark.parametrize("bands", [GP_BANDS, NURSE_BANDS], ids=["gp", "nurses"])
def test_groups_are_those_of_own_records_and_no_band_lies_across_two(
    bands: tuple[AgeBand, ...],
) -> None:
    assert AGE_GROUPS == ("Under 45", "45 to 54", "55 and over")
    assert list(group_rates(standard_table(), np.ones(len(bands)), bands)) == list(AGE_GROUPS)
    assert {45, 55} <= {band.lower for band in bands}


def test_shares_add_up_and_are_alike_for_nobody() -> None:
    shares = group_shares(AS_MANY)
    assert shares == pytest.approx({"Under 45": 0.4, "45 to 54": 0.2, "55 and over": 0.4})
    assert set(group_shares(np.zeros(len(GP_BANDS))).values()) == {1 / 3}


def test_a_larger_record_carries_more_weight() -> None:
    assert weight_after(STATED_K, 1) == pytest.approx(0.5)
    assert weight_after(STATED_K, 3) == pytest.approx(0.75)


@given(
    st.integers(0, 60),
    st.integers(0, 60),
    st.dictionaries(st.sampled_from(AGE_GROUPS), st.floats(0, 400), min_size=1),
)
def test_no_truth_that_the_bands_allow_lies_outside_the_ranges(
    left: int, more: int, years: dict[str, float]
) -> None:
    every, retired = expected_leavers({g: years_low(value) for g, value in years.items()}, RATES)
    due = sum(value * sum(RATES[group]) for group, value in years.items())
    assert every.low <= due <= every.high
    assert retired.low <= sum(v * RATES[g][0] for g, v in years.items()) <= retired.high
    if not every.low:
        return
    found = experience(Span(left, left + more), every)
    for actual in (left, left + more // 2, left + more):
        true = credibility(actual, due)
        for value, span in ((true.own, found.ratio), (true.z, found.z), (true.own, found.ratio95)):
            assert span.low - 1e-9 <= value <= span.high + 1e-9
        assert found.blended.low - 1e-9 <= true.shrunk <= found.blended.high + 1e-9
