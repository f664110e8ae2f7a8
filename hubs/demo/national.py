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
# People and full-time equivalents of each role: the same release, tables 1b and 1a, October 2025.
# Roles by the names that the practice-level file has for them; rare ones are left out.
DIRECT_PATIENT_CARE: Mapping[str, tuple[int, float]] = {
    "hca": (9_487, 6_894.1),
    "dispenser": (2_940, 2_129.5),
    "pharma": (2_480, 1_928.0),
    "phleb": (1_647, 896.0),
    "oth": (1_077, 787.9),
    "paramed": (880, 746.3),
    "physician_assoc": (871, 784.0),
    "nurse_assoc": (755, 626.0),
    "pharmt": (730, 618.2),
    "gpa": (601, 462.2),
    "adv_pharma_prac": (472, 363.9),
    "adv_paramed_prac": (412, 351.9),
    "splw": (316, 251.4),
    "hlth_sprt_wrk": (266, 192.5),
    "trainee_nurse_assoc": (188, 169.6),
    "physio": (185, 109.3),
}
ADMINISTRATION: Mapping[str, tuple[int, float]] = {
    "recept": (57_743, 41_281.2),
    "oth": (22_217, 15_803.9),
    "manager": (11_480, 10_392.9),
    "med_secretary": (8_616, 6_307.0),
    "estates_anc": (1_496, 726.0),
    "app": (896, 824.9),
    "teleph": (839, 632.7),
    "manage_ptnr": (392, 368.5),
    "dt_lead": (77, 59.7),
}
# The same table: people in all; women among those whose sex is known.
OTHER_STAFF = {"dpc": 23_578, "admin": 103_085}
OTHER_FEMALE_SHARE = {"dpc": 20_277 / (20_277 + 2_991), "admin": 95_410 / (95_410 + 6_893)}
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
