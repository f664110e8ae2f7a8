"""The figures of the last frozen runs, kept beside the code so that a page can show them.

One part for each evaluation: "hazard", "simulated", "fairness" and "roles" (manage.py evaluate
--write) and "backtest" (manage.py backtest --write). Each says when it was made, from what, and by
which version of the method.
"""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

PATH = Path(__file__).parents[1] / "data" / "evaluation.json"
HAZARD, SIMULATED, BACKTEST = "hazard", "simulated", "backtest"
FAIRNESS, ROLES = "fairness", "roles"
# Enough digits to check a run against, few enough to read.
_DIGITS = 6


def stored_evaluations(path: Path = PATH) -> dict[str, Any]:
    """All parts by name; empty where none was ever written."""
    if not path.is_file():
        return {}
    parts: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return parts


def store_evaluation(
    name: str, figures: Mapping[str, Any], *, made_on: date, data: str, path: Path = PATH
) -> None:
    """Write one part and leave the others as they are.

    figures: JSON-able, with a "method" that names its version; data: what they were made from.
    Raises ValueError without a method.
    """
    if not figures.get("method"):
        raise ValueError("An evaluation must name the version of its method.")
    parts = stored_evaluations(path)
    # What is not written anew stays as it was found, with its own day.
    parts[name] = {"made_on": made_on.isoformat(), "data": data, **_rounded(figures)}
    # In order, and without nan, which is no JSON: a change shows as the figures that changed.
    text = json.dumps(parts, indent=1, sort_keys=True, allow_nan=False)
    path.write_text(text + "\n", "utf-8")


def _rounded(value: Any) -> Any:
    """Floats to so many digits, at any depth."""
    if isinstance(value, float):
        return round(value, _DIGITS)
    if isinstance(value, Mapping):
        return {name: _rounded(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return value
