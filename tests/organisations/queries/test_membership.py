"""Which practices make up each place, on a date and before the first map."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from organisations.models import Organisation
from organisations.models.link import LinkKind
from organisations.models.organisation import Kind
from organisations.queries.membership import (
    parents,
    practices_by_place,
    practices_counted,
    practices_of_networks,
)
from tests.factories.organisations import (
    LinkFactory,
    NetworkFactory,
    PracticeFactory,
    add_practice,
    area_of_one_practice,
)

pytestmark = pytest.mark.django_db
EARLY, CHANGE, LATE = dt.date(2019, 1, 1), dt.date(2022, 1, 1), dt.date(2024, 1, 1)


def moved() -> tuple[Organisation, Organisation, Organisation]:
    """Return a practice, its network until CHANGE, and its network since."""
    practice, old, new = PracticeFactory(), NetworkFactory(), NetworkFactory()
    LinkFactory(child=practice, parent=old, ends_on=CHANGE)
    LinkFactory(child=practice, parent=new, starts_on=CHANGE)
    return practice, old, new


@pytest.mark.parametrize(("date", "network"), [(EARLY, 1), (dt.date(2021, 6, 1), 1), (CHANGE, 2)])
def test_a_practice_is_where_it_was_or_first_known_to_be(date: dt.date, network: int) -> None:
    places = moved()
    assert parents(LinkKind.PRACTICE_NETWORK, date) == {places[0].pk: places[network].pk}


def test_who_left_without_going_elsewhere_stays_away() -> None:
    practice = PracticeFactory()
    LinkFactory(child=practice, ends_on=CHANGE)
    assert parents(LinkKind.PRACTICE_NETWORK, LATE) == {}


def test_every_place_above_a_practice_holds_it() -> None:
    area = area_of_one_practice()
    second = add_practice(area)
    both = {area["practice"].pk, second.pk}
    found = practices_by_place(LATE)
    for place in ("network", "sub_icb", "icb", "region", "country", "hub"):
        assert found[area[place].pk] == both
    assert len(found) == 6


def test_a_sub_icb_without_an_icb_ends_the_way_up() -> None:
    link = LinkFactory(kind=LinkKind.PRACTICE_SUB_ICB)
    assert practices_by_place(LATE) == {link.parent_id: {link.child_id}}


def test_a_hub_has_the_months_before_it_began() -> None:
    area = area_of_one_practice()
    assert area["hub"].pk in practices_by_place(EARLY)


def test_three_kinds_of_query_whatever_the_number_of_practices(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    area = area_of_one_practice()
    for _ in range(3):
        add_practice(area)
    with django_assert_num_queries(6):
        practices_by_place(LATE)


@pytest.mark.parametrize("date", [EARLY, CHANGE, LATE])
def test_networks_alone_have_the_practices_that_all_places_give_them(
    date: dt.date, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _, old, new = moved()
    area = area_of_one_practice()
    add_practice(area)
    third = area["network"]
    everywhere = practices_by_place(date)
    networks = {old.pk, new.pk, third.pk}
    expected = {pk: everywhere[pk] for pk in networks if pk in everywhere}
    assert practices_of_networks(date) == expected
    with django_assert_num_queries(1):
        assert practices_of_networks(date, [old.pk, new.pk, third.pk]) == expected
    # A practice that had been in one network and is in another belongs to one of them.
    assert practices_of_networks(date, [old.pk]) == {
        pk: found for pk, found in expected.items() if pk == old.pk
    }


@pytest.mark.parametrize("date", [EARLY, CHANGE, LATE])
def test_one_place_has_the_practices_that_all_places_give_it(
    date: dt.date, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    practice, *networks = moved()
    area, other = area_of_one_practice(), area_of_one_practice()
    add_practice(area)
    # It was in the other area first, and is in this one.
    for sub_icb, period in ((other, {"ends_on": CHANGE}), (area, {"starts_on": CHANGE})):
        LinkFactory(
            kind=LinkKind.PRACTICE_SUB_ICB, child=practice, parent=sub_icb["sub_icb"], **period
        )
    everywhere = practices_by_place(date)
    for place in (*area.values(), *other.values(), *networks):
        if place.kind != Kind.PRACTICE:
            with django_assert_max_num_queries(4):
                found = practices_counted(place, date)
            assert found == everywhere.get(place.pk, frozenset()), (place, date)
    assert practices_counted(practice, date) == {practice.pk}
