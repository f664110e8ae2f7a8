"""Runs a benchmark on each database, and times the floor that any writing into it stands on."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from urllib.parse import urlsplit, urlunsplit

from bench.bench_dashboard import MAP


@contextmanager
def postgres_database(name: str) -> Iterator[str | None]:
    """Yield the address of a new, empty database on the server of POSTGRES_URL (or DATABASE_URL).

    None if neither names a PostgreSQL server.
    """
    url = os.environ.get("POSTGRES_URL") or os.environ.get("DATABASE_URL") or ""
    if not url.startswith("postgres"):
        yield None
        return
    import psycopg
    from psycopg import sql

    drop = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(drop)
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            server.execute(drop)


def on_each_database(name: str, run: Callable[[], None]) -> int:
    """Call `run` on SQLite, and on PostgreSQL where there is a server, each in its own process.

    `name` is the benchmark's module, which is started again with --one. Returns what to exit with.
    """
    if not MAP.is_file():
        print(f"Left out: the practice map is not at {MAP}.")
        return 0
    if "--one" in sys.argv:
        run()
        return 0
    line = [sys.executable, "-m", f"bench.{name}", "--one"]
    environ = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    failed = subprocess.run(line, env=environ, check=False).returncode
    with postgres_database(name) as url:
        if url is None:
            print("PostgreSQL left out: set POSTGRES_URL to a server to measure it there.")
            return failed
        again = subprocess.run(line, env=environ | {"DATABASE_URL": url}, check=False).returncode
    return failed or again


def write_again(table: str, unique: str = "") -> tuple[float, int]:
    """Write every row of a table once more by executemany and no more; return seconds and rows.

    `unique` are the columns of an index, which costs time as the real one does.
    """
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608  (a table that a benchmark names)
        rows = cursor.fetchall()
        cursor.execute(f"CREATE TEMPORARY TABLE again AS SELECT * FROM {table} LIMIT 0")  # noqa: S608  (the same)
        if unique:
            cursor.execute(f"CREATE UNIQUE INDEX again_once ON again ({unique})")
        places = ", ".join(["%s"] * len(rows[0]))
        began = perf_counter()
        cursor.executemany(f"INSERT INTO again VALUES ({places})", rows)  # noqa: S608  (only %s)
        seconds = perf_counter() - began
        cursor.execute("DROP TABLE again")
    return seconds, len(rows)
