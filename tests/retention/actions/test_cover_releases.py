"""What stands for a quarter is made once, and is bands alone."""

import datetime as dt

import pytest
from django.db import IntegrityError
from pytest_django import DjangoAssertNumQueries

from models.disclosure import WITHHELD, Band, Withheld, band_from, released_on
from organisations.clock import today
from organisations.models import Organisation
from retention.actions import cover_releases
from retention.actions.cover_releases import name_of, released_cover
from retention.models import CoverRelease
from retention.queries.patterns import HALF_DAYS, HalfDay
from tests.factories.organisations import area_of_one_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Organisation:
    return area_of_one_practice()["network"]


def counts(monkeypatch: pytest.MonkeyPatch, found: dict[HalfDay, Band | Withheld]) -> list[dt.date]:
    """Let the count be `found` everywhere it says, and note the days it is made for."""
    asked = []

    def clinical_cover(network: Organisation, date: dt.date) -> dict[HalfDay, Band | Withheld]:
        asked.append(date)
        return dict.fromkeys(HALF_DAYS, WITHHELD) | found

    monkeypatch.setattr(cover_releases, "clinical_cover", clinical_cover)
    return asked


def test_it_keeps_the_lower_ends_of_what_may_be_told(
    network: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts(monkeypatch, {(0, "am"): Band(8, 15), (4, "eve"): Band(16, 23)})
    release = released_cover(network)
    release.refresh_from_db()
    assert release.lows == {"0 am": 8, "4 eve": 16}
    assert band_from(release.lows.get(name_of((0, "am")))) == Band(8, 15)
    assert len({name_of(half_day) for half_day in HALF_DAYS}) == len(HALF_DAYS)


def test_it_is_counted_once_for_the_first_day_of_the_quarter(
    network: Organisation,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    asked = counts(monkeypatch, {(0, "am"): Band(8, 15)})
    first = released_cover(network)
    counts(monkeypatch, {(0, "am"): Band(16, 23)})
    with django_assert_num_queries(1):
        assert released_cover(network).lows == first.lows
    assert asked == [released_on(today())]


def test_the_second_of_two_first_readers_is_told_what_the_first_stored(
    network: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def while_another_reads(network: Organisation, date: dt.date) -> dict[HalfDay, Band]:
        CoverRelease.objects.create(network=network, quarter=date, lows={"1 pm": 8})
        return {(0, "am"): Band(8, 15)}

    monkeypatch.setattr(cover_releases, "clinical_cover", while_another_reads)
    assert released_cover(network).lows == {"1 pm": 8}


def test_a_network_has_one_release_a_quarter(network: Organisation) -> None:
    release = released_cover(network)
    with pytest.raises(IntegrityError):
        CoverRelease.objects.create(network=network, quarter=release.quarter, lows={})
