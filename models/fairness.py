"""Is the model as right for one group as for another? And where it must not be used.

For each group of an attribute (sex, role, age band, deprivation fifth) actual against expected
leavers and calibration. Groups of fewer than COUNT_FROM people are withheld, and with them the next
smallest until they are two groups or more and COUNT_FROM people together, so that no difference
from a total tells of fewer. How many of a group left is told as it is: it may be one to seven, so
that a comparison made from private records may pass no door.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.disclosure import COUNT_FROM
from models.evaluation.metrics import ActualExpected, actual_expected, calibration_line

# The stated limit for use: the 95 % interval of actual over expected must reach this range.
FAIR_LOW, FAIR_HIGH = 0.9, 1.1
# A slope from fewer events than this is noise.
EVENTS_FROM = 20
AGE_BANDS = ((0, "Under 40"), (40, "40 to 49"), (50, "50 to 54"), (55, "55 to 59"))
OLDER_AGE_BANDS = ((60, "60 to 64"), (65, "65 and over"))
UNKNOWN = "Not known"


@dataclass(frozen=True)
class GroupFairness:
    """One group. All figures are None where it is withheld.

    intercept and slope are None too from fewer than EVENTS_FROM events or non-events.
    """

    attribute: str
    group: str
    people: int | None
    ratio: ActualExpected | None
    intercept: float | None
    slope: float | None

    @property
    def withheld(self) -> bool:
        """Whether the group is too small to be shown."""
        return self.ratio is None

    @property
    def within_limit(self) -> bool | None:
        """Whether the interval of actual over expected reaches 0.9 to 1.1; None if withheld."""
        if self.ratio is None:
            return None
        return reaches_limit(self.ratio.low95, self.ratio.high95)


def reaches_limit(low95: float, high95: float) -> bool:
    """Whether an interval of actual over expected reaches the range of the limit for use."""
    return low95 <= FAIR_HIGH and high95 >= FAIR_LOW


def fairness(
    attributes: Mapping[str, ArrayLike], chance: ArrayLike, event: ArrayLike
) -> tuple[GroupFairness, ...]:
    """Compare groups.

    attributes: for each, the group of every row, "" unknown; chance, event: (rows,). Groups come
    in the order of their names, unknown last. Raises ValueError where rows do not match.
    """
    chances = np.asarray(chance, dtype=np.float64)
    events = np.asarray(event, dtype=np.float64)
    found: list[GroupFairness] = []
    for attribute, labels in attributes.items():
        groups = np.asarray(labels, dtype=np.str_)
        if not groups.shape == chances.shape == events.shape:
            raise ValueError(f"{attribute}: every row needs a group, a chance and an event.")
        found += _of_attribute(attribute, groups, chances, events)
    return tuple(found)


def age_band(ages: ArrayLike) -> NDArray[np.str_]:
    """The age band of each age, as `fairness` groups them: shape of `ages`, "" unknown (nan)."""
    bands = (*AGE_BANDS, *OLDER_AGE_BANDS)
    known = np.asarray(ages, dtype=np.float64)
    place = np.searchsorted([first for first, _ in bands], known, side="right") - 1
    names = np.array([name for _, name in bands])[np.maximum(place, 0)]
    # What is not known sorts behind all others, and would pass for the oldest.
    return np.where(np.isnan(known), "", names)


def _of_attribute(
    attribute: str, groups: NDArray[np.str_], chances: NDArray[np.float64], events: ArrayLike
) -> list[GroupFairness]:
    names, counts = np.unique(groups, return_counts=True)
    people = {str(name): int(count) for name, count in zip(names, counts, strict=True)}
    small = _withheld(people)
    left = np.asarray(events)
    return [
        _group(attribute, name, name in small, chances[groups == name], left[groups == name])
        for name in sorted(people, key=lambda name: (name == "", name))
    ]


def _withheld(people: Mapping[str, int]) -> set[str]:
    """The groups to withhold: the small ones, never one alone, nor fewer than COUNT_FROM people."""
    by_size = sorted(people, key=lambda name: (people[name], name))
    count = sum(1 for size in people.values() if size < COUNT_FROM)
    # What is withheld is the total less the others: neighbours go with it until it is neither one
    # group alone nor fewer people than may be told of.
    while 0 < count < len(by_size) and (
        count == 1 or sum(people[name] for name in by_size[:count]) < COUNT_FROM
    ):
        count += 1
    return set(by_size[:count])


def _group(
    attribute: str,
    name: str,
    withheld: bool,
    chances: NDArray[np.float64],
    events: NDArray[np.float64],
) -> GroupFairness:
    label = name or UNKNOWN
    expected = float(chances.sum())
    if withheld or not expected > 0:
        return GroupFairness(attribute, label, None, None, None, None)
    left = int(events.sum())
    ratio = actual_expected(left, expected)
    # A line needs both outcomes, and chances that differ.
    if min(left, len(events) - left) < EVENTS_FROM or np.ptp(chances) == 0:
        return GroupFairness(attribute, label, len(events), ratio, None, None)
    intercept, slope = calibration_line(chances, events)
    return GroupFairness(attribute, label, len(events), ratio, intercept, slope)
