"""Measures of predicted chances against what happened, in our own code and checked elsewhere.

Everywhere chance is (rows,) between 0 and 1 and event (rows,) of 0 and 1. Conventions follow Van
Calster and others (BMC Medicine 2019;17:230): curve, intercept and slope, no Hosmer-Lemeshow.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from models.arrays import Floats
from models.log_odds import expit, logit

_NEWTON_STEPS, _SMALL = 100, 1e-10


@dataclass(frozen=True)
class Scores:
    """One model's measures on one set of people and one horizon.

    intercept is that of calibration in the large: log-odds to add with slope 1; 0 is perfect, and
    below 0 too much was predicted. slope: 1 is perfect, below 1 the chances are too extreme.
    """

    auc: float
    brier: float
    ipa: float
    intercept: float
    slope: float


@dataclass(frozen=True)
class CalibrationPoint:
    """People of like predicted chance: their mean chance, the share with the event, how many."""

    predicted: float
    observed: float
    low95: float
    high95: float
    people: int


@dataclass(frozen=True)
class ActualExpected:
    """Events that happened against events expected, their ratio with its exact 95 % interval."""

    actual: int
    expected: float
    ratio: float
    low95: float
    high95: float


def scores(chance: ArrayLike, event: ArrayLike) -> Scores:
    """Return all measures. Raises ValueError unless both outcomes occur."""
    chances, events = _checked(chance, event)
    intercept, slope = calibration_line(chances, events)
    return Scores(
        auc=auc(chances, events),
        brier=brier(chances, events),
        ipa=ipa(chances, events),
        intercept=intercept,
        slope=slope,
    )


def auc(chance: ArrayLike, event: ArrayLike) -> float:
    """Chance that a random leaver was ranked above a random stayer; a tie counts half.

    From midranks (Mann-Whitney). Raises ValueError unless both outcomes occur.
    """
    chances, events = _checked(chance, event)
    _, place, count = np.unique(chances, return_inverse=True, return_counts=True)
    # The chances that are alike share the mean of the ranks that they fill.
    midrank = (np.cumsum(count) - (count - 1) / 2)[place]
    left = events.sum()
    stayed = len(events) - left
    # What the leavers' ranks add up to beyond the least that they could.
    return float((midrank @ events - left * (left + 1) / 2) / (left * stayed))


def brier(chance: ArrayLike, event: ArrayLike) -> float:
    """Mean squared distance of the chances from what happened."""
    chances, events = _checked(chance, event, both=False)
    return float(np.mean((chances - events) ** 2))


def ipa(chance: ArrayLike, event: ArrayLike) -> float:
    """Index of prediction accuracy: 1 - Brier / Brier of giving everyone the observed share.

    Kattan and Gerds, Diagnostic and Prognostic Research 2018;2:7. Below 0 is worse than that.
    Raises ValueError unless both outcomes occur.
    """
    chances, events = _checked(chance, event)
    share = events.mean()
    return 1 - brier(chances, events) / float(share * (1 - share))


def calibration_line(chance: ArrayLike, event: ArrayLike) -> tuple[float, float]:
    """Intercept with the slope held at 1, and the slope of a logistic line in the log-odds.

    Raises ValueError unless both outcomes occur. Chances of exactly 0 or 1 are held a
    trillionth away from it.
    """
    chances, events = _checked(chance, event)
    odds = logit(chances)
    ones = np.ones((len(odds), 1))
    # The odds as offset hold the slope at 1; as a column they let it be found.
    (intercept,) = _newton(ones, events, odds)
    _, slope = _newton(np.column_stack([ones, odds]), events, np.zeros(len(odds)))
    return float(intercept), float(slope)


def calibration_curve(
    chance: ArrayLike, event: ArrayLike, groups: int = 10
) -> list[CalibrationPoint]:
    """Predicted against observed in `groups` of equal size by predicted chance, lowest first.

    Equal chances stay in one group, so there may be fewer groups. Intervals are Wilson's.
    """
    chances, events = _checked(chance, event, both=False)
    # Many alike would make edges that are the same, and groups of nobody between them.
    edges = np.unique(np.quantile(chances, np.arange(1, groups) / groups))
    place = np.searchsorted(edges, chances, side="left")
    points = []
    for group in np.unique(place):
        inside = place == group
        low, high = wilson(int(events[inside].sum()), int(inside.sum()))
        points.append(
            CalibrationPoint(
                predicted=float(chances[inside].mean()),
                observed=float(events[inside].mean()),
                low95=low,
                high95=high,
                people=int(inside.sum()),
            )
        )
    return points


def wilson(events: int, people: int, z: float = 1.959964) -> tuple[float, float]:
    """Wilson's 95 % interval of a share. Raises ValueError without people."""
    if people <= 0:
        raise ValueError("A share needs people.")
    share, weight = events / people, z**2 / people
    middle = (share + weight / 2) / (1 + weight)
    half = z * np.sqrt(share * (1 - share) / people + weight / (4 * people)) / (1 + weight)
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))


def actual_expected(actual: int, expected: float, level: float = 0.95) -> ActualExpected:
    """Actual over expected with the exact Poisson interval of the actual count.

    From the gamma quantiles (Garwood, Biometrika 1936;28:437). Raises ValueError for a negative
    count and where nothing is expected.
    """
    # Imported here: a page that shows what was found must not wait for it.
    from scipy.special import gammaincinv

    if actual < 0 or not expected > 0:
        raise ValueError("Actual over expected needs a count from 0 and something expected.")
    tail = (1 - level) / 2
    # From no event nothing can be said of how few there might have been.
    low = float(gammaincinv(actual, tail)) if actual else 0.0
    high = float(gammaincinv(actual + 1, 1 - tail))
    return ActualExpected(actual, expected, actual / expected, low / expected, high / expected)


def _newton(features: Floats, events: Floats, offset: Floats) -> Floats:
    """Unpenalised logistic fit of one or two coefficients, steps bounded."""
    beta = np.zeros(features.shape[1])
    for _ in range(_NEWTON_STEPS):
        chances = expit(offset + features @ beta)
        gradient = features.T @ (events - chances)
        curvature = (features.T * (chances * (1 - chances))) @ features
        # A trace of ridge: chances all alike give a slope no curvature of its own.
        step = np.linalg.solve(curvature + _SMALL * np.eye(len(beta)), gradient)
        # Where the outcomes are wholly parted the slope has no end: it is walked, not leapt.
        beta = beta + np.clip(step, -2.0, 2.0)
        if np.max(np.abs(step)) < _SMALL:
            break
    return beta


def _checked(chance: ArrayLike, event: ArrayLike, *, both: bool = True) -> tuple[Floats, Floats]:
    chances, events = np.asarray(chance, np.float64), np.asarray(event, np.float64)
    if chances.shape != events.shape or chances.ndim != 1 or not len(chances):
        raise ValueError("Chances and events must be two lists of the same length.")
    # Nothing compares with what is not known, so a nan is refused here too.
    if not np.all((chances >= 0) & (chances <= 1)) or not np.all(np.isin(events, (0, 1))):
        raise ValueError("Chances must lie between 0 and 1, and events be 0 or 1.")
    if both and len(np.unique(events)) < 2:
        raise ValueError("Some must have the event and some not.")
    return chances, events
