"""Counts of the first format become arrays, and a file loaded again then changes nothing."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps

from accounts.actor import Actor
from organisations.models import Organisation
from retention.actions.import_files import import_file
from retention.models import PublishedCount, PublishedLayout
from retention.queries.printed_cells import printed_cells
from tests.retention.imports.published_files import csv_bytes, level_rows

migration = import_module("retention.migrations.0007_cells_as_arrays")
JUNE = dt.date(2025, 6, 1)


@pytest.mark.django_db
def test_named_cells_become_the_arrays_that_a_load_writes() -> None:
    by, data = Actor.command("test"), csv_bytes(level_rows({}, {"total_gp_fte": "3.25"}))
    import_file(by=by, source=data, name="file.csv")
    practices = Organisation.objects.filter(kind="practice").values_list("pk", flat=True)
    before = printed_cells(practices, JUNE)
    # As the first format kept them: by name, under one layout that says nothing.
    layout = PublishedLayout.objects.create(staff_group="gp", names=[], printed=[], digest="x")
    for count in PublishedCount.objects.all():
        count.cells = before[count.practice_id, count.staff_group]
        count.layout, count.digest = layout, "old"
        count.save()
    PublishedLayout.objects.exclude(pk=layout.pk).delete()

    migration.to_arrays(apps, None)

    assert printed_cells(practices, JUNE) == before
    (again,) = import_file(by=by, source=data, name="file.csv")
    assert (again.created, again.changed, again.unchanged) == (0, 0, 2)
    assert PublishedLayout.objects.exclude(pk=layout.pk).count() == 4


@pytest.mark.django_db
def test_arrays_are_left_as_they_are() -> None:
    import_file(by=Actor.command("test"), source=csv_bytes(level_rows({})), name="file.csv")
    before = list(PublishedCount.objects.values())
    migration.to_arrays(apps, None)
    assert list(PublishedCount.objects.values()) == before
