"""What was stored as JSON before is the same as text, and PostgreSQL's spaces are gone."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from accounts.actor import Actor
from retention.actions.import_files import import_file
from retention.models import PublishedCount, PublishedProfile
from tests.retention.imports.published_files import csv_bytes, level_rows, map_rows

migration = import_module("retention.migrations.0014_counts_as_text")


def rows() -> list[dict[str, object]]:
    models = (PublishedCount, PublishedProfile)
    return [row for model in models for row in model.objects.order_by("pk").values()]


def texts() -> list[tuple[str, ...]]:
    """Return what the database itself holds in every column that the migration changes."""
    found: list[tuple[str, ...]] = []
    with connection.cursor() as cursor:
        for table, columns in migration.COLUMNS.items():
            picked = ", ".join(f"CAST({column} AS text)" for column in columns)
            cursor.execute(f"SELECT {picked} FROM {table} ORDER BY id")  # noqa: S608  (names from the migration)
            found += cursor.fetchall()
    return found


@pytest.mark.django_db
def test_the_same_is_read_after_it_as_before() -> None:
    for made in (map_rows({}, {}), level_rows({}, {"total_gp_fte": "3.25"})):
        import_file(by=Actor.command("test"), source=csv_bytes(made), name="file.csv")
    # PostgreSQL alters no table that has checks to make.
    connection.check_constraints()
    before, stored = rows(), texts()
    assert before
    with connection.cursor() as cursor:
        for table, columns in migration.COLUMNS.items():
            for column in columns:
                if connection.vendor == "postgresql":
                    cursor.execute(
                        f"ALTER TABLE {table} ALTER COLUMN {column} TYPE jsonb "
                        f"USING {column}::jsonb"
                    )
                else:
                    # As the first format was written: with a space after each comma.
                    cursor.execute(f"UPDATE {table} SET {column} = replace({column}, ',', ', ')")  # noqa: S608  (names from the migration)
    spaced = texts()
    assert spaced != stored
    # Not entered: on SQLite that cannot be done inside a test's transaction.
    migration.rewrite_once(apps, connection.schema_editor())
    assert rows() == before
    if connection.vendor == "postgresql":
        assert [tuple(map(len, row)) for row in texts()] == [tuple(map(len, r)) for r in stored]
