import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubs.demo import national
from tests.retention.reference.test_england import printed


@given(
    st.integers(0, 500),
    st.dictionaries(st.text(max_size=3), st.floats(0.1, 1000), min_size=1, max_size=12),
)
def test_a_quota_is_whole_and_loses_nobody(total: int, weights: dict[str, float]) -> None:
    shared = national.quota(total, weights)
    assert sum(shared.values()) == total
    for key, weight in weights.items():
        assert abs(shared[key] - total * weight / sum(weights.values())) < 1


def test_drawing_an_order_draws_nobody_twice() -> None:
    drawn = national.draw_order(random.Random(1), range(20), [1.0] * 20, 20)
    assert sorted(drawn) == list(range(20))


def test_a_heavy_weight_comes_first_more_often() -> None:
    rng = random.Random(2)
    firsts = [national.draw_order(rng, "ab", [4.0, 1.0], 1)[0] for _ in range(500)]
    assert firsts.count("a") == pytest.approx(400, abs=40)


def test_older_gps_are_men_more_often_and_nurses_alike() -> None:
    assert national.female_share("gp", 65) < national.female_share("gp", 35)
    assert national.female_share("nurses", 65) == national.female_share("nurses", 35)


def test_sessions_have_the_published_means() -> None:
    """Nine sessions to a full-time equivalent; tables 1a over 1b of the bulletin."""
    published = {"partner": 15_291 / 18_009, "salaried": 12_422 / 19_959, "nurse": 16_715 / 22_776}
    for role, fte in published.items():
        weights = national.SESSIONS[role]
        mean = sum(n * weight for n, weight in weights.items()) / sum(weights.values())
        assert mean == pytest.approx(9 * fte, abs=0.3)


def test_shares_are_as_published(real_data: Path) -> None:
    blocks = printed(real_data / "gpw-bulletin-2025-10.xlsx", "2b")
    permanent = "All Qualified Permanent GPs (excludes GPs in Training Grade & Locums)"
    everyone = {band: float(n) for band, n in blocks[permanent]}
    partners = {band: float(n) for band, n in blocks["GP Partners"]}
    trainees = {band: float(n) for band, n in blocks["GPs in Training Grade"]}
    words = {"under30": "Under 30", "65to69": "65 and over", "70plus": "65 and over"}
    for band, share in national.PARTNER_SHARE.items():
        label = words.get(band, band.replace("to", "-"))
        assert share == pytest.approx(partners[label] / everyone[label])
    for band, people in national.TRAINEE_AGES.items():
        assert trainees[words.get(band, band.replace("to", "-"))] == people
