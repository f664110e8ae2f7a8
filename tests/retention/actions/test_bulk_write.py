"""Rows written in bulk: new ones are made, known ones changed, and the constraints still hold."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from retention.actions.bulk_write import update, upsert
from retention.models import PostcodeDistrict, PublishedCount
from tests.factories.retention import PostFactory

FIELDS = ("code", "latitude", "longitude")


def write(*rows: tuple[str, float | None, float]) -> None:
    with transaction.atomic():
        upsert(PostcodeDistrict, FIELDS, iter(rows), unique=["code"])


@pytest.mark.django_db
def test_rows_are_made_and_changed() -> None:
    write(("TS1", 54.5, -1.2), ("TS2", 54.6, -1.2))
    write(("TS2", 55.0, -1.5), ("TS3", 54.7, -1.2))
    found = PostcodeDistrict.objects.order_by("code").values_list("code", "latitude", "longitude")
    assert list(found) == [("TS1", 54.5, -1.2), ("TS2", 55.0, -1.5), ("TS3", 54.7, -1.2)]


@pytest.mark.django_db
def test_two_writes_in_one_transaction_do_not_meet() -> None:
    with transaction.atomic():
        for latitude in (1.0, 2.0):
            upsert(PostcodeDistrict, FIELDS, [("TS1", latitude, 0.0)], unique=["code"])
    assert PostcodeDistrict.objects.get().latitude == 2.0


@pytest.mark.django_db
def test_no_rows_are_no_harm() -> None:
    write()
    assert not PostcodeDistrict.objects.exists()


@pytest.mark.django_db
def test_a_row_that_breaks_a_constraint_stops_all() -> None:
    with pytest.raises(IntegrityError):
        write(("TS1", 54.5, -1.2), ("TS2", None, -1.2))
    assert not PostcodeDistrict.objects.exists()


@pytest.mark.django_db
def test_rows_said_to_be_new_replace_none_that_is_there() -> None:
    with transaction.atomic():
        upsert(PostcodeDistrict, FIELDS, [("TS1", 54.5, -1.2)], unique=["code"], all_new=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        upsert(PostcodeDistrict, FIELDS, [("TS1", 9.0, -1.2)], unique=["code"], all_new=True)
    assert PostcodeDistrict.objects.get().latitude == 54.5


@pytest.mark.django_db
def test_a_name_that_is_no_column_is_refused() -> None:
    with pytest.raises(TypeError, match="counts is no column of PublishedLayout"):
        upsert(PublishedCount.layout.field.related_model, ["counts"], [], unique=[])


@pytest.mark.django_db
def test_named_fields_of_known_records_change_and_no_others() -> None:
    write(("TS1", 54.5, -1.2), ("TS2", 54.6, -1.3))
    found = list(PostcodeDistrict.objects.order_by("code"))
    for number, district in enumerate(found):
        district.latitude, district.longitude = 50.0 + number, 0.0
    with CaptureQueriesContext(connection) as queries:
        update(found, ["latitude"])
    values = PostcodeDistrict.objects.order_by("code").values_list("latitude", "longitude")
    assert list(values) == [(50.0, -1.2), (51.0, -1.3)]
    assert len(queries) == 1


@pytest.mark.django_db
def test_dates_and_nothing_are_stored_as_the_model_stores_them() -> None:
    post = PostFactory()
    post.ends_on, post.told_on, post.contracted_minutes = dt.date(2030, 4, 1), None, 1500
    update([post], ["ends_on", "told_on", "contracted_minutes"])
    post.refresh_from_db()
    assert (post.ends_on, post.told_on, post.contracted_minutes) == (
        dt.date(2030, 4, 1),
        None,
        1500,
    )
    update([], ["ends_on"])
    update([post], [])
