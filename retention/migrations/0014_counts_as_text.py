"""Printed counts and profiles become plain text: a third of the disk on PostgreSQL.

Takes some minutes where ten years are loaded, and the disk for a second copy of both tables.
"""

from typing import Any

from django.db import migrations

from retention.models.banded_field import BandedText, JSONText

COLUMNS = {
    "retention_publishedcount": ("cells",),
    "retention_publishedprofile": ("headcount", "sessions", "by_sex", "by_role"),
}


def rewrite_once(apps: Any, schema_editor: Any) -> None:
    """On PostgreSQL, change all columns of a table in one pass, and drop jsonb's spaces.

    The operations after this one then find text and have nothing to rewrite. No name in these
    columns has a comma or a colon.
    """
    if schema_editor.connection.vendor != "postgresql":
        return
    for table, columns in COLUMNS.items():
        changes = ", ".join(
            f"ALTER COLUMN {column} TYPE text "
            f"USING replace(replace({column}::text, ', ', ','), ': ', ':')"
            for column in columns
        )
        schema_editor.execute(f"ALTER TABLE {table} {changes}", params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('retention', '0013_cover_release'),
    ]

    operations = [
        migrations.RunPython(rewrite_once, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='publishedcount',
            name='cells',
            field=JSONText(),
        ),
        migrations.AlterField(
            model_name='publishedprofile',
            name='by_role',
            field=JSONText(default=dict),
        ),
        migrations.AlterField(
            model_name='publishedprofile',
            name='by_sex',
            field=BandedText(default=dict),
        ),
        migrations.AlterField(
            model_name='publishedprofile',
            name='headcount',
            field=BandedText(),
        ),
        migrations.AlterField(
            model_name='publishedprofile',
            name='sessions',
            field=BandedText(),
        ),
    ]
