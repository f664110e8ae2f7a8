"""Writes many rows at the speed of the database: COPY on PostgreSQL, executemany on SQLite.

A model for each row would cost more than the writing. Nothing here checks a row but the
database's own constraints, so only derived or already checked rows come this way.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

_STAGING = "rows_to_write"


def upsert(
    model: type[models.Model],
    fields: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    unique: Sequence[str],
    all_new: bool = False,
) -> None:
    """Insert rows, or update those that are there; call inside a transaction.

    `fields` name the values of a row, `unique` those that tell one row from another. Values are
    given as the database takes them: JSON as text, dates as ISO text. With `all_new` a row that is
    there already is an IntegrityError: that saves PostgreSQL from writing each row twice.
    """
    quote = connection.ops.quote_name
    column = {name: quote(_column(model, name)) for name in fields}
    # EXCLUDED is the row that could not be inserted: both databases know it by this name.
    updates = ", ".join(f"{c} = EXCLUDED.{c}" for n, c in column.items() if n not in unique)
    statement = _Statement(
        table=quote(model._meta.db_table),
        columns=", ".join(column.values()),
        conflict=""
        if all_new
        else f"ON CONFLICT ({', '.join(column[n] for n in unique)}) DO UPDATE SET {updates}",
    )
    if connection.vendor == "postgresql":
        statement.copy(rows) if all_new else statement.copy_and_merge(rows)
    else:
        statement.insert(rows, len(fields))


def update(records: Sequence[models.Model], names: Sequence[str]) -> None:
    """Store the named fields of saved records of one model, a statement prepared once for all.

    Django's own bulk update writes a CASE for each field, which costs ten times as much.
    """
    if not records or not names:
        return
    model = type(records[0])
    quote = connection.ops.quote_name
    fields = [_field(model, name) for name in names]
    sets = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    rows = [
        (
            *(field.get_db_prep_save(getattr(each, field.attname), connection) for field in fields),
            each.pk,
        )
        for each in records
    ]
    # Field by field, so that dates and numbers are written as Django itself writes them.
    key = quote(_column(model, model._meta.pk.name))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {key} = %s",  # noqa: S608  (our own names)
            rows,
        )


def _field(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field) or field.column is None:
        raise TypeError(f"{name} is no column of {model.__name__}.")
    return field


def _column(model: type[models.Model], name: str) -> str:
    return str(_field(model, name).column)


class _Statement:
    """One INSERT; every part of it is a name of our own models, quoted."""

    def __init__(self, table: str, columns: str, conflict: str) -> None:
        self.table, self.columns, self.conflict = table, columns, conflict

    def insert(self, rows: Iterable[Sequence[Any]], width: int) -> None:
        values = ", ".join(["%s"] * width)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self.table} ({self.columns}) VALUES ({values}) {self.conflict}",  # noqa: S608  (our own names)
                list(rows),
            )

    def copy(self, rows: Iterable[Sequence[Any]], table: str = "") -> None:
        with (
            # Django does this for execute, and knows nothing of COPY.
            connection.wrap_database_errors,
            connection.cursor() as cursor,
            cursor.copy(f"COPY {table or self.table} ({self.columns}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)

    def copy_and_merge(self, rows: Iterable[Sequence[Any]]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TEMPORARY TABLE {_STAGING} ON COMMIT DROP AS "  # noqa: S608  (our own names)
                f"SELECT {self.columns} FROM {self.table} WITH NO DATA"
            )
            # COPY cannot meet rows that are there; so it fills a table of its own first.
            self.copy(rows, _STAGING)
            cursor.execute(
                f"INSERT INTO {self.table} ({self.columns}) "  # noqa: S608  (our own names)
                f"SELECT {self.columns} FROM {_STAGING} WHERE true {self.conflict}"
            )
            cursor.execute(f"DROP TABLE {_STAGING}")
