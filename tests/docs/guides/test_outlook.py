"""The worked example of docs/guides/outlook.md is what the code gives."""

from pathlib import Path

import pytest

from models.flags import FLAG_YEARS, retirement_flag
from models.forecast import Share, expected, forecast
from models.rate_spread import RATE_DRIFT, RATE_SPREAD_ALL, RATE_SPREAD_RETIREMENT
from models.standard_table import standard_table
from tests.models.test_forecast import HEADS, NETWORK
from tests.models.test_standard_table import ENGLAND_JUNE_2023

GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "outlook.md"


@pytest.fixture
def guide() -> str:
    return GUIDE.read_text(encoding="utf-8")


def test_the_place_is_the_one_described(guide: str) -> None:
    assert f"six practices with {NETWORK.sum():.0f} GPs" in guide
    assert f"work {HEADS @ NETWORK.sum(axis=1):.0f} sessions" in guide
    assert f"between {HEADS.min():g} and {HEADS.max():g} sessions a head" in guide
    assert NETWORK.sum(axis=0)[6:].tolist() == [4, 2, 1, 1]


@pytest.mark.parametrize("years", [1, 3, 5, 10])
def test_the_figures_are_these(guide: str, years: int) -> None:
    outlook = forecast(NETWORK, HEADS)[years]
    chance = outlook.chance_of_losing_at_least(40)
    row = (
        f"| {years} year{'s' if years > 1 else ''} | {outlook.expected:.1f} "
        f"| {outlook.low80:.0f} to {outlook.high80:.0f} | {chance:.0%} "
        f"| {outlook.retirement_expected:.1f} "
        f"| {outlook.retirement_low80:.0f} to {outlook.retirement_high80:.0f} |"
    )
    assert row in guide


def test_the_chances_of_one_person_are_these(guide: str) -> None:
    chances = standard_table().band_incidence([1, 3])[7]
    retire, otherwise = chances[0]
    assert f"{retire + otherwise:.1%}: {retire:.1%} to retire, {otherwise:.1%} other" in guide
    assert f"Within three years it is {chances[1].sum():.1%}" in guide


def test_the_comparison_with_england_is_this(guide: str) -> None:
    place = forecast(NETWORK, HEADS)[FLAG_YEARS]
    now, lost = place.sessions_now, place.retirement
    share = Share(lost.expected / now, lost.low80 / now, lost.high80 / now)
    england = expected([ENGLAND_JUNE_2023], [1.0], years=[FLAG_YEARS])
    flag = retirement_flag(share, (england.retirement_sessions[0, 0] / england.sessions_now[0]))
    assert f"{share.expected:.1%} of its sessions" in guide
    assert f"would lose {flag.england:.1%}: {flag.ratio:.2f} times" in guide
    assert f"{share.low80:.0%} to {share.high80:.0%}" in guide
    assert not flag.raised


def test_the_small_practice_is_this(guide: str) -> None:
    practice = forecast(NETWORK[1:2], HEADS[1:2])[3]
    assert practice.low80 == 0
    assert (
        f"{practice.expected:.0f} of {practice.sessions_now:g} sessions, but the interval runs "
        f"from none to {practice.high80:g}" in guide
    )


def test_the_spread_of_the_rates_is_this(guide: str) -> None:
    assert f"{RATE_SPREAD_ALL:.0%} to either side is usual for all leaving" in guide
    assert f"{RATE_SPREAD_RETIREMENT:.0%} for retirement" in guide
    assert f"by some {RATE_DRIFT:.0%} a year" in guide
