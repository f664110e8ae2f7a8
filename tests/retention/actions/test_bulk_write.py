"""Rows written in bulk: new ones are made, known ones changed, and the constraints still hold."""

import pytest
from django.db import IntegrityError, transaction

from retention.actions.bulk_write import upsert
from retention.models import PostcodeDistrict, PublishedCount

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
