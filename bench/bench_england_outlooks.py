"""Times making all of England's outlooks anew from the database, beside bare arithmetic.

Loads the practice map and made practice-level rows into a database of its own. The floor is one
pass of numpy over the same practices: people times chances times sessions, expectations only.
`python -m bench.bench_england_outlooks`
"""

import datetime as dt
import sys
import tempfile
from collections import Counter
from time import perf_counter, process_time

import numpy as np

from bench.bench_dashboard import MAP, load, start

MONTH = dt.date(2025, 6, 1)
AIM = 30.0


def main() -> int:
    """Print the table."""
    if not MAP.is_file():
        print(f"Left out: the practice map is not at {MAP}.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        start(folder)
        load()
        return measure()


def measure() -> int:
    """Make the outlooks of every practice, network and area; return 1 if the aim is missed."""
    from django.core.cache import cache

    from organisations.models.organisation import Kind, Organisation
    from retention.queries.public_outlook import public_outlooks

    kinds = (Kind.PRACTICE, Kind.NETWORK, Kind.ICB, Kind.REGION)
    print(f"\n{'':<34}{'outlooks':>9}{'seconds':>9}{'own work':>10}")
    clock_total = work_total = 0.0
    for kind in kinds:
        places = list(Organisation.objects.filter(kind=kind))
        cache.clear()
        clock, work = perf_counter(), process_time()
        made = public_outlooks(places, MONTH)
        clock, work = perf_counter() - clock, process_time() - work
        clock_total, work_total = clock_total + clock, work_total + work
        print(f"{Kind(kind).label:<34}{len(made):>9,}{clock:>9.2f}{work:>10.2f}")
    least, practices = floor()
    print(f"{'in all':<34}{'':>9}{clock_total:>9.2f}{work_total:>10.2f}")
    print(f"{'floor: one pass of bare numpy':<34}{practices:>9,}{least:>9.4f}")
    print(f"The aim is {AIM:g} s for all staff groups; this is the one that has a standard table.")
    print("On a busy machine the clock also counts waiting for others; own work does not.")
    return int(work_total > AIM)


def floor() -> tuple[float, int]:
    """Return the seconds of one pass of bare numpy over every practice's bands, and how many."""
    from models.forecast import HORIZONS
    from models.standard_table import standard_table
    from organisations.models.organisation import Kind
    from retention.models.published_profile import PublishedProfile
    from retention.queries.age_profile import known_ages

    rows = PublishedProfile.objects.filter(
        month=MONTH, staff_group="gp", organisation__kind=Kind.PRACTICE
    ).values_list("headcount", "fte")
    people = np.array([known_ages(headcount) for headcount, _ in rows])
    each = np.array([fte or 0 for _, fte in rows]) / np.maximum(people.sum(axis=1), 1)
    chances = standard_table().band_incidence(HORIZONS)
    began = perf_counter()
    lost = np.einsum("pb,bhc->phc", people, chances) * each[:, np.newaxis, np.newaxis]
    took = perf_counter() - began
    if not np.all(np.isfinite(lost)):
        sys.exit("The floor is not finite.")
    return took, Counter(people.sum(axis=1) > 0)[True]


if __name__ == "__main__":
    sys.exit(main())
