"""A plan is read by its person, and by a hub while it is shared with it and the hub knows them."""

import datetime as dt

import pytest
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AuditEvent, Recognition
from accounts.models.audit_event import Act
from accounts.models.recognition import RecognitionState
from organisations.clock import today
from organisations.models import Organisation
from retention.models import Plan, PlanShare
from retention.queries.plans import (
    PlanContent,
    open_shares,
    plan_of,
    read_plan,
    recognised_by,
    sealed,
    shared_plans,
)
from tests.factories.accounts import actor
from tests.factories.hubs import recognised_person
from tests.factories.organisations import HubFactory
from tests.factories.retention import PersonFactory

CONTENT = PlanContent(retire_year=2031, wishes=("fewer_sessions",))
CONTENTS = st.builds(
    PlanContent,
    st.none() | st.integers(2000, 2100),
    st.lists(st.text(max_size=30), max_size=4).map(tuple),
)


def shared_with(hub: Organisation, *, days: int = 10, name: str = "Dr Who") -> PlanShare:
    person = recognised_person(hub, name=name)
    plan = Plan.objects.create(person=person, sealed=sealed(CONTENT))
    share: PlanShare = PlanShare.objects.create(
        plan=plan,
        recipient=hub,
        starts_on=today() - dt.timedelta(days=30),
        ends_on=today() + dt.timedelta(days=days),
    )
    return share


@given(CONTENTS)
def test_what_is_unsealed_is_what_was_sealed_and_no_word_of_it_stands_in_between(
    content: PlanContent,
) -> None:
    kept = sealed(content)
    assert read_plan(Plan(sealed=kept)) == content
    assert b"retire_year" not in kept
    # Sealed anew each time, so that two plans that say the same cannot be told to.
    assert sealed(content) != kept


@pytest.mark.django_db
def test_a_hub_reads_those_who_share_by_name_and_each_is_told() -> None:
    hub = HubFactory()
    second, first = shared_with(hub, name="Dr B"), shared_with(hub, name="Dr A")
    shared_with(HubFactory(), name="Dr C")
    found = shared_plans(actor("hub_retention_lead", hub), hub)
    assert [plan.person for plan in found] == [first.plan.person, second.plan.person]
    assert {plan.content for plan in found} == {CONTENT}
    read = AuditEvent.objects.filter(act=Act.READ_PLAN).values_list("subject", flat=True)
    assert set(read) == {share.plan.person.subject_id for share in (first, second)}


@pytest.mark.django_db
@pytest.mark.parametrize("days", [0, -1])
def test_a_share_ends_on_its_day(days: int) -> None:
    hub = HubFactory()
    share = shared_with(hub, days=days)
    assert shared_plans(actor("hub_retention_lead", hub), hub) == []
    assert open_shares(share.plan) == []
    assert open_shares(share.plan, as_at=today() - dt.timedelta(days=5)) == [share]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "state", [state for state in RecognitionState if state != RecognitionState.RECOGNISED]
)
def test_a_share_counts_only_while_the_hub_recognises_the_person(state: RecognitionState) -> None:
    hub = HubFactory()
    share = shared_with(hub)
    Recognition.objects.update(state=state)
    assert shared_plans(actor("hub_retention_lead", hub), hub) == []
    assert recognised_by(share.plan.person) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "role", ["hub_administrator", "board_viewer", "practice_manager", "network_lead", "clinician"]
)
def test_no_other_role_reads_a_shared_plan(role: str) -> None:
    hub = HubFactory()
    shared_with(hub)
    with pytest.raises(Http404):
        shared_plans(actor(role, hub), hub)
    with pytest.raises(Http404):
        shared_plans(actor("hub_retention_lead", HubFactory()), hub)


@pytest.mark.django_db
def test_who_has_no_account_and_no_plan_has_nothing() -> None:
    person = PersonFactory()
    assert (plan_of(None), plan_of(person), recognised_by(person)) == (None, None, [])
    assert open_shares(None) == []
