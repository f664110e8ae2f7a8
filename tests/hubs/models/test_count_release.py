"""A count that singles somebody out cannot be kept, and none is made twice in a quarter."""

import datetime as dt

import pytest
from django.db import IntegrityError

from hubs.models import CountRelease
from tests.factories.organisations import HubFactory

pytestmark = pytest.mark.django_db
QUARTER = {"quarter": dt.date(2026, 4, 1), "counted_on": dt.date(2026, 4, 9)}


@pytest.mark.parametrize("name", ["mentors", "mentees", "pairs"])
def test_no_count_below_eight_is_kept(name: str) -> None:
    hub = HubFactory()
    assert CountRelease.objects.create(hub=hub, place=hub, **QUARTER, **{name: 8}).pk
    other = HubFactory()
    with pytest.raises(IntegrityError):
        CountRelease.objects.create(hub=other, place=other, **QUARTER, **{name: 7})


def test_a_place_is_counted_once_a_quarter() -> None:
    hub = HubFactory()
    CountRelease.objects.create(hub=hub, place=hub, **QUARTER)
    with pytest.raises(IntegrityError):
        CountRelease.objects.create(hub=hub, place=hub, **QUARTER)
