"""A network's staff through the API: open, but for the entitlement."""

import pytest

from organisations.clock import today
from retention.models import NetworkEntitlement
from retention.queries.network_staff import financial_year
from tests.factories.api import caller
from tests.factories.organisations import area_of_one_practice
from tests.factories.published import NetworkWorkforceFactory

pytestmark = pytest.mark.django_db


def test_staff_for_everyone_and_the_entitlement_for_its_readers() -> None:
    places = area_of_one_practice()
    network = places["network"]
    NetworkWorkforceFactory(network=network)
    NetworkEntitlement.objects.create(
        network=network, year=financial_year(today()), pounds=420, entered_on=today(), version=3
    )
    path = f"/api/v1/networks/{network.code}/additional-roles"
    open_to_all = caller().get(path).json()
    assert open_to_all["month"] == "2025-06-01"
    assert open_to_all["roles"][0] == {
        "staff_group": "Other Direct Patient Care staff",
        "role": "Pharmacists",
        "posts": 2,
        "fte": 1.5,
        "is_additional": True,
    }
    assert (open_to_all["additional_posts"], open_to_all["additional_fte"]) == (3, None)
    assert open_to_all["entitlement"] is None
    own = caller("network_lead", network).get(path).json()
    assert own["entitlement"] == {
        "year": financial_year(today()),
        "pounds": 420,
        "committed": None,
        "fte": None,
        "entered_on": today().isoformat(),
        "version": 3,
    }
    assert {**own, "entitlement": None} == open_to_all


def test_nothing_loaded_is_null_and_a_practice_is_no_network() -> None:
    places = area_of_one_practice()
    path = "/api/v1/networks/{}/additional-roles"
    bare = caller().get(path.format(places["network"].code)).json()
    assert bare == {
        "month": None,
        "roles": [],
        "additional_posts": None,
        "additional_fte": None,
        "entitlement": None,
    }
    assert caller().get(path.format(places["practice"].code)).status_code == 404
