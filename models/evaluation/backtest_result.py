"""The back-test as a whole: every method at both horizons, in the shape the command prints."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any

from models.cohort_forecast import HeadSeries
from models.evaluation.backtest import (
    BAND_NAMES,
    FIVE_YEARS,
    MODEL,
    MODEL_GROWTH,
    ONE_YEAR,
    RIVALS,
    VARIANTS,
    Method,
    Scored,
    score,
)
from models.evaluation.resampling import interval, standard_error

# Raised when a figure may change without the data changing: docs/decisions/0021-backtest-method.md.
METHOD = "bands-2026.1"
HORIZON_NAMES: Mapping[int, str] = {ONE_YEAR: "one_year", FIVE_YEARS: "five_year"}
METHODS: Mapping[str, Method] = {"model": MODEL, **RIVALS}
# Twelve-month windows of four neighbouring quarter ends overlap.
BLOCK = 4


@dataclass(frozen=True)
class HorizonResult:
    """Every method's scores at one horizon, and those of variants where they were asked for."""

    years: int
    scored: Mapping[str, Scored]
    variants: Mapping[str, Scored]

    @property
    def errors(self) -> dict[str, float]:
        """Mean absolute error of each method, in percent, over the three bands and all origins."""
        return {name: float(scored.errors.mean()) for name, scored in self.scored.items()}

    @property
    def best_rival(self) -> str:
        """The rival with the smallest error."""
        errors = self.errors
        return min(RIVALS, key=lambda name: errors[name])

    @property
    def coverage(self) -> float:
        """Share of published counts inside the model's 80 % interval."""
        return float(self._covered.mean())

    @property
    def coverage_interval(self) -> tuple[float, float]:
        """Its 95 % bootstrap interval."""
        return interval(self._covered.mean(axis=1), BLOCK)

    @property
    def _covered(self) -> Any:
        return self.scored["model"].covered(MODEL_GROWTH[self.years])

    def interval_scores(self) -> dict[str, float]:
        """Mean interval score of each method; a rival's spread grows as suits it best."""
        own = MODEL_GROWTH[self.years]
        # Nobody settled how a rival's spread grows: it gets the best of three.
        growths = {own, sqrt(self.years), float(self.years)}
        return {
            name: min(
                float(scored.interval_scores(growth).mean())
                for growth in ({own} if name == "model" else growths)
            )
            for name, scored in self.scored.items()
        }

    def as_json(self) -> dict[str, Any]:
        """The scores in the shape that `manage.py backtest --json` prints."""
        found: dict[str, Any] = {
            "mean": self.errors,
            "bands": {
                band: {
                    name: float(scored.errors[:, place].mean())
                    for name, scored in self.scored.items()
                }
                for place, band in enumerate(BAND_NAMES)
            },
            "origins": len(self.scored["model"].origins),
            "standard_error": {
                name: standard_error(scored.errors.mean(axis=1), BLOCK)
                for name, scored in self.scored.items()
            },
            "best_rival": self.best_rival,
            "interval_score": self.interval_scores(),
        }
        if self.variants:
            found["variants"] = {
                name: float(scored.errors.mean()) for name, scored in self.variants.items()
            }
        return found


def backtest(series: HeadSeries, *, variants: bool = False) -> dict[int, HorizonResult]:
    """Score every method, and with `variants` the frozen alternatives, at one and five years.

    Raises ValueError where the series is too short for a scored origin.
    """
    return {
        years: HorizonResult(
            years,
            {name: score(series, method, years) for name, method in METHODS.items()},
            {name: score(series, method, years) for name, method in VARIANTS.items()}
            if variants
            else {},
        )
        for years in HORIZON_NAMES
    }


def as_json(results: Mapping[int, HorizonResult]) -> dict[str, Any]:
    """All of it: both horizons, and the coverage of the model's 80 % intervals."""
    return {
        **{HORIZON_NAMES[years]: result.as_json() for years, result in results.items()},
        "coverage_80": {str(years): result.coverage for years, result in results.items()},
        "coverage_80_interval": {
            str(years): list(result.coverage_interval) for years, result in results.items()
        },
    }
