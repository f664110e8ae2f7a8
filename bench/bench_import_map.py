"""Times the import of the practice map, beside the floor of writing the same rows and no more.

`python -m bench.bench_import_map`
"""

import sys
import tempfile
from statistics import median
from time import perf_counter

from bench.bench_dashboard import MAP, start
from bench.databases import write_again

RUNS = 5
TABLES = ("organisations_organisation", "organisations_organisationname", "organisations_link")


def load(*, dry_run: bool = False) -> float:
    """Load the map; return the seconds it took."""
    from accounts.actor import Actor
    from retention.actions.import_files import import_file

    began = perf_counter()
    reports = import_file(by=Actor.command("bench"), source=MAP, name="map", dry_run=dry_run)
    seconds = perf_counter() - began
    if any(report.is_refused for report in reports):
        sys.exit("The map was refused.")
    return seconds


def floor() -> tuple[float, int]:
    """Write every row that the import made once more, by executemany; return seconds and rows."""
    found = [write_again(table) for table in TABLES]
    return sum(seconds for seconds, _ in found), sum(rows for _, rows in found)


def main() -> int:
    """Print the table."""
    if not MAP.is_file():
        print(f"Left out: the practice map is not at {MAP}.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        start(folder)
        # First, while the record is still empty.
        checked = load(dry_run=True)
        first = load()
        again = median(load() for _ in range(RUNS))
        floors = [floor() for _ in range(RUNS)]
    least = median(seconds for seconds, _ in floors)
    print(f"{floors[0][1]:,} rows written for 6,139 practices\n")
    print(f"{'step':<44}{'seconds':>9}{'x floor':>9}")
    for name, seconds in (
        ("first load: read, check, compare, write", first),
        ("dry run on an empty record", checked),
        (f"the same file again, median of {RUNS}", again),
        (f"floor: executemany of the rows, median of {RUNS}", least),
    ):
        print(f"{name:<44}{seconds:>9.2f}{seconds / least:>9.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
