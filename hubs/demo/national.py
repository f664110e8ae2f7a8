"""The published figures that the demo is drawn from, and what had to be assumed beside them."""

import random
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TypeVar

from retention.reference.england import england_reference

Choice = TypeVar("Choice")

# Partners of each age, of all qualified permanent GPs of that age. NHS England, General Practice
# Workforce, 31 October 2025, table 2b.
PARTNER_SHARE = {
    "under30": 9 / 235,
    "30to34": 306 / 3_615,
    "35to39": 1_632 / 7_177,
    "40to44": 2_953 / 7_078,
    "45to49": 3_837 / 6_535,
    "50to54": 3_647 / 5_593,
    "55to59": 2_797 / 4_073,
    "60to64": 1_598 / 2_326,
    "65to69": 1_116 / 1_568,
    "70plus": 1_116 / 1_568,
}
# The same release, table 1b: retainers among those who are not partners; advanced nurse
# practitioners among nurses.
RETAINER_SHARE = 724 / (38_462 - 18_009)
ADVANCED_NURSE_SHARE = 5_086 / 22_776
# GPs in training by age: the same release, table 2b.
TRAINEE_AGES = {
    "under30": 3_278,
    "30to34": 3_955,
    "35to39": 1_928,
    "40to44": 829,
    "45to49": 371,
}
# Sessions a week of nine to a full-time equivalent. Means follow tables 1a and 1b (partners 0.85,
# salaried 0.62, nurses 0.73 FTE a head); all GPs then work 6.3, and 6.2 was found by survey (GP
# Worklife Survey 2021, BJGP 2024;74:e652). The spread around the means is assumed.
SESSIONS: Mapping[str, Mapping[int, int]] = {
    "partner": {4: 4, 5: 6, 6: 16, 7: 16, 8: 30, 9: 20, 10: 8},
    "salaried": {2: 4, 3: 8, 4: 22, 5: 18, 6: 26, 7: 8, 8: 11, 9: 3},
    "retainer": {3: 30, 4: 70},
    "locum": {2: 30, 4: 50, 6: 20},
    "trainee": {6: 15, 8: 25, 9: 60},
    "nurse": {4: 12, 5: 14, 6: 26, 7: 14, 8: 20, 9: 14},
    "advanced_nurse": {5: 10, 6: 20, 7: 20, 8: 30, 9: 20},
}
# NHS England, Patients registered at a GP practice, July 2026, in thousands.
PATIENTS = {
    ("male", "0to4"): 1_475,
    ("male", "5to14"): 3_639,
    ("male", "15to44"): 13_126,
    ("male", "45to64"): 8_024,
    ("male", "65to74"): 2_884,
    ("male", "75to84"): 1_953,
    ("male", "85plus"): 602,
    ("female", "0to4"): 1_403,
    ("female", "5to14"): 3_463,
    ("female", "15to44"): 12_769,
    ("female", "45to64"): 7_804,
    ("female", "65to74"): 3_046,
    ("female", "75to84"): 2_301,
    ("female", "85plus"): 948,
}
PATIENTS_FOR_A_GP = 63_436_508 / 38_462


def female_share(group: str, age: int) -> float:
    """Return the chance that someone of `group` is a woman.

    Its mean is published (table 1b). That older GPs are men more often is known, how much so is
    not in the bulletin: 0.8 % a year is assumed.
    """
    sexes = england_reference().groups[group].headcount_by_sex
    mean = sexes["female"] / (sexes["female"] + sexes["male"])
    return mean + (46 - age) * 0.008 if group == "gp" else mean


def quota(total: int, weights: Mapping[Choice, float]) -> dict[Choice, int]:
    """Share `total` out by weights, as closely as whole numbers can (largest remainders)."""
    scale = total / sum(weights.values())
    exact = {key: weight * scale for key, weight in weights.items()}
    whole = {key: int(value) for key, value in exact.items()}
    by_remainder = sorted(exact, key=lambda key: whole[key] - exact[key])
    for key in by_remainder[: total - sum(whole.values())]:
        whole[key] += 1
    return whole


def draw(rng: random.Random, weights: Mapping[Choice, float]) -> Choice:
    """Draw one of the keys by its weight."""
    return rng.choices(list(weights), list(weights.values()))[0]


def draw_order(
    rng: random.Random, things: Sequence[Choice], weights: Sequence[float], count: int
) -> list[Choice]:
    """Draw `count` of the things, none twice, each next one by its weight among those left."""
    left, left_weights = list(things), list(weights)
    drawn = []
    for _ in range(count):
        place = rng.choices(range(len(left)), cum_weights=list(accumulate(left_weights)))[0]
        drawn.append(left.pop(place))
        left_weights.pop(place)
    return drawn
