"""A network's entitlement through the API: entered by its lead or hub, read by its readers."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEvent
from accounts.models.audit_event import Act
from organisations.clock import today
from organisations.models import Organisation
from retention.models import NetworkEntitlement
from retention.queries.network_staff import financial_year
from tests.factories.api import caller
from tests.factories.organisations import NetworkFactory

pytestmark = pytest.mark.django_db
YEAR = financial_year(today())


@pytest.fixture
def network() -> Organisation:
    return NetworkFactory()


def put(client: Client, network: Organisation, year: int = YEAR, **given: object) -> Any:
    path = f"/api/v1/networks/{network.code}/entitlements/{year}"
    data = {"version": 0, "pounds": "420000", **given}
    return client.put(path, data, content_type="application/json")


def read(client: Client, network: Organisation) -> Any:
    return client.get(f"/api/v1/networks/{network.code}/entitlements")


def test_a_lead_enters_changes_and_reads_it(network: Organisation) -> None:
    lead = caller("network_lead", network)
    assert read(lead, network).json() == []
    entered = put(lead, network, committed="99999.5", fte="9.25")
    assert entered.status_code == 200
    assert entered.json() == {
        "year": YEAR,
        "pounds": 420_000,
        "committed": 99_999.5,
        "fte": 9.25,
        "entered_on": today().isoformat(),
        "version": 1,
    }
    assert put(lead, network, version=1, pounds=None, fte=9).json()["pounds"] is None
    put(lead, network, YEAR + 1)
    assert [one["year"] for one in read(lead, network).json()] == [YEAR + 1, YEAR]
    events = AuditEvent.objects.filter(act=Act.CHANGED_ENTITLEMENT)
    assert {event.door for event in events} == {"api"}


def test_who_works_there_reads_it_and_cannot_enter_it(network: Organisation) -> None:
    put(caller("network_lead", network), network)
    colleague = caller("clinician", network)
    assert read(colleague, network).json()[0]["pounds"] == 420_000
    assert put(colleague, network, version=1).status_code == 404
    assert read(caller(), network).status_code == 404
    assert put(caller("network_lead", NetworkFactory()), network).status_code == 404
    assert NetworkEntitlement.objects.get().version == 1


@pytest.mark.parametrize(
    ("year", "given", "status"),
    [
        (YEAR + 2, {}, 422),
        (YEAR - 2, {}, 422),
        (1999, {}, 422),
        (YEAR, {"pounds": None}, 422),
        (YEAR, {"pounds": None, "fte": 3, "committed": 5}, 422),
        (YEAR, {"pounds": "-1"}, 422),
        (YEAR, {"pounds": "1e12"}, 422),
        (YEAR, {"fte": "1.234"}, 422),
        (YEAR, {"version": 7}, 409),
    ],
)
def test_what_cannot_be_is_refused(
    network: Organisation, year: int, given: dict[str, Any], status: int
) -> None:
    assert put(caller("network_lead", network), network, year, **given).status_code == status
    assert not NetworkEntitlement.objects.exists()
