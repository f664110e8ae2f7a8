"""Which place belongs to which, as at a date."""

import datetime as dt

import pytest

from organisations.models import Organisation
from organisations.models.link import LinkKind
from organisations.models.organisation import Kind
from organisations.queries.places import (
    england,
    hubs,
    hubs_of,
    icbs_of,
    icbs_of_hub,
    network_of,
    networks_of,
    practices,
    practices_by_icb,
    practices_of,
    within,
)
from tests.factories.organisations import (
    IcbFactory,
    LinkFactory,
    NetworkFactory,
    PracticeFactory,
    SubIcbFactory,
    add_practice,
    area_of_one_practice,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 4, 1)
Places = dict[str, Organisation]


@pytest.fixture
def places() -> Places:
    """A practice with all above it, and another such area that must never be met."""
    area_of_one_practice()
    return area_of_one_practice()


@pytest.mark.parametrize("kind", ["network", "sub_icb", "icb", "region", "hub"])
def test_practices_of_each_kind_of_place(places: Places, kind: str) -> None:
    second = add_practice(places)
    assert set(practices_of(places[kind], DAY)) == {places["practice"], second}


def test_practice_is_its_own_and_england_has_all(places: Places) -> None:
    assert list(practices_of(places["practice"], DAY)) == [places["practice"]]
    country = england()
    assert country is not None
    assert set(practices_of(country, DAY)) == set(practices())


def test_link_that_ended_or_begins_later_does_not_hold(places: Places) -> None:
    gone, coming = PracticeFactory(), PracticeFactory()
    LinkFactory(child=gone, parent=places["network"], ends_on=DAY)
    LinkFactory(child=coming, parent=places["network"], starts_on=DAY + dt.timedelta(days=1))
    assert set(practices_of(places["network"], DAY)) == {places["practice"]}
    before = DAY - dt.timedelta(days=1)
    assert set(practices_of(places["network"], before)) == {places["practice"], gone}
    assert network_of(gone, DAY) is None
    assert network_of(gone, before) == places["network"]


def test_networks_and_hubs_of_an_area(places: Places) -> None:
    for kind in ("practice", "network", "sub_icb", "icb", "hub"):
        assert list(networks_of(places[kind], DAY)) == [places["network"]]
        assert list(hubs_of(places[kind], DAY)) == [places["hub"]]
    assert places["hub"] in hubs()


def test_network_across_two_icbs_names_that_of_most_practices_first(places: Places) -> None:
    other_icb, other_sub = IcbFactory(), SubIcbFactory()
    LinkFactory(kind=LinkKind.SUB_ICB_ICB, child=other_sub, parent=other_icb)
    for _ in range(2):
        practice = PracticeFactory()
        LinkFactory(child=practice, parent=places["network"])
        LinkFactory(kind=LinkKind.PRACTICE_SUB_ICB, child=practice, parent=other_sub)
    assert icbs_of(places["network"], DAY) == [other_icb, places["icb"]]
    assert icbs_of(places["icb"], DAY) == [places["icb"]]
    assert [(icb, len(own)) for icb, own in practices_by_icb(places["network"], DAY)] == [
        (other_icb, 2),
        (places["icb"], 1),
    ]
    assert practices_by_icb(places["icb"], DAY) == [(places["icb"], frozenset())]
    # It lies in the hub's area by the one practice that does.
    assert within(places["network"], places["hub"], DAY)


def test_within_is_upward_alone(places: Places) -> None:
    order = ["practice", "network", "hub"]
    for low, inner in enumerate(order):
        for high, outer in enumerate(order):
            assert within(places[inner], places[outer], DAY) is (low <= high), (inner, outer)


def test_hub_without_practices_yet_still_has_its_icbs(places: Places) -> None:
    empty = IcbFactory()
    LinkFactory(kind=LinkKind.ICB_HUB, child=empty, parent=places["hub"])
    assert set(icbs_of_hub(places["hub"], DAY)) == {places["icb"], empty}
    assert within(empty, places["hub"], DAY)
    assert not within(IcbFactory(), places["hub"], DAY)


def test_empty_network_has_no_practices() -> None:
    assert not practices_of(NetworkFactory(), DAY).exists()
    assert practices().model is Organisation
    assert Kind.PRACTICE in set(practices_of(PracticeFactory(), DAY).values_list("kind", flat=True))
