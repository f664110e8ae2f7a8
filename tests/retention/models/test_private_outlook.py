"""What the database itself holds private outlooks to."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from retention.models import PrivateCell, PrivateOutlook, PrivateSnapshot
from retention.models.private_outlook import Withheld
from tests.factories.organisations import NetworkFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def snapshot() -> PrivateSnapshot:
    return PrivateSnapshot.objects.create(month=dt.date(2026, 6, 1))


def outlook(snapshot: PrivateSnapshot) -> PrivateOutlook:
    return PrivateOutlook.objects.create(
        snapshot=snapshot,
        place=NetworkFactory(code="U1"),
        staff_group="gp",
        table_version="t",
        model_version="m",
        inputs_digest="d",
        figures={},
        records=[],
    )


def test_a_cell_stands_or_says_why_not_and_never_both(snapshot: PrivateSnapshot) -> None:
    released = outlook(snapshot)
    where = {"snapshot": snapshot, "place": NetworkFactory(), "staff_group": "gp"}
    for standing, withheld in ((None, ""), (released, Withheld.FEW_PEOPLE), (None, "because")):
        with pytest.raises(IntegrityError), transaction.atomic():
            PrivateCell.objects.create(**where, standing=standing, withheld=withheld)
    PrivateCell.objects.create(**where, withheld=Withheld.FEW_PEOPLE)


def test_a_cell_is_released_once_a_month(snapshot: PrivateSnapshot) -> None:
    first = outlook(snapshot)
    with pytest.raises(IntegrityError), transaction.atomic():
        outlook(snapshot)
    assert str(first) == f"{first.place_id} gp from {snapshot.pk}"


def test_what_was_let_out_is_not_deleted_with_its_month(snapshot: PrivateSnapshot) -> None:
    outlook(snapshot)
    with pytest.raises(IntegrityError):
        snapshot.delete()
