"""Bands are stored as arrays and come back with their names, whatever was stored."""

import pytest
from django.db import connection

from retention.models import PublishedProfile
from retention.models.banded_field import unpacked
from tests.factories.organisations import PracticeFactory
from tests.factories.published import PublishedProfileFactory, all_bands


def stored(column: str) -> str:
    """Return what the database holds, as text without spaces."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT CAST({column} AS text) FROM retention_publishedprofile")  # noqa: S608  (a name from below)
        return str(cursor.fetchone()[0]).replace(" ", "")


@pytest.mark.django_db
def test_all_bands_are_an_array_in_the_database_and_a_dict_here() -> None:
    heads = all_bands({"under30": 1, "unknown": 2})
    PublishedProfileFactory(organisation=PracticeFactory(), headcount=heads)
    assert stored("headcount") == "[1,0,0,0,0,0,0,0,0,0,2]"
    assert stored("by_sex").startswith('{"male":[0,0') or stored("by_sex").startswith('{"fem')
    profile = PublishedProfile.objects.get()
    assert profile.headcount == heads
    assert profile.by_sex == {"female": heads, "male": dict.fromkeys(heads, 0)}
    assert PublishedProfile.objects.values_list("headcount", flat=True).get() == heads


@pytest.mark.django_db
@pytest.mark.parametrize("value", [{}, {"unknown": 4}, {"60to64": 1, "under30": 2}])
def test_some_bands_stay_as_they_are(value: dict[str, int]) -> None:
    PublishedProfileFactory(organisation=PracticeFactory(), headcount=value, sessions={}, by_sex={})
    assert PublishedProfile.objects.get().headcount == value


def test_each_length_names_its_own_bands() -> None:
    assert list(unpacked([0] * 11))[:2] == ["under30", "30to34"]
    assert list(unpacked([0] * 12))[:3] == ["under25", "25to29", "30to34"]
    with pytest.raises(KeyError):
        unpacked([0] * 10)
