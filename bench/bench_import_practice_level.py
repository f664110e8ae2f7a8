"""Times the load of a full-size practice-level file, step by step, beside two floors.

6,139 rows and 831 columns, made from the practice map. On SQLite, and on PostgreSQL where
POSTGRES_URL names a server on which a database may be made. Each database in a process of its own,
so that the peak memory is its own. `python -m bench.bench_import_practice_level`
"""

import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter, process_time
from typing import Any
from unittest.mock import patch

import numpy as np
import numpy.typing as npt

from bench.bench_dashboard import MAP, start
from bench.databases import on_each_database, write_again

# On the clock, and of our own process.
Seconds = npt.NDArray[np.float64]
RUNS = 5
AIM_SECONDS, AIM_MEGABYTES = 4.0, 400


def now() -> Seconds:
    """Return the clock on the wall and the work of our own process: on a busy machine they part."""
    return np.array([perf_counter(), process_time()])


class Steps:
    """Seconds spent inside some functions while they are called by the code that is timed."""

    def __init__(self) -> None:
        self.seconds: dict[str, Seconds] = {}

    @contextmanager
    def timing(self, step: str, owner: object, name: str) -> Iterator[None]:
        """Count the seconds inside `owner.name` as `step`."""
        real: Callable[..., Any] = getattr(owner, name)

        def timed(*args: Any, **kwargs: Any) -> Any:
            began = now()
            try:
                return real(*args, **kwargs)
            finally:
                self.seconds[step] = self.seconds.get(step, 0) + now() - began

        with patch.object(owner, name, timed):
            yield


def load(data: bytes, month_of: str) -> dict[str, Seconds]:
    """Load the file once; return the seconds of each step and in all, on the clock and worked."""
    from accounts.actor import Actor
    from retention.actions import import_files, practice_level

    steps = Steps()
    began = now()
    with (
        steps.timing("read and check", import_files, "read_file"),
        steps.timing("compare", practice_level, "outcomes_of"),
        steps.timing("store", practice_level, "store"),
        steps.timing("profiles", import_files, "store_profiles"),
        # A worker's, after the load: with the suite's settings it would run here and now.
        patch.object(import_files, "_warm_later"),
    ):
        (report,) = import_files.import_file(
            by=Actor.command("bench"), source=data, name=f"practice level {month_of}"
        )
    total = now() - began
    if report.is_refused or not report.created:
        sys.exit(f"The file was refused: {report.rejected[:3]}")
    return steps.seconds | {"in all": total, "without profiles": total - steps.seconds["profiles"]}


def pandas_floor(data: bytes) -> float:
    """Read the same columns with pandas and no checks; return the seconds, import left out."""
    import io

    import pandas as pd

    began = process_time()
    pd.read_csv(io.BytesIO(data), na_values=["NA", "ND"], encoding="utf-8-sig")
    return process_time() - began


_UNIQUE = {
    "retention_publishedcount": "month, staff_group, practice_id",
    "retention_publishedprofile": "organisation_id, month, staff_group",
}


def run() -> None:
    """Load RUNS months into the database that the environment names, and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        start(folder)
        from django.db import connection

        from accounts.actor import Actor
        from bench.full_file import full_practice_level_csv
        from retention.actions.import_files import import_file
        from retention.imports.recognise import read_file

        import_file(by=Actor.command("bench"), source=MAP, name="map")
        first = full_practice_level_csv(read_file(MAP)[0].rows)
        # Memory is counted from here: making the file needs some too.
        before = _peak()
        runs = [
            load(first.replace(b',"06"\r\n', b',"%02d"\r\n' % n), f"2025-{n}")
            for n in range(1, RUNS + 1)
        ]
        peak = _peak()
        floors = {
            "floor: pandas reads the columns": min(pandas_floor(first) for _ in range(RUNS)),
            "floor: executemany, counts": _floor("retention_publishedcount"),
            "floor: executemany, profiles": _floor("retention_publishedprofile"),
        }
        _print(connection.vendor, len(first), runs, floors, peak, before)


def _floor(table: str) -> float:
    """Return the seconds of writing one month's rows of a table by executemany."""
    return write_again(table, _UNIQUE[table])[0] / RUNS


def _print(
    vendor: str,
    size: int,
    runs: list[dict[str, Seconds]],
    floors: dict[str, float],
    peak: float,
    before: float,
) -> None:
    print(f"\n{vendor}: 6,139 rows x 831 columns, {size / 1e6:.1f} MB; seconds, {RUNS} months")
    print(f"{'':<36}{'own work':>24}{'clock':>24}")
    heads = f"{'least':>8}{'middle':>8}{'most':>8}"
    print(f"{'step':<36}{heads}{heads}")
    for step in ("read and check", "compare", "store", "profiles", "without profiles", "in all"):
        clock, work = (sorted(run[step][kind] for run in runs) for kind in (0, 1))
        shown = (kind[place] for kind in (work, clock) for place in (0, RUNS // 2, -1))
        print(f"{step:<36}{''.join(f'{seconds:>8.2f}' for seconds in shown)}")
    for step, best in floors.items():
        print(f"{step:<36}{best:>8.2f}")
    print(f"peak memory {peak:.0f} MB (before the first load {before:.0f} MB)")
    _print_aim(runs, peak)


def _print_aim(runs: list[dict[str, Seconds]], peak: float) -> None:
    clock, work = (sorted(run["in all"][kind] for run in runs)[RUNS // 2] for kind in (0, 1))
    met = "met" if clock < AIM_SECONDS and peak < AIM_MEGABYTES else "MISSED on the clock"
    if work < AIM_SECONDS < clock:
        met += ", met by our own work: run it on a quiet machine"
    print(f"aim: under {AIM_SECONDS:.0f} s and {AIM_MEGABYTES} MB: {met}")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(on_each_database("bench_import_practice_level", run))
