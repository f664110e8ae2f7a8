"""Times the scoring of 200,000 people: chances to retire and to leave within four horizons.

Beside it the floor: bare numpy doing the same multiplications on the same numbers and no more.
`python -m bench.bench_scoring`
"""

import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from models.arrays import Floats
from models.forecast import HORIZONS
from models.standard_table import FIRST_AGE, LAST_AGE, standard_table

PEOPLE, RUNS, AIM = 200_000, 5, 2.0
Ages = NDArray[np.int64]


def score(ages: Ages, sessions: Floats) -> Floats:
    """Expected sessions lost by person, horizon and cause: (people, horizons, 2)."""
    chances = standard_table().incidence(ages, HORIZONS)
    return chances * sessions[:, np.newaxis, np.newaxis]


def floor(yearly: Floats, sessions: Floats) -> Floats:
    """The same from yearly chances (people, years, 2) that are already looked up."""
    staying = np.ones(len(yearly))
    lost = np.zeros((len(yearly), 2))
    found = np.empty((len(yearly), len(HORIZONS), 2))
    for year in range(max(HORIZONS)):
        lost += staying[:, np.newaxis] * yearly[:, year]
        staying *= 1 - yearly[:, year, 0] - yearly[:, year, 1]
        if year + 1 in HORIZONS:
            found[:, HORIZONS.index(year + 1)] = lost * sessions[:, np.newaxis]
    return found


def seconds(work: Callable[[], object]) -> float:
    """Return the median of some runs."""
    times = []
    for _ in range(RUNS):
        began = perf_counter()
        work()
        times.append(perf_counter() - began)
    return median(times)


def main() -> int:
    """Print the table; return 1 if the two disagree or the aim is missed."""
    rng = np.random.default_rng(200_000)
    ages = rng.integers(FIRST_AGE, LAST_AGE + 1, PEOPLE)
    sessions = rng.integers(2, 11, PEOPLE).astype(np.float64)
    # Looked up beforehand: the floor is arithmetic alone.
    yearly = standard_table().hazards(ages[:, np.newaxis] + np.arange(max(HORIZONS)))
    if not np.allclose(score(ages, sessions), floor(yearly, sessions)):
        print("The floor does not do the same sum.")
        return 1
    scored, least = seconds(lambda: score(ages, sessions)), seconds(lambda: floor(yearly, sessions))
    print(f"{PEOPLE:,} people, horizons {HORIZONS}, median of {RUNS}; aim {AIM:g} s")
    for name, time in (("scored from their ages", scored), ("floor: bare numpy", least)):
        print(f"{name:<28}{time:>8.3f} s{time / least:>7.1f} x floor")
    return int(scored > AIM)


if __name__ == "__main__":
    sys.exit(main())
