"""The numbers of docs/guides/outlook-by-hand.md are what the code gives."""

from pathlib import Path

import numpy as np
import pytest

from models.bands import GP_BANDS
from models.contributions import contributions
from models.forecast import forecast
from models.joiners import in_post, joiners
from models.rate_spread import RATE_DRIFT, RATE_SPREAD_ALL, RateSpread
from models.scenarios import (
    FewerSessions,
    LessLeaving,
    Place,
    PracticeCloses,
    RetireLater,
    Scenario,
    compare,
)
from models.sessions_left import sessions_left
from models.standard_table import standard_table

GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "outlook-by-hand.md"
BANDS = (7, 2, 6)  # 60 to 64, 35 to 39, 55 to 59
PEOPLE = np.zeros((3, 10))
PEOPLE[[0, 1, 2], BANDS] = 1, 2, 1
SESSIONS = np.array([6.0, 5.0, 8.0])


@pytest.fixture
def guide() -> str:
    return GUIDE.read_text(encoding="utf-8")


def test_the_chances_are_the_tables(guide: str) -> None:
    rows = zip("ABC", BANDS, SESSIONS, strict=True)
    chances = standard_table().band_incidence([1])[:, 0]
    for name, band, sessions in rows:
        line = next(line for line in guide.splitlines() if line.startswith(f"| {name} |"))
        retire, otherwise = chances[band]
        assert line.endswith(f"| {sessions:g} | {retire + otherwise:.1%} | {retire:.1%} |")


def test_the_expectation_and_its_parts(guide: str) -> None:
    outlook = forecast(PEOPLE, SESSIONS)[1]
    assert f"**{outlook.expected:.3f}** sessions" in guide
    assert f"of which {outlook.retirement_expected:.3f} to retirement" in guide
    parts = contributions(PEOPLE, SESSIONS, years=1)
    first = parts[0]
    by_band = {part.band: part.expected for part in parts}
    in_order = " + ".join(f"{by_band[GP_BANDS[place]]:.3f}" for place in BANDS)
    assert f"= {in_order} =" in guide
    for part in parts:
        assert f"{part.band.label} with {part.share:.0%}" in guide
    assert f"weighs {first.times:.1f} times" in guide


def test_the_chances_of_the_sum(guide: str) -> None:
    certain = forecast(PEOPLE, SESSIONS, spread=RateSpread(0.0, 0.0, 0.0))[1]
    spread = certain.leaving.distribution
    alone = {lost: spread.at_least(lost) - spread.at_least(lost + 0.1) for lost in (0, 5, 6, 8)}
    assert f"= **{alone[0]:.1%}**" in guide
    assert f"{alone[5]:.1%}, which costs 5 sessions" in guide
    assert f"{alone[6]:.1%}, 6 sessions" in guide
    assert f"{alone[8]:.1%}, 8 sessions" in guide
    assert f"Together {sum(alone.values()):.1%}, and without the last" in guide
    assert f"last {sum(alone.values()) - alone[8]:.1%}:" in guide
    assert f"**{certain.low80:.0f} to {certain.high80:.0f}**" in guide
    assert f"**{certain.chance_of_losing_at_least(8):.1%}**" in guide


def test_the_uncertain_rates(guide: str) -> None:
    certain = forecast(PEOPLE, SESSIONS, spread=RateSpread(0.0, 0.0, 0.0))[1]
    outlook = forecast(PEOPLE, SESSIONS)[1]
    assert f"by {RATE_SPREAD_ALL:.0%} and a drift of {RATE_DRIFT:.0%} a year" in guide
    assert f"nobody leaves is {1 - outlook.chance_of_losing_at_least(1):.1%}" in guide
    assert f"at least 8 is {outlook.chance_of_losing_at_least(8):.1%}," in guide
    before, after = (side.chance_of_losing_at_least(12) for side in (certain, outlook))
    assert f"at least 12 goes from {before:.1%} to {after:.1%}" in guide
    assert (outlook.low80, outlook.high80) == (certain.low80, certain.high80)


def test_what_is_left_and_who_joins(guide: str) -> None:
    coming = joiners(3, [1])[1]
    left = sessions_left(forecast(PEOPLE, SESSIONS)[1], patients=10_000, joiners=coming)
    assert f"= {left.expected:.1f} sessions if nobody joins, between {left.low80:.0f} and" in guide
    now, then = left.per_1000(left.now), left.per_1000(left.expected)
    assert f"that is {then:.2f} for each 1,000 of them, from {now:.2f} now" in guide
    assert f"{coming.people_low:.2f} people" in guide
    assert f"{coming.people_low:.0%} of those who finished" in guide
    assert f"{coming.sessions_low:.1f} to {coming.sessions_high:.1f} sessions" in guide
    half, year = in_post(np.array([0.5, 1.0]))
    assert f"through {half:.1%} after half a year, to {year:.1%} after a year" in guide


@pytest.mark.parametrize(
    ("words", "scenario"),
    [
        ("Everyone retires two years earlier", RetireLater(-2)),
        ("Everyone retires two years later", RetireLater(2)),
        ("Everyone works a tenth less", FewerSessions(0.1)),
        ("A scheme cuts leaving from 50 by a tenth", LessLeaving(0.1)),
        ("Practice A closes and its GP goes", PracticeCloses(0)),
    ],
)
def test_the_scenarios(guide: str, words: str, scenario: Scenario) -> None:
    change = compare(Place(PEOPLE, SESSIONS), scenario, years=[1])[1]
    row = f"| {words} | {change.at_once:.1f} | {change.under.expected:.2f} | {change.left:+.2f} |"
    assert row in guide
