import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404

from accounts.models import AuditEvent
from accounts.models.audit_event import Act
from organisations.clock import today
from organisations.models import Organisation
from organisations.versions import STALE
from retention.actions.entitlements import EMPTY, OF_WHAT, WHICH_YEAR, save_entitlement, years_open
from retention.models import NetworkEntitlement
from retention.queries.network_staff import financial_year
from tests.factories.accounts import actor
from tests.factories.organisations import area_of_one_practice

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]
YEAR = financial_year(today())
POUNDS, FTE = Decimal("420000"), Decimal("9.5")


@pytest.fixture
def places() -> Places:
    return area_of_one_practice()


def save(
    places: Places,
    role: str = "network_lead",
    at: str = "network",
    *,
    version: int = 0,
    year: int = YEAR,
    pounds: Decimal | None = POUNDS,
    committed: Decimal | None = None,
    fte: Decimal | None = None,
) -> NetworkEntitlement:
    return save_entitlement(
        by=actor(role, places[at]),
        network=places["network"],
        year=year,
        version=version,
        pounds=pounds,
        committed=committed,
        fte=fte,
    )


@pytest.mark.parametrize(
    ("role", "at"), [("network_lead", "network"), ("hub_retention_lead", "hub")]
)
def test_lead_and_hub_enter_it_with_the_day_and_their_role(
    places: Places, role: str, at: str
) -> None:
    save(places, role, at, committed=Decimal("300000.50"), fte=FTE)
    found = NetworkEntitlement.objects.get()
    assert (found.pounds, found.committed, found.fte) == (POUNDS, Decimal("300000.50"), FTE)
    assert (found.entered_on, found.entered_role, found.version) == (today(), role, 1)


def test_who_did_it_is_in_the_audit_log_without_the_value(places: Places) -> None:
    by = actor("network_lead", places["network"])
    save_entitlement(
        by=by,
        network=places["network"],
        year=YEAR,
        version=0,
        pounds=POUNDS,
        committed=None,
        fte=None,
    )
    event = AuditEvent.objects.get(act=Act.CHANGED_ENTITLEMENT)
    assert event.actor == by.subject_id
    assert event.thing == f"entitlement:{places['network'].code}:{YEAR}"
    assert "420" not in f"{event.thing}{event.why}".replace(places["network"].code, "")


@pytest.mark.parametrize(
    ("role", "at"),
    [
        ("clinician", "practice"),
        ("practice_manager", "practice"),
        ("board_viewer", "hub"),
        ("hub_administrator", "hub"),
    ],
)
def test_others_cannot(places: Places, role: str, at: str) -> None:
    with pytest.raises(Http404):
        save(places, role, at)
    assert not NetworkEntitlement.objects.exists()


def test_another_networks_lead_cannot(places: Places) -> None:
    other = area_of_one_practice()
    with pytest.raises(Http404):
        save_entitlement(
            by=actor("network_lead", other["network"]),
            network=places["network"],
            year=YEAR,
            version=0,
            pounds=POUNDS,
            committed=None,
            fte=None,
        )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"pounds": None}, EMPTY),
        ({"pounds": None, "committed": Decimal(1), "fte": FTE}, OF_WHAT),
        ({"pounds": Decimal(-1)}, "below zero"),
        ({"fte": Decimal(-1)}, "below zero"),
        ({"year": YEAR - 2}, WHICH_YEAR),
        ({"year": YEAR + 2}, WHICH_YEAR),
    ],
)
def test_what_says_nothing_or_too_much_is_refused(
    places: Places, given: dict[str, Decimal | None], said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        save(places, **given)  # type: ignore[arg-type]  # wrong on purpose
    assert not NetworkEntitlement.objects.exists()
    assert not AuditEvent.objects.filter(act=Act.CHANGED_ENTITLEMENT).exists()


def test_who_saves_second_is_told_and_then_may(places: Places) -> None:
    save(places)
    with pytest.raises(ValidationError) as refused:
        save(places, pounds=Decimal(1))
    assert refused.value.messages == [STALE]
    (error,) = refused.value.error_list
    assert error.params == {"version": 1}
    assert NetworkEntitlement.objects.get().pounds == POUNDS
    save(places, version=1, pounds=Decimal(1))
    assert NetworkEntitlement.objects.get().pounds == 1
    assert NetworkEntitlement.objects.get().version == 2


def test_a_version_of_nothing_is_stale(places: Places) -> None:
    with pytest.raises(ValidationError, match="changed this since"):
        save(places, version=3)


def test_each_year_stands_for_itself(places: Places) -> None:
    for year in years_open():
        save(places, year=year, pounds=Decimal(year))
    found = NetworkEntitlement.objects.order_by("year").values_list("year", "pounds")
    assert list(found) == [(year, Decimal(year)) for year in (YEAR - 1, YEAR, YEAR + 1)]


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"committed": 1, "fte": 1},
        {"pounds": -1},
    ],
)
def test_the_database_refuses_it_too(places: Places, values: dict[str, int]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        NetworkEntitlement.objects.create(
            network=places["network"], year=YEAR, entered_on=dt.date(2026, 4, 1), **values
        )
