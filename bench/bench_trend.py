"""Ten years of England in the record: its size on disk, and how fast a network's trend is read.

One full-size month is loaded, then copied to 119 others by the database itself. On SQLite, and on
PostgreSQL where POSTGRES_URL names a server. `python -m bench.bench_trend`
"""

import datetime as dt
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time

from bench.bench_dashboard import MAP, start
from bench.databases import on_each_database

MONTHS = 120
FIRST = dt.date(2015, 7, 1)
NETWORKS, AIM_MILLISECONDS = 200, 100
TABLES = ("retention_publishedcount", "retention_publishedprofile")


def ten_years() -> list[dt.date]:
    """Return the first days of MONTHS months."""
    start_at = FIRST.year * 12 + FIRST.month - 1
    return [dt.date(n // 12, n % 12 + 1, 1) for n in range(start_at, start_at + MONTHS)]


def copy_month(table: str, source: dt.date, months: list[dt.date]) -> None:
    """Copy the rows of one month to others, each with a key of its own."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} LIMIT 0")  # noqa: S608  (a name from TABLES)
        columns = [column[0] for column in cursor.description if column[0] != "id"]
        names = ", ".join(columns)
        picked = ", ".join("%s" if name == "month" else name for name in columns)
        for month in months:
            cursor.execute(
                f"INSERT INTO {table} ({names}) SELECT {picked} FROM {table} WHERE month = %s",  # noqa: S608  (as above)
                [month.isoformat(), source.isoformat()],
            )


def sizes() -> dict[str, float]:
    """Return megabytes on disk: of each table with its indexes (PostgreSQL), and of all."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            found = {}
            for table in TABLES:
                cursor.execute("SELECT pg_total_relation_size(%s::regclass)", [table])
                found[table] = cursor.fetchone()[0] / 1e6
            cursor.execute("SELECT pg_database_size(current_database())")
            return found | {"whole database": cursor.fetchone()[0] / 1e6}
        # Else a part of the rows would lie in another file.
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return {"whole database": Path(str(connection.settings_dict["NAME"])).stat().st_size / 1e6}


def read_trends() -> tuple[list[float], list[float]]:
    """Return the milliseconds of some networks' trends, each read for the first time.

    First those on the clock, then those that our own process worked.
    """
    from organisations.models.organisation import Kind, Organisation
    from retention.queries.trend import trend

    networks = list(Organisation.objects.filter(kind=Kind.NETWORK).order_by("code"))
    clock, work = [], []
    for network in networks[:: max(1, len(networks) // NETWORKS)]:
        began, worked = perf_counter(), process_time()
        months = trend(network)
        clock.append((perf_counter() - began) * 1_000)
        work.append((process_time() - worked) * 1_000)
        if len(months) != MONTHS:
            sys.exit(f"{network.code} has {len(months)} months, not {MONTHS}.")
    return clock, work


def run() -> None:
    """Fill the database that the environment names, and print what came out."""
    with tempfile.TemporaryDirectory() as folder:
        start(folder)
        from unittest.mock import patch

        from django.db import connection, transaction

        from accounts.actor import Actor
        from bench.full_file import full_practice_level_csv
        from retention.actions import import_files
        from retention.imports.recognise import read_file

        by = Actor.command("bench")
        import_files.import_file(by=by, source=MAP, name="map")
        months = ten_years()
        data = full_practice_level_csv(
            read_file(MAP)[0].rows, f"{months[-1].year}-{months[-1].month:02d}"
        )
        with patch.object(import_files, "_warm_later"):
            (report,) = import_files.import_file(by=by, source=data, name="month")
        if report.is_refused:
            sys.exit(f"The file was refused: {report.rejected[:3]}")
        for table in TABLES:
            with transaction.atomic():
                copy_month(table, months[-1], months[:-1])
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        _print(connection.vendor, len(data), sizes(), *read_trends())


def _print(
    vendor: str, size: int, found: dict[str, float], times: list[float], work: list[float]
) -> None:
    print(f"\n{vendor}: {MONTHS} months of 6,139 practices ({MONTHS * size / 1e9:.1f} GB as files)")
    for name, megabytes in found.items():
        print(f"{name:<36}{megabytes:>10,.0f} MB")
    worst = quantiles(times, n=20)[-1]
    print(
        f"trend of a network, {len(times)} networks: median {median(times):.1f} ms, p95 {worst:.1f}"
        f" ms, slowest {max(times):.1f} ms; own work {median(work):.1f} ms"
    )
    print(f"aim: under {AIM_MILLISECONDS} ms: {'met' if worst < AIM_MILLISECONDS else 'MISSED'}")


if __name__ == "__main__":
    sys.exit(on_each_database("bench_trend", run))
