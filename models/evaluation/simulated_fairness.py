"""Would the model be fair if leaving differed by deprivation, which it does not look at?

No public record follows who left, by the deprivation of their practice: releases do not number
people alike. So hubs are made up, whose true chances are known. They say what the model would
miss, not what is true of GPs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from models.arrays import Floats
from models.evaluation import simulated
from models.evaluation.results import plain
from models.fairness import GroupFairness, age_band, fairness
from models.hazard import LEFT_OTHERWISE, RETIRED, STAYED
from models.person_years import PersonYears, person_years
from models.standard_table import standard_table

METHOD = "simulated-fairness-2026.1"
FIFTHS = 5
# How many leave in the most deprived fifth for each in the least, all else alike. 1.09 is what
# is published of turnover of GPs (Parisi and others, BMJ Open 2021, interval 1.06 to 1.13): from
# a practice, not from the NHS. 1 and 1.5 are ours: nothing, and far beyond what is published.
RATIOS = (1.0, 1.09, 1.5)
HUBS, SCORED_ROWS = 10, 20_000


@dataclass(frozen=True)
class AssumedRatio:
    """What was found where so many leave in the most deprived fifth for each in the least.

    model: fitted on each hub's own person-years; table: the standard table, without local data.
    Neither looks at deprivation.
    """

    ratio: float
    model: tuple[GroupFairness, ...]
    table: tuple[GroupFairness, ...]


@dataclass(frozen=True)
class SimulatedFairness:
    """All assumed ratios; figures are of `hubs` hubs together, on people of none of them."""

    method: str
    hubs: int
    person_years: int
    scored: int
    assumed: tuple[AssumedRatio, ...]

    def as_json(self) -> dict[str, Any]:
        """JSON-able, with the verdict of each group."""
        found: dict[str, Any] = {
            name: value for name, value in vars(self).items() if name != "assumed"
        }
        found["assumed"] = [
            {"ratio": one.ratio, "model": _groups(one.model), "table": _groups(one.table)}
            for one in self.assumed
        ]
        return found


def evaluate(
    *, hubs: int = HUBS, person_years: int = simulated.HUB, rows: int = SCORED_ROWS
) -> SimulatedFairness:
    """Run all assumed ratios. rows: the people that each hub's model is scored on."""
    return SimulatedFairness(
        method=METHOD,
        hubs=hubs,
        person_years=person_years,
        scored=hubs * rows,
        assumed=tuple(assumed(ratio, hubs, person_years, rows) for ratio in RATIOS),
    )


# One thread: on a shared machine many small products wait for each other otherwise.
@threadpool_limits.wrap(limits=1)  # type: ignore[untyped-decorator]  # threadpoolctl ships no types
def assumed(ratio: float, hubs: int, size: int, rows: int) -> AssumedRatio:
    """What was found under one assumed ratio."""
    labels: dict[str, list[NDArray[Any]]] = {}
    chances: dict[str, list[Floats]] = {"model": [], "table": []}
    events = []
    for number in range(hubs):
        # Two a hub: one for who it learns from, one for who it is scored on.
        seed = simulated.SEED + 2 * number
        fitted = simulated.fit(people_of_fifths(size, seed, ratio)[0])
        people, fifth = people_of_fifths(rows, seed + 1, ratio)
        values = simulated.features(people).values
        chances["model"].append(fitted.predict_hazard(values, people.age).sum(axis=-1))
        chances["table"].append(standard_table().hazards(people.age).sum(axis=-1))
        events.append(people.event > 0)
        for name, own in attributes(people, fifth).items():
            labels.setdefault(name, []).append(own)
    groups = {name: np.concatenate(parts) for name, parts in labels.items()}
    left = np.concatenate(events).astype(np.float64)
    found = {name: fairness(groups, np.concatenate(one), left) for name, one in chances.items()}
    return AssumedRatio(ratio, found["model"], found["table"])


def people_of_fifths(rows: int, seed: int, ratio: float) -> tuple[PersonYears, NDArray[np.int64]]:
    """A simulated hub's person-years, and the fifth of each (1 the least deprived).

    The true hazards are those of models.evaluation.simulated times ratio ** ((fifth - 3) / 4), so
    that the most deprived have `ratio` times those of the least.
    """
    people = simulated.hub(rows, seed)
    # A stream of its own, so that the fifths do not follow from the draws of the hub.
    rng = np.random.default_rng((seed, FIFTHS))
    fifth = rng.integers(1, FIFTHS + 1, rows)
    moved = simulated.true_hazards(people) * (ratio ** ((fifth - 3) / 4))[:, np.newaxis]
    retire, otherwise = (moved / np.maximum(1.0, moved.sum(axis=-1, keepdims=True))).T
    draw = rng.uniform(size=rows)
    events = np.select(
        [draw < retire, draw < retire + otherwise], [RETIRED, LEFT_OTHERWISE], STAYED
    )
    return person_years(**{**vars(people), "event": events}), fifth


def attributes(people: PersonYears, fifth: NDArray[np.int64]) -> Mapping[str, NDArray[Any]]:
    """The groups of each row, as models.fairness takes them."""
    return {
        "sex": np.where(people.female > 0, "women", "men"),
        "role": np.asarray(people.role),
        "age": age_band(people.age),
        "deprivation": fifth.astype(np.str_),
    }


def _groups(groups: tuple[GroupFairness, ...]) -> list[dict[str, Any]]:
    return [{**plain(group), "within_limit": group.within_limit} for group in groups]
