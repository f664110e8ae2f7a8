"""What must stand beside every outlook: what it is compared with, and how well it has done."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from models.evaluation.stored import BACKTEST, stored_evaluations
from retention.presenters import evaluation_figures as figures
from retention.presenters.outlook import percent


def trust_sentences() -> tuple[str, ...]:
    """Return what must stand beside every outlook: its rivals, back-test, calibration, limits."""
    kept = evaluations()
    found = [
        "It rests on England's rates by age, the standard table, and knows nothing of local reasons"
        " to stay or go."
    ]
    # Without stored runs the limits below are said all the same.
    if backtest := kept.get(BACKTEST):
        found += [backtest_sentence(years, s) for years, s in figures.horizons_of(backtest)]
        held = " and ".join(
            f"{percent(share)} of outcomes {label} ahead (95% interval {percent(low)} to"
            f" {percent(high)})"
            for label, share, low, high in figures.coverage_rows(backtest)
        )
        found.append(f"Calibration: its 80% intervals held {held}. That is of national counts.")
    found.append("One practice varies far more than England. It must not be used about a person.")
    return tuple(found)


@cache
def evaluations() -> Mapping[str, Any]:
    """Return the stored figures; they change only with a release."""
    return stored_evaluations()


def backtest_sentence(years: int, scores: Mapping[str, Any]) -> str:
    """Return the error at one horizon beside the best rival's and that of no change."""
    rival = scores["best_rival"]
    return (
        f"Back-test, {ahead(years)} ahead: off by {scores['mean']['model']:.1f}% on average; the"
        f" best rival ({figures.METHOD_NAMES[rival].lower()}) by {scores['mean'][rival]:.1f}%,"
        f" “no change” by {scores['mean']['no_change']:.1f}%."
    )


def ahead(years: int) -> str:
    """Return a horizon in words."""
    return "one year" if years == 1 else f"{years} years"
