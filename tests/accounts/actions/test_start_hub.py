"""Setting up a first real hub."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.actions.invitations import accept_invitation
from accounts.actions.start_hub import AgreementTerms, start_hub
from accounts.actor import Actor
from accounts.models import AuditEvent, Invitation
from accounts.models.audit_event import Act
from organisations.clock import today
from organisations.models import Agreement, Organisation
from organisations.queries.places import icbs_of_hub, within
from tests.factories.accounts import UserFactory, actor
from tests.factories.organisations import HubFactory, IcbFactory, area_of_one_practice

pytestmark = pytest.mark.django_db
TERMS = AgreementTerms("Pairing mentors with mentees", "A trust", "6(1)(e)", dt.date(2026, 4, 1))


@pytest.fixture
def answers() -> dict[str, Any]:
    return {
        "by": Actor.command("start_hub"),
        "name": "Moorside Training Hub",
        "slug": "moorside",
        "code": "TH-MOORSIDE",
        "icb_codes": [area_of_one_practice()["icb"].code],
        "administrator_email": "admin@example.org",
        "administrator_name": "Robin Admin",
        "agreements": [TERMS],
    }


def test_hub_stands_with_area_agreement_and_invitation(answers: dict[str, Any]) -> None:
    started = start_hub(**answers)
    assert started.is_new
    assert started.new_agreements == 1
    icb = Organisation.objects.get(code=answers["icb_codes"][0])
    assert list(icbs_of_hub(started.hub, today())) == [icb]
    assert within(icb, started.hub, today())
    assert started.invitation is not None
    assert (started.invitation.role, started.invitation.name) == (
        "hub_administrator",
        "Robin Admin",
    )


def test_every_step_is_audited_as_the_system(answers: dict[str, Any]) -> None:
    start_hub(**answers)
    rows = AuditEvent.objects.values_list("act", "system")
    assert set(rows) == {
        (act, "start_hub") for act in (Act.STARTED_HUB, Act.CHANGED_AGREEMENT, Act.INVITED)
    }


def test_again_adds_nothing(answers: dict[str, Any]) -> None:
    first = start_hub(**answers)
    again = start_hub(**answers)
    assert (again.hub, again.is_new, again.new_agreements) == (first.hub, False, 0)
    assert again.invitation == first.invitation
    assert (Agreement.objects.count(), Invitation.objects.count()) == (1, 1)


def test_again_adds_what_is_missing(answers: dict[str, Any]) -> None:
    start_hub(**answers)
    more = AgreementTerms("Running retention schemes", "A trust", "6(1)(e)", dt.date(2026, 4, 1))
    assert start_hub(**answers | {"agreements": [TERMS, more]}).new_agreements == 1


def test_administrator_who_is_in_is_not_invited_again(answers: dict[str, Any]) -> None:
    invitation = start_hub(**answers).invitation
    assert invitation is not None
    by = actor(user=UserFactory(email="Admin@example.org"))
    accept_invitation(by=by, invitation=invitation)
    assert start_hub(**answers).invitation is None


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"icb_codes": ["QZZ"]}, "Load the practice map first"),
        ({"icb_codes": []}, "at least one ICB"),
        ({"administrator_email": "nobody"}, "valid email"),
        ({"slug": "Moor side"}, "slug"),
        ({"name": ""}, "blank"),
        ({"code": "X" * 13}, "12 characters"),
        ({"agreements": [AgreementTerms("x", "y", "6(9)", dt.date(2026, 4, 1))]}, "6\\(9\\)"),
    ],
)
def test_wrong_answer_is_named_and_nothing_stands(
    answers: dict[str, Any], wrong: dict[str, Any], says: str
) -> None:
    with pytest.raises(ValidationError, match=says):
        start_hub(**answers | wrong)
    assert not Organisation.objects.filter(name=answers["name"]).exists()
    assert not Invitation.objects.exists()


def test_slug_of_another_area_is_taken(answers: dict[str, Any]) -> None:
    HubFactory(slug="moorside", name="Another hub")
    with pytest.raises(ValidationError, match="taken by Another hub"):
        start_hub(**answers)


def test_area_of_several_icbs(answers: dict[str, Any]) -> None:
    icbs = [IcbFactory(), IcbFactory()]
    started = start_hub(**answers | {"icb_codes": [icb.code for icb in icbs]})
    assert set(icbs_of_hub(started.hub, today())) == set(icbs)
