"""Plans: sealed at rest, one's own, shared by name and for six months, withdrawn at once."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from accounts.actions.recognitions import leave_hub
from accounts.actor import Actor
from accounts.models.audit_event import Act, AuditEvent
from organisations.clock import today
from organisations.models import Organisation
from retention.actions.plans import delete_plan, months_after, save_plan, share_plan, withdraw_plan
from retention.models import Plan, PlanShare
from retention.queries.plans import PlanContent, read_plan, shared_plans
from tests.factories.accounts import RecognitionFactory, actor
from tests.factories.organisations import HubFactory

pytestmark = pytest.mark.django_db
NEXT_YEAR = today().year + 1
CONTENT = PlanContent(retire_year=NEXT_YEAR, wishes=("no_duty", "mentoring"))


@pytest.fixture
def me() -> Actor:
    return actor()


@pytest.fixture
def hub(me: Actor) -> Organisation:
    hub = HubFactory()
    RecognitionFactory(user=me.user, hub=hub, state="recognised")
    return hub


def lead_of(hub: Organisation) -> Actor:
    return actor("hub_retention_lead", hub)


def test_a_plan_is_kept_sealed(me: Actor) -> None:
    plan = save_plan(by=me, content=CONTENT, version=0)
    kept = bytes(Plan.objects.get().sealed)
    assert str(NEXT_YEAR).encode() not in kept
    assert b"mentoring" not in kept
    assert read_plan(plan) == CONTENT


def test_the_same_plan_is_sealed_differently_each_time(me: Actor) -> None:
    first = bytes(save_plan(by=me, content=CONTENT, version=0).sealed)
    assert first != bytes(save_plan(by=me, content=CONTENT, version=1).sealed)


def test_the_audit_log_knows_that_and_not_what(me: Actor) -> None:
    save_plan(by=me, content=CONTENT, version=0)
    event = AuditEvent.objects.get(act=Act.SAVED_PLAN)
    assert (event.subject, event.thing, event.why) == (me.subject_id, "", "")


@pytest.mark.parametrize("seen", [0, 1, 5])
def test_the_second_of_two_windows_is_told(me: Actor, seen: int) -> None:
    save_plan(by=me, content=CONTENT, version=0)
    save_plan(by=me, content=CONTENT, version=1)
    with pytest.raises(ValidationError, match="another window"):
        save_plan(by=me, content=PlanContent(None, ()), version=seen)
    assert read_plan(Plan.objects.get()) == CONTENT


@pytest.mark.parametrize(
    "wrong",
    [
        PlanContent(today().year - 1, ()),
        PlanContent(today().year + 51, ()),
        PlanContent(None, ("a yacht",)),
    ],
)
def test_a_wrong_plan_is_not_kept(me: Actor, wrong: PlanContent) -> None:
    with pytest.raises(ValidationError):
        save_plan(by=me, content=wrong, version=0)
    assert not Plan.objects.exists()


def test_a_shared_plan_is_read_by_that_hub_alone_and_each_reading_is_audited(
    me: Actor, hub: Organisation
) -> None:
    save_plan(by=me, content=CONTENT, version=0)
    share = share_plan(by=me, recipient=hub)
    assert (share.starts_on, share.ends_on) == (today(), months_after(today(), 6))
    [shared] = shared_plans(lead_of(hub), hub)
    assert (shared.person.user, shared.content) == (me.user, CONTENT)
    event = AuditEvent.objects.get(act=Act.READ_PLAN)
    assert (event.subject, event.thing) == (me.subject_id, f"hub:{hub.code}")
    other = HubFactory()
    assert shared_plans(lead_of(other), other) == []


@pytest.mark.parametrize("role", ["hub_administrator", "board_viewer"])
def test_nobody_else_at_the_hub_reads_it(me: Actor, hub: Organisation, role: str) -> None:
    with pytest.raises(Http404):
        shared_plans(actor(role, hub), hub)
    with pytest.raises(Http404):
        shared_plans(lead_of(HubFactory()), hub)


def test_a_plan_is_shared_only_once_it_is_saved_and_with_a_hub_that_knows_one(
    me: Actor, hub: Organisation
) -> None:
    with pytest.raises(ValidationError, match="Save your plan first"):
        share_plan(by=me, recipient=hub)
    save_plan(by=me, content=CONTENT, version=0)
    with pytest.raises(ValidationError, match="recognises you"):
        share_plan(by=me, recipient=HubFactory())


def test_sharing_again_starts_the_six_months_again(me: Actor, hub: Organisation) -> None:
    save_plan(by=me, content=CONTENT, version=0)
    share_plan(by=me, recipient=hub)
    PlanShare.objects.update(ends_on=today() + dt.timedelta(days=3))
    share_plan(by=me, recipient=hub)
    assert PlanShare.objects.get().ends_on == months_after(today(), 6)


def test_what_was_shared_ends_by_time_by_withdrawal_and_by_leaving_the_hub(
    me: Actor, hub: Organisation
) -> None:
    save_plan(by=me, content=CONTENT, version=0)
    share = share_plan(by=me, recipient=hub)
    PlanShare.objects.update(ends_on=today())
    assert shared_plans(lead_of(hub), hub) == []
    share = share_plan(by=me, recipient=hub)
    assert len(shared_plans(lead_of(hub), hub)) == 1
    hub.recognitions.update(state="left")
    assert shared_plans(lead_of(hub), hub) == []
    hub.recognitions.update(state="recognised")
    withdraw_plan(by=me, share=share)
    withdraw_plan(by=me, share=share)
    assert shared_plans(lead_of(hub), hub) == []
    assert AuditEvent.objects.filter(act=Act.WITHDREW_PLAN).count() == 1


def test_a_hub_that_recognises_someone_anew_reads_nothing_of_before(
    me: Actor, hub: Organisation
) -> None:
    save_plan(by=me, content=CONTENT, version=0)
    share_plan(by=me, recipient=hub)
    elsewhere = HubFactory()
    RecognitionFactory(user=me.user, hub=elsewhere, state="recognised")
    share_plan(by=me, recipient=elsewhere)
    leave_hub(by=me, hub=hub)
    RecognitionFactory(user=me.user, hub=hub, state="recognised")
    assert shared_plans(lead_of(hub), hub) == []
    assert len(shared_plans(lead_of(elsewhere), elsewhere)) == 1


def test_withdrawing_ends_every_share_with_that_hub(me: Actor, hub: Organisation) -> None:
    """Two clicks at once may have made two."""
    plan = save_plan(by=me, content=CONTENT, version=0)
    share = share_plan(by=me, recipient=hub)
    PlanShare.objects.create(
        plan=plan, recipient=hub, starts_on=share.starts_on, ends_on=share.ends_on
    )
    withdraw_plan(by=me, share=share)
    assert shared_plans(lead_of(hub), hub) == []


def test_a_stranger_cannot_withdraw_a_share(me: Actor, hub: Organisation) -> None:
    save_plan(by=me, content=CONTENT, version=0)
    share = share_plan(by=me, recipient=hub)
    for stranger in (actor(), lead_of(hub)):
        with pytest.raises(Http404):
            withdraw_plan(by=stranger, share=share)


def test_deleting_a_plan_takes_its_shares_along(me: Actor, hub: Organisation) -> None:
    save_plan(by=me, content=CONTENT, version=0)
    share_plan(by=me, recipient=hub)
    delete_plan(by=me)
    delete_plan(by=me)
    assert not Plan.objects.exists()
    assert not PlanShare.objects.exists()
    assert AuditEvent.objects.filter(act=Act.WITHDREW_PLAN).count() == 1


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (dt.date(2026, 1, 15), dt.date(2026, 7, 15)),
        (dt.date(2026, 8, 31), dt.date(2027, 2, 28)),
        (dt.date(2026, 12, 31), dt.date(2027, 6, 30)),
    ],
)
def test_six_months_on(date: dt.date, expected: dt.date) -> None:
    assert months_after(date, 6) == expected
