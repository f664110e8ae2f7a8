"""Drafted by a lead, opened by somebody else; each rule holds on every database."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from hubs.actions.schemes import change_scheme, close_scheme, draft_scheme, open_scheme
from hubs.models import Scheme
from organisations.models import Organisation
from tests.factories.accounts import actor
from tests.factories.hubs import SchemeFactory
from tests.factories.organisations import IcbFactory, area_of_one_practice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


@pytest.fixture
def _today() -> Any:
    with time_machine.travel("2026-05-01"):
        yield


@pytest.fixture
def hub() -> Organisation:
    return area_of_one_practice()["hub"]


def terms(hub: Organisation, **change: object) -> dict[str, object]:
    return {
        "name": "Mentors for new GPs",
        "purpose": "Pays mentors.",
        "area": hub,
        "starts_on": dt.date(2026, 4, 1),
        "ends_on": dt.date(2027, 3, 31),
        "session_minutes": 250,
        "rate": Decimal(289),
        "budget": Decimal(28_900),
        "places": 10,
        **change,
    }


def test_a_draft_is_saved_and_audited(hub: Organisation) -> None:
    lead = actor("hub_retention_lead", hub)
    scheme = draft_scheme(hub=hub, terms=terms(hub), by=lead)
    scheme.refresh_from_db()
    assert (scheme.state, scheme.drafted_by, scheme.version) == ("draft", lead.user, 1)
    event = AuditEvent.objects.get(act="drafted_scheme")
    assert (event.actor, event.thing) == (lead.subject_id, f"scheme:{scheme.public_id}")


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"min_years_qualified": 5}, "years_justification", "Say why years since qualification"),
        ({"ends_on": dt.date(2026, 3, 1)}, "ends_on", "must not be before the first day"),
        ({"rate": Decimal(-1)}, "rate", "greater than or equal to 0"),
        ({"places": 0}, "places", "greater than or equal to 1"),
        ({"session_minutes": 10}, "session_minutes", "greater than or equal to 60"),
        ({"min_clinical_sessions": Decimal(0)}, "min_clinical_sessions", "0.5"),
        ({"name": "x" * 121}, "name", "at most 120"),
        ({"purpose": ""}, "purpose", "blank"),
    ],
)
def test_terms_that_do_not_hold_are_refused(
    hub: Organisation, change: dict[str, object], field: str, message: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        draft_scheme(hub=hub, terms=terms(hub, **change), by=actor("hub_retention_lead", hub))
    assert message in " ".join(refused.value.message_dict[field])
    assert not Scheme.objects.exists()
    assert not AuditEvent.objects.filter(act="drafted_scheme").exists()


def test_years_with_a_reason_are_kept_and_a_reason_without_years_is_not(
    hub: Organisation,
) -> None:
    lead = actor("hub_retention_lead", hub)
    why = {"years_justification": "The college asks for it."}
    kept = draft_scheme(hub=hub, terms=terms(hub, min_years_qualified=5, **why), by=lead)
    dropped = draft_scheme(hub=hub, terms=terms(hub, name="Another", **why), by=lead)
    assert kept.years_justification
    assert dropped.years_justification == ""


def test_the_area_is_the_hubs_own(hub: Organisation) -> None:
    with pytest.raises(ValidationError, match="one of its ICBs"):
        draft_scheme(hub=hub, terms=terms(hub, area=IcbFactory()), by=actor())


def test_nothing_but_terms_can_be_set(hub: Organisation) -> None:
    with pytest.raises(ValueError, match="state"):
        draft_scheme(hub=hub, terms=terms(hub, state="open"), by=actor())
    assert "age" not in {field.name for field in Scheme._meta.get_fields()}


def test_the_second_window_does_not_win_silently(hub: Organisation) -> None:
    scheme = SchemeFactory(hub=hub, state="draft")
    lead = actor("hub_retention_lead", hub)
    change_scheme(scheme=scheme, version=1, terms={"places": 12}, by=lead)
    with pytest.raises(ValidationError, match="another window"):
        change_scheme(scheme=scheme, version=1, terms={"places": 99}, by=lead)
    scheme.refresh_from_db()
    assert (scheme.places, scheme.version) == (12, 2)


def test_only_a_draft_is_changed() -> None:
    scheme = SchemeFactory()
    with pytest.raises(ValidationError, match="Only a draft"):
        change_scheme(scheme=scheme, version=1, terms={"places": 12}, by=actor())


def test_somebody_else_opens_it(hub: Organisation) -> None:
    lead = actor("hub_retention_lead", hub)
    scheme = draft_scheme(hub=hub, terms=terms(hub), by=lead)
    administrator = actor("hub_administrator", hub)
    open_scheme(scheme=scheme, version=1, by=administrator)
    scheme.refresh_from_db()
    assert (scheme.state, scheme.opened_by) == ("open", administrator.user)
    assert AuditEvent.objects.filter(act="opened_scheme", actor=administrator.subject_id).exists()


def test_nobody_opens_what_they_drafted_or_changed(hub: Organisation) -> None:
    lead, second = actor("hub_retention_lead", hub), actor("hub_retention_lead", hub)
    scheme = draft_scheme(hub=hub, terms=terms(hub), by=lead)
    change_scheme(scheme=scheme, version=1, terms={"places": 3}, by=second)
    for writer in (lead, second):
        both = actor("hub_administrator", hub, user=writer.user)
        with pytest.raises(ValidationError, match="another administrator"):
            open_scheme(scheme=scheme, version=2, by=both)
    scheme.refresh_from_db()
    assert scheme.state == "draft"


def test_a_draft_that_changed_since_it_was_read_is_not_opened(hub: Organisation) -> None:
    scheme = draft_scheme(hub=hub, terms=terms(hub), by=actor("hub_retention_lead", hub))
    change_scheme(scheme=scheme, version=1, terms={"budget": Decimal(9)}, by=actor())
    with pytest.raises(ValidationError, match="since you read it"):
        open_scheme(scheme=scheme, version=1, by=actor("hub_administrator", hub))


def test_a_scheme_that_has_ended_is_not_opened() -> None:
    scheme = SchemeFactory(
        state="draft", starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 2, 1)
    )
    with pytest.raises(ValidationError, match="ended already"):
        open_scheme(scheme=scheme, version=1, by=actor())


def test_an_open_scheme_is_closed_once() -> None:
    scheme = SchemeFactory()
    close_scheme(scheme=scheme, by=actor())
    scheme.refresh_from_db()
    assert scheme.state == "closed"
    with pytest.raises(ValidationError, match="Only an open scheme"):
        close_scheme(scheme=scheme, by=actor())
    assert AuditEvent.objects.filter(act="closed_scheme").count() == 1
