"""Outlooks are stored off the request."""

import datetime as dt

import pytest
from django.core.cache import cache
from pytest_django import DjangoAssertNumQueries

from organisations.queries.places import networks_of
from retention.models import OutlookEdition
from retention.queries.public_outlook import public_outlooks
from retention.tasks.outlooks import make_outlooks_task
from tests.factories.organisations import area_of_one_practice
from tests.factories.published import JUNE, SEVEN, add_up, profile_of

pytestmark = pytest.mark.django_db


def test_the_first_reader_of_an_area_finds_its_outlooks_made(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    places = area_of_one_practice()
    profile_of(places["practice"], SEVEN)
    add_up()
    make_outlooks_task.call(JUNE.isoformat())
    cache.clear()
    networks = list(networks_of(places["icb"], JUNE))
    with django_assert_max_num_queries(1):
        assert places["network"].pk in public_outlooks(networks, JUNE)


def test_a_month_without_figures_makes_nothing() -> None:
    make_outlooks_task.call(dt.date(2024, 1, 1).isoformat())
    assert not OutlookEdition.objects.exists()
