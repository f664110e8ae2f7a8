"""Reading the audit log."""

import uuid

import pytest

from accounts import audit
from accounts.actor import Actor
from accounts.models import AuditEvent
from accounts.models.audit_event import OWN_PAGE_ACTS, Act
from accounts.queries.audit import about, as_line, by, in_area, in_lines
from organisations.models import Organisation
from tests.factories.accounts import UserFactory, actor
from tests.factories.organisations import area_of_one_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub() -> Organisation:
    return area_of_one_practice()["hub"]


def test_about_me_is_what_others_did() -> None:
    me, other = actor(), actor()
    assert me.user is not None
    audit.record(by=me, act=Act.SAVED_PLAN, subject=me.subject_id)
    audit.record(by=other, act=Act.GRANTED_ROLE, subject=me.subject_id)
    audit.record(by=Actor.command("load"), act=Act.ADDED_POST, subject=me.subject_id)
    audit.record(by=other, act=Act.GRANTED_ROLE, subject=uuid.uuid4())
    assert set(about(me.user).values_list("act", flat=True)) == {"granted_role", "added_post"}
    assert list(by(me.user).values_list("act", flat=True)) == ["saved_plan"]


def test_reading_a_list_is_one_line(hub: Organisation) -> None:
    administrator = actor("hub_administrator", hub)
    subjects = [uuid.uuid4() for _ in range(50)]
    audit.record_reads(by=administrator, act=Act.READ_PEOPLE, subjects=subjects, thing="hub:x")
    (line,) = map(as_line, in_lines(AuditEvent.objects.all()))
    assert (line.people, line.subject, line.thing) == (50, None, "hub:x")


def test_line_about_one_person_names_them() -> None:
    other = UserFactory()
    audit.record(by=actor(), act=Act.GRANTED_ROLE, subject=other.subject_id)
    (line,) = map(as_line, in_lines(AuditEvent.objects.all()))
    assert (line.people, line.subject) == (1, other.subject_id)


def test_line_about_nobody() -> None:
    audit.record(by=Actor.command("import_data"), act=Act.IMPORTED_FILE)
    (line,) = map(as_line, in_lines(AuditEvent.objects.all()))
    assert (line.people, line.subject, line.actor, line.system) == (0, None, None, "import_data")


def test_different_acts_are_different_lines() -> None:
    me = actor()
    for act in (Act.OPENED_SCHEME, Act.CLOSED_SCHEME):
        for thing in ("scheme:1", "scheme:2"):
            audit.record(by=me, act=act, thing=thing)
    assert len(in_lines(AuditEvent.objects.all())) == 4


def test_area_holds_the_acts_of_its_roles_alone(hub: Organisation) -> None:
    inside = actor("hub_retention_lead", hub)
    outside = actor("hub_retention_lead", area_of_one_practice()["hub"])
    for each in (inside, outside, actor(), Actor.command("import_data")):
        audit.record(by=each, act=Act.DRAFTED_SCHEME)
    assert [event.actor for event in in_area(hub)] == [inside.subject_id]


@pytest.mark.parametrize("act", sorted(OWN_PAGE_ACTS))
def test_administrator_never_sees_what_is_for_its_person_alone(hub: Organisation, act: Act) -> None:
    audit.record(by=actor("clinician", hub), act=act)
    assert not in_area(hub).exists()


@pytest.mark.parametrize("act", [Act.READ_MENTORING, Act.ADDED_POST, Act.ENDED_POST])
def test_administrator_never_sees_who_is_in_a_pair_or_says_where_they_work(
    hub: Organisation, act: Act
) -> None:
    other = UserFactory()
    for role in ("clinician", "practice_manager", "network_lead", "hub_retention_lead"):
        me = actor(role, hub)
        subject = other.subject_id if act is Act.READ_MENTORING else me.subject_id
        audit.record(by=me, act=act, subject=subject)
    shown = {event.role for event in in_area(hub)}
    assert shown == ({"hub_retention_lead"} if act is Act.READ_MENTORING else set())


def test_administrator_sees_that_a_manager_changed_posts(hub: Organisation) -> None:
    audit.record(
        by=actor("practice_manager", hub), act=Act.ENDED_POST, subject=UserFactory().subject_id
    )
    assert in_area(hub).count() == 1


def test_plans_drafts_and_asking_for_a_mentor_are_among_them() -> None:
    assert {
        Act.SAVED_PLAN,
        Act.SHARED_PLAN,
        Act.WITHDREW_PLAN,
        Act.READ_PLAN,
        Act.SAVED_DRAFT,
        Act.LOOKED_AT_OWN_OUTLOOK,
        Act.ASKED_FOR_MENTOR,
        Act.OFFERED_MENTORING,
    } <= OWN_PAGE_ACTS
