from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.bands import (
    GP_BANDS,
    NURSE_BANDS,
    UNKNOWN_AGE,
    AgeBand,
    band_of,
    share_aged,
    spread_unknown,
)

COUNTS = st.lists(st.integers(0, 50), min_size=10, max_size=10)


def test_gp_bands_end_as_the_published_columns_do() -> None:
    assert [band.code for band in GP_BANDS] == [
        "UNDER30",
        "30TO34",
        "35TO39",
        "40TO44",
        "45TO49",
        "50TO54",
        "55TO59",
        "60TO64",
        "65TO69",
        "70PLUS",
    ]


def test_nurses_have_one_band_more_at_the_young_end() -> None:
    assert [band.code for band in NURSE_BANDS[:3]] == ["UNDER25", "25TO29", "30TO34"]
    assert NURSE_BANDS[2:] == GP_BANDS[1:]


def test_labels_are_words() -> None:
    assert [GP_BANDS[i].label for i in (0, 1, 9)] == ["Under 30", "30 to 34", "70 and over"]
    assert NURSE_BANDS[0].label == "Under 25"


def test_unknown_is_not_a_band() -> None:
    assert UNKNOWN_AGE not in {band.code for band in GP_BANDS + NURSE_BANDS}


@pytest.mark.parametrize("bands", [GP_BANDS, NURSE_BANDS])
def test_bands_meet_without_gap_or_overlap(bands: Sequence[AgeBand]) -> None:
    for younger, older in pairwise(bands):
        assert younger.upper == older.lower - 1
    assert bands[-1].upper is None


@pytest.mark.parametrize(
    ("age", "code"),
    [(24, "UNDER30"), (29, "UNDER30"), (30, "30TO34"), (64, "60TO64"), (70, "70PLUS")],
)
def test_an_age_has_its_band(age: int, code: str) -> None:
    assert band_of(age).code == code


def test_share_aged_counts_known_ages_only_from_the_band_up() -> None:
    people = [0, 1, 1, 1, 1, 1, 2, 2, 1, 0]
    assert share_aged(people, 55) == 0.5
    assert share_aged(people, 60) == 0.3


def test_share_aged_knows_when_it_knows_nothing() -> None:
    assert share_aged([0] * 10, 55) is None


def test_share_aged_refuses_an_age_within_a_band() -> None:
    with pytest.raises(ValueError, match="No age band starts at 57"):
        share_aged([1] * 10, 57)


def test_unknown_ages_follow_the_known_ones() -> None:
    spread = spread_unknown([3, 1, 0], 2)
    assert spread.tolist() == [4.5, 1.5, 0]


def test_a_place_without_any_known_age_takes_the_fallback() -> None:
    spread = spread_unknown([[2, 0], [0, 0]], [1, 4], fallback=[1, 3])
    assert spread.tolist() == [[3, 0], [1, 3]]


def test_a_place_without_any_known_age_and_fallback_is_refused() -> None:
    with pytest.raises(ValueError, match="No age is known"):
        spread_unknown([0, 0], 1)


def test_a_fallback_of_nobody_is_refused_where_it_is_needed() -> None:
    with pytest.raises(ValueError, match="nor in the fallback"):
        spread_unknown([[2, 0], [0, 0]], [1, 4], fallback=[0, 0])
    assert spread_unknown([2, 0], 1, fallback=[0, 0]).tolist() == [3, 0]


def test_nobody_unknown_changes_nothing_even_where_nobody_is() -> None:
    assert spread_unknown([[0, 0], [2, 1]], [0, 0]).tolist() == [[0, 0], [2, 1]]


@pytest.mark.parametrize("missing", [-1, np.nan])
def test_unknown_counts_are_refused_not_read_as_zero(missing: float) -> None:
    with pytest.raises(ValueError, match="People"):
        spread_unknown([1, missing], 0)


@given(COUNTS, st.integers(0, 20))
def test_spreading_keeps_the_total_and_the_shares(people: list[int], unknown: int) -> None:
    people[6] += 1
    spread = spread_unknown(people, unknown)
    assert spread.sum() == pytest.approx(sum(people) + unknown)
    assert share_aged(spread, 55) == pytest.approx(share_aged(people, 55))
