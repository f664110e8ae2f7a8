"""Makes a PostgreSQL database for one benchmark and drops it afterwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit


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
