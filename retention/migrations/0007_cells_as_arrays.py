"""Turns counts kept as {name: number} into arrays in the order of a layout stored once.

The rules for order, text and digest are those of the day this was written, copied here: a
migration must not change when the code does.
"""

import hashlib
import json
from typing import Any

from django.db import migrations

BATCH = 1_000


def to_arrays(apps: Any, schema_editor: Any) -> None:
    counts = apps.get_model("retention", "PublishedCount")
    layouts = apps.get_model("retention", "PublishedLayout")
    known: dict[str, Any] = {}
    last = 0
    while batch := list(counts.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        named = [count for count in batch if isinstance(count.cells, dict)]
        for count in named:
            names = sorted(count.cells, key=lambda name: ("_fte" in name, name))
            digest = _digest(_text([count.staff_group, names, names]))
            if digest not in known:
                known[digest], _ = layouts.objects.get_or_create(
                    digest=digest,
                    defaults={"staff_group": count.staff_group, "names": names, "printed": names},
                )
            count.layout = known[digest]
            count.cells = [_number(count.cells[name]) for name in names]
            count.digest = _digest(digest + _text(count.cells))
        counts.objects.bulk_update(named, ["layout", "cells", "digest"], batch_size=100)


def _number(value: float | None) -> float | None:
    return int(value) if value is not None and value == int(value) else value


def _text(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


class Migration(migrations.Migration):

    dependencies = [
        ('retention', '0006_published_layout'),
    ]

    # Back: the arrays would need their names again; load the files again instead.
    operations = [migrations.RunPython(to_arrays, elidable=True)]
