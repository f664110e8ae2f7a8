"""Times storing all of England's outlooks after a release, beside bare arithmetic.

Loads the practice map, and draws all staff groups of its practices, into a database of its own;
then stores the outlooks of every practice, network, area and England as the worker does: counts
read, worked out by as many processes as there are processors, and written. The floor is one pass
of numpy over the same practices: people times chances times sessions, expectations alone.
`python -m bench.bench_england_outlooks`
"""

import datetime as dt
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from statistics import median
from time import perf_counter, process_time
from typing import Any

import numpy as np

from bench.bench_dashboard import MAP, start

MONTH = dt.date(2025, 6, 1)
AIM = 30.0
ROUNDS = 3
SEED = 6_139
# People of a group in England over practices: the publication of October 2025, rounded.
MEAN_PEOPLE: Mapping[str, float] = {"gp": 6.3, "nurses": 3.7, "dpc": 3.4, "admin": 12.5}
FTE_SHARES = (1, 0.8, 0.6, 0.533333333, 0.4, 0.906666667, 0.746666667, 0.24)


def main() -> int:
    """Print the table."""
    if not MAP.is_file():
        print(f"Left out: the practice map is not at {MAP}.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        start(folder)
        load()
        return measure()


def load() -> None:
    """Load the map, and make the profiles of every staff group and place."""
    from django.db import transaction

    from accounts.actor import Actor
    from organisations.models.organisation import Kind, Organisation
    from retention.actions.bulk_write import upsert
    from retention.actions.import_files import import_file
    from retention.actions.published_profiles import rebuild_places
    from retention.models import PublishedProfile

    for report in import_file(by=Actor.command("bench"), source=MAP, name="map"):
        print(f"loaded the practice map: {report.created:,} practices")
    practices = list(Organisation.objects.filter(kind=Kind.PRACTICE).values_list("pk", flat=True))
    fields = (
        "organisation", "month", "staff_group", "headcount", "sessions", "by_sex", "by_role",
        "people", "fte", "practices", "practices_not_known",
    )  # fmt: skip
    unique = ("organisation", "month", "staff_group")
    with transaction.atomic():
        upsert(PublishedProfile, fields, _profiles(practices), unique=unique, all_new=True)
        rebuild_places(MONTH)


def _profiles(practices: list[int]) -> Iterator[tuple[Any, ...]]:
    """Yield a profile of each practice and group: ages of England, practices of uneven size."""
    from retention.reference.england import england_reference

    rng = np.random.default_rng(SEED)
    published = england_reference().groups
    for group, mean in MEAN_PEOPLE.items():
        bands = published["gp" if group == "gp" else "nurses"].headcount_by_band
        shares = np.array(list(bands.values())) / sum(bands.values())
        for practice in practices:
            people = int(rng.poisson(mean * rng.gamma(4, 0.25)))
            heads = rng.multinomial(people, shares).tolist()
            fte = float(rng.choice(FTE_SHARES, people).sum())
            sessions = [fte * 9 * head / max(people, 1) for head in heads]
            yield (
                practice, MONTH.isoformat(), group, json.dumps(heads), json.dumps(sessions),
                "{}", "{}", people, fte, 1, 0,
            )  # fmt: skip


def measure() -> int:
    """Store all outlooks anew some times; the figure is the median, and no verdict."""
    from retention.actions.stored_outlooks import make_outlooks
    from retention.models import OutlookEdition, StoredOutlook

    clocks, works = [], []
    for _ in range(ROUNDS):
        # An edition that is there is not made again.
        OutlookEdition.objects.all().delete()
        clock, work = perf_counter(), _work()
        make_outlooks(month=MONTH)
        clocks.append(perf_counter() - clock)
        works.append(_work() - work)
        print(f"stored: {clocks[-1]:.1f} s, own work {works[-1]:.1f} s", flush=True)
    clock, work = median(clocks), median(works)
    least, practices = floor()
    processors = len(os.sched_getaffinity(0))
    print(f"\n{'England, all staff groups':<34}{'outlooks':>9}{'seconds':>9}{'own work':>10}")
    for group in MEAN_PEOPLE:
        rows = StoredOutlook.objects.filter(edition__staff_group=group, figures__isnull=False)
        print(f"  {group:<32}{rows.count():>9,}")
    name = f"stored, {processors} processors, median of {ROUNDS}"
    print(f"{name:<34}{'':>9}{clock:>9.2f}{work:>10.2f}")
    print(f"{'floor: one pass of bare numpy':<34}{practices:>9,}{least:>9.4f}")
    print(f"{'ratio':<34}{'':>9}{clock / least:>9,.0f}")
    print(f"The aim is {AIM:g} s by the clock on two processors that are free.")
    print("The clock also counts waiting for others; own work, of all processes, does not.")
    return 0


def _work() -> float:
    """Return the seconds of processor time of this process and of those it waited for."""
    import resource

    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + ended.ru_utime + ended.ru_stime


def floor() -> tuple[float, int]:
    """Return the seconds of one pass of bare numpy over every practice's bands, and how many."""
    from models.forecast import HORIZONS
    from models.standard_table import standard_table
    from organisations.models.organisation import Kind
    from retention.models.published_profile import PublishedProfile
    from retention.queries.age_profile import BANDS, known_ages

    took, practices = 0.0, 0
    for group, bands in BANDS.items():
        rows = list(
            PublishedProfile.objects.filter(
                month=MONTH, staff_group=group, organisation__kind=Kind.PRACTICE
            ).values_list("headcount", "fte")
        )
        people = np.array([known_ages(headcount, bands) for headcount, _ in rows])
        each = np.array([fte or 0 for _, fte in rows]) / np.maximum(people.sum(axis=1), 1)
        chances = standard_table(group).band_incidence(HORIZONS, bands)
        began = perf_counter()
        lost = np.einsum("pb,bhc->phc", people, chances) * each[:, np.newaxis, np.newaxis]
        took += perf_counter() - began
        if not np.all(np.isfinite(lost)):
            sys.exit("The floor is not finite.")
        practices += int(np.count_nonzero(people.sum(axis=1)))
    return took, practices


if __name__ == "__main__":
    sys.exit(main())
