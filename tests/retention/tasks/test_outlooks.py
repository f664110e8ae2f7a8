"""Outlooks made before the first reader asks."""

import pytest
from pytest_django import DjangoAssertNumQueries

from organisations.queries.places import networks_of
from retention.queries.public_outlook import public_outlooks
from retention.tasks.outlooks import warm_outlooks
from tests.factories.organisations import area_of_one_practice
from tests.factories.published import JUNE, SEVEN, add_up, profile_of


@pytest.mark.django_db
def test_the_first_reader_of_an_area_finds_its_outlooks_made(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    places = area_of_one_practice()
    profile_of(places["practice"], SEVEN)
    add_up()
    warm_outlooks.call(JUNE.isoformat())
    networks = list(networks_of(places["icb"], JUNE))
    # One for the newest figures, one for the entry of the cache: nothing is made.
    with django_assert_max_num_queries(2):
        assert places["network"].pk in public_outlooks(networks, JUNE)
