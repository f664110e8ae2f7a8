"""Keeping a hub's agreements."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from accounts.actions.agreements import new_agreement, save_agreement
from accounts.actor import Actor
from accounts.models import AuditEvent
from accounts.models.audit_event import Act
from organisations.models import Agreement, Organisation
from tests.factories.accounts import actor
from tests.factories.organisations import AgreementFactory, HubFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub() -> Organisation:
    made: Organisation = HubFactory()
    return made


def complete(hub: Organisation) -> Agreement:
    agreement = new_agreement(hub, "Running retention schemes")
    agreement.controller, agreement.lawful_basis = "A trust", "6(1)(e)"
    return agreement


def test_administrator_adds_and_changes(hub: Organisation) -> None:
    by = actor("hub_administrator", hub)
    agreement = save_agreement(by=by, agreement=complete(hub))
    agreement.notice_given_on = dt.date(2026, 4, 1)
    save_agreement(by=by, agreement=agreement, version=0)
    assert Agreement.objects.get().notice_given_on == dt.date(2026, 4, 1)
    assert AuditEvent.objects.filter(act=Act.CHANGED_AGREEMENT).count() == 2


def test_system_job_may_too(hub: Organisation) -> None:
    save_agreement(by=Actor.command("start_hub"), agreement=complete(hub))
    assert AuditEvent.objects.get().system == "start_hub"


def test_is_not_for_others(hub: Organisation) -> None:
    for by in (actor("hub_retention_lead", hub), actor("hub_administrator", HubFactory())):
        with pytest.raises(Http404):
            save_agreement(by=by, agreement=complete(hub))
    assert not Agreement.objects.exists()


def test_of_two_editors_the_second_is_told_and_overwrites_nothing(hub: Organisation) -> None:
    by = actor("hub_administrator", hub)
    save_agreement(by=by, agreement=complete(hub))
    first, second = (Agreement.objects.get() for _ in range(2))
    first.controller, second.controller = "One trust", "Another trust"
    save_agreement(by=by, agreement=first, version=first.version)
    with pytest.raises(ValidationError) as problem:
        save_agreement(by=by, agreement=second, version=second.version)
    assert problem.value.code == "stale"
    assert Agreement.objects.get().controller == "One trust"
    assert AuditEvent.objects.filter(act=Act.CHANGED_AGREEMENT).count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"lawful_basis": "6(1)(z)"},
        {"controller": ""},
        {"ends_on": dt.date(2019, 1, 1)},
    ],
)
def test_what_cannot_be_is_refused(hub: Organisation, wrong: dict[str, object]) -> None:
    agreement = AgreementFactory.build(hub=hub, **wrong)
    with pytest.raises(ValidationError):
        save_agreement(by=actor("hub_administrator", hub), agreement=agreement)
    assert not AuditEvent.objects.exists()
