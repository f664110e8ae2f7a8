"""A place's own leavers against those that the standard table expects, each known within bounds.

What may be told of private records are bands: leavers in steps of COUNT_FROM, and as many years of
people's time by age group. Everything here is made of such bands, and so is a range.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from models.arrays import Floats, non_negative
from models.bands import GP_BANDS, AgeBand
from models.credibility import STATED_K, credibility
from models.disclosure import COUNT_FROM, OWN_RECORD_AGE_GROUPS, own_record_age_group
from models.evaluation.metrics import actual_expected
from models.standard_table import StandardTable

AGE_GROUPS = tuple(words for _, words in reversed(OWN_RECORD_AGE_GROUPS))
# Yearly chances of retiring and of leaving for another reason, by age group.
GroupRates = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Span:
    """What is known to lie between two numbers, both included."""

    low: float
    high: float

    def __add__(self, other: "Span") -> "Span":
        """The bounds of a sum."""
        return Span(self.low + other.low, self.high + other.high)


NOTHING = Span(0.0, 0.0)


@dataclass(frozen=True)
class Experience:
    """Actual against expected leavers; every figure is a range.

    ratio: actual over expected. ratio95: the same with chance, the exact Poisson interval of the
    least and the most that `actual` may be. z: the weight of the place's own record, E/(E+K), the
    table having the rest. blended: z.ratio + 1 - z, the factor on the table's chances.
    """

    actual: Span
    expected: Span
    k: float
    ratio: Span
    ratio95: Span
    z: Span
    blended: Span


def experience(actual: Span, expected: Span, k: float = STATED_K) -> Experience:
    """Compare leavers with those expected. Raises ValueError where nothing may be expected."""
    # Few leavers where many were due, and many where few were: all else lies between.
    least = credibility(actual.low, expected.high, k)
    most = credibility(actual.high, expected.low, k)
    return Experience(
        actual=actual,
        expected=expected,
        k=k,
        ratio=Span(least.own, most.own),
        ratio95=Span(
            actual_expected(int(actual.low), expected.high).low95,
            actual_expected(int(actual.high), expected.low).high95,
        ),
        z=Span(most.z, least.z),
        blended=Span(least.shrunk, most.shrunk),
    )


def years_low(years: float) -> int:
    """Person-years as they are told: the lower end of their band of COUNT_FROM, 0 for fewer."""
    return int(years // COUNT_FROM) * COUNT_FROM


def years_span(low: int) -> Span:
    """The person-years that `low` stands for."""
    return Span(low, low + COUNT_FROM)


def expected_leavers(lows: Mapping[str, int], rates: GroupRates) -> tuple[Span, Span]:
    """Leavers that the table expects of told person-years by age group: all, and retiring alone."""
    # Told as none are fewer than a step of years, and these may still be some.
    spans = {group: years_span(lows.get(group, 0)) for group in rates}
    retired, every = (
        Span(
            sum(spans[group].low * sum(rate[:causes]) for group, rate in rates.items()),
            sum(spans[group].high * sum(rate[:causes]) for group, rate in rates.items()),
        )
        for causes in (1, 2)
    )
    return every, retired


def group_rates(
    table: StandardTable, people: ArrayLike, bands: Sequence[AgeBand] = GP_BANDS
) -> dict[str, tuple[float, float]]:
    """Return the table's chances for AGE_GROUPS, whose people are spread as published.

    people: (bands,), of known age. A group in which nobody is published takes all its single ages
    alike. Raises ValueError for negative or missing numbers.
    """
    ages, weights = _single_ages(table, non_negative("People", people), bands)
    groups = np.array([own_record_age_group(int(age)) for age in ages])
    hazards = table.hazards(ages)
    found = {}
    for group in AGE_GROUPS:
        inside = groups == group
        # Nobody published: no age of the group is likelier than another.
        own = weights[inside] if weights[inside].any() else np.ones(inside.sum())
        retire, otherwise = np.average(hazards[inside], axis=0, weights=own).tolist()
        found[group] = (retire, otherwise)
    return found


def group_shares(people: ArrayLike, bands: Sequence[AgeBand] = GP_BANDS) -> dict[str, float]:
    """Return the shares of AGE_GROUPS among people of known age, (bands,); alike for nobody."""
    counts = non_negative("People", people)
    found = dict.fromkeys(AGE_GROUPS, 0.0)
    for band, count in zip(bands, counts.tolist(), strict=True):
        # No band lies across two groups, so its first age tells which.
        found[own_record_age_group(band.lower)] += count
    total = sum(found.values())
    return {
        group: count / total if total else 1 / len(AGE_GROUPS) for group, count in found.items()
    }


def _single_ages(
    table: StandardTable, people: Floats, bands: Sequence[AgeBand]
) -> tuple[Floats, Floats]:
    """Return every single age of the bands, and the people taken to be of it."""
    spread = [table.band_weights(band) for band in bands]
    ages = np.concatenate([band_ages for band_ages, _ in spread])
    weights = [count * share for count, (_, share) in zip(people, spread, strict=True)]
    return ages, np.concatenate(weights)


def weight_after(yearly_expected: float, years: int, k: float = STATED_K) -> float:
    """The weight that a whole record of so many years would carry: Z of the leavers expected."""
    return credibility(0.0, yearly_expected * years, k).z
