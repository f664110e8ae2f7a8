"""Which practices' outlooks a reader sees in a list: those that `may` would let them open."""

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts import roles
from accounts.access import may
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models import Organisation
from retention.queries.places_within import practices_within, readable_practices
from tests.factories.accounts import actor
from tests.factories.organisations import SharingFactory, add_practice, area_of_one_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> dict[str, Organisation]:
    """A network of three practices, one of which shares its outlook with it; and another area."""
    made = area_of_one_practice()
    shares, other = add_practice(made), add_practice(made)
    SharingFactory(practice=shares, recipient=made["network"])
    return {**made, "shares": shares, "other": other, "away": area_of_one_practice()["practice"]}


@pytest.mark.parametrize("role", roles.ALL, ids=lambda role: role.key)
def test_the_list_and_the_page_of_each_practice_agree(
    places: dict[str, Organisation], role: roles.Role
) -> None:
    practices = [places[name] for name in ("practice", "shares", "other", "away")]
    for home in places.values():
        if home.kind not in role.kinds:
            continue
        by = actor(role.key, home)
        one_by_one = {
            practice.pk
            for practice in practices
            if may(by, Permission.SEE_PRACTICE_OUTLOOK, practice)
        }
        assert readable_practices(by, practices) == one_by_one


def test_a_lead_reads_those_that_share_and_a_hub_its_area(places: dict[str, Organisation]) -> None:
    practices = [places[name] for name in ("practice", "shares", "other", "away")]
    lead = actor("network_lead", places["network"])
    assert readable_practices(lead, practices) == {places["shares"].pk}
    hub = actor("hub_retention_lead", places["hub"])
    assert readable_practices(hub, practices) == {p.pk for p in practices[:3]}
    assert readable_practices(actor(), practices) == frozenset()


def test_the_number_of_queries_does_not_grow_with_the_practices(
    places: dict[str, Organisation], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    by = actor("network_lead", places["network"])
    few = [places["practice"]]
    with django_assert_num_queries(1):
        readable_practices(by, few)
    with django_assert_num_queries(1):
        readable_practices(by, [places["practice"], places["shares"], places["other"]])


def test_without_figures_every_practice_is_listed_and_none_has_an_outlook(
    places: dict[str, Organisation],
) -> None:
    rows = practices_within(
        actor("network_lead", places["network"]), places["network"], None, today()
    )
    assert [row.outlook for row in rows] == [None] * 3
    assert [row.place for row in rows if row.may_see] == [places["shares"]]
