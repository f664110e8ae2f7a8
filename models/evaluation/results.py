"""What an evaluation found, ready for a page and for JSON: numbers, counts and intervals."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any

from models.evaluation.metrics import ActualExpected, CalibrationPoint, Scores


@dataclass(frozen=True)
class Estimate:
    """A number with its bootstrap standard error and 95 % interval (percentiles)."""

    value: float
    standard_error: float
    low95: float
    high95: float


@dataclass(frozen=True)
class ModelScores:
    """One model at one horizon: its measures, and the standard error of each."""

    scores: Scores
    standard_errors: Scores

    def as_json(self) -> dict[str, Any]:
        """The measures side by side with their standard errors."""
        return {**asdict(self.scores), "standard_errors": asdict(self.standard_errors)}


@dataclass(frozen=True)
class HorizonEvaluation:
    """The model and its rivals at one horizon, on the same people.

    sixty_and_over: the same on people aged 60 and over, where ranking is harder. variants: both
    runs of boosting, of which `rivals` holds the better, and the model without drift.
    calibration and actual_expected are the model's.
    """

    years: int
    rows: int
    people: int
    events: int
    model: ModelScores
    rivals: Mapping[str, ModelScores]
    variants: Mapping[str, Scores]
    ipa_over_boosting: Estimate
    sixty_and_over: Mapping[str, Scores]
    calibration: tuple[CalibrationPoint, ...]
    actual_expected: Mapping[str, ActualExpected]

    def as_json(self) -> dict[str, Any]:
        """The layout that `manage.py evaluate_hazard --json` promises, and more beside it."""
        return {
            "model": self.model.as_json(),
            **{name: rival.as_json() for name, rival in self.rivals.items()},
            "60_and_over": plain(self.sixty_and_over),
            "variants": plain(self.variants),
            "ipa_over_boosting": plain(self.ipa_over_boosting),
            "calibration": plain(self.calibration),
            "actual_expected": plain(self.actual_expected),
            "rows": self.rows,
            "people": self.people,
            "events": self.events,
        }


@dataclass(frozen=True)
class HazardEvaluation:
    """The hazard model on real people: how it was made, and each horizon."""

    method: str
    trained_on: tuple[int, int]
    scored_on: tuple[int, int]
    train_rows: int
    train_events: int
    bootstrap_draws: int
    horizons: Mapping[int, HorizonEvaluation]
    coefficients: Mapping[str, float]
    drift: Mapping[str, float]

    def as_json(self) -> dict[str, Any]:
        """JSON-able, horizons by their number of years as text."""
        # Horizons have a layout of their own, which is promised.
        found = {name: plain(value) for name, value in vars(self).items() if name != "horizons"}
        return {"horizons": {str(y): h.as_json() for y, h in self.horizons.items()}, **found}


def plain(value: Any) -> Any:
    """Dataclasses, mappings and tuples as dicts and lists, at any depth."""
    # The class itself passes is_dataclass too, and has no values.
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(part) for name, part in vars(value).items()}
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return value
