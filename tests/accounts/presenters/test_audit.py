"""The audit log in words."""

import dataclasses
import uuid

import pytest
from django.utils import timezone

from accounts.actor import Door
from accounts.models.audit_event import WHOM_UNTOLD, Act
from accounts.presenters.audit import ERASED, sentences, subjects_named
from accounts.queries.audit import AuditLine
from tests.factories.accounts import UserFactory
from tests.factories.organisations import HubFactory

pytestmark = pytest.mark.django_db


def line(**changes: object) -> AuditLine:
    plain = AuditLine(
        at=timezone.now(),
        act=Act.GRANTED_ROLE,
        actor=None,
        system="start_hub",
        role="",
        organisation="",
        thing="",
        why="",
        door="page",
        people=0,
        subject=None,
    )
    return dataclasses.replace(plain, **changes)  # type: ignore[arg-type]  # values by name


def test_names_and_places_are_told_as_they_are_today() -> None:
    who, whom, hub = UserFactory(), UserFactory(), HubFactory(name="Moorside")
    (row,) = sentences(
        [
            line(
                actor=who.subject_id,
                role="hub_administrator",
                organisation=hub.code,
                people=1,
                subject=whom.subject_id,
                why="moved",
            )
        ],
        me=None,
    )
    assert (row.who, row.role) == (who.name, "Hub administrator, Moorside")
    assert (row.what, row.whom, row.how, row.why) == (
        "Granted a role",
        whom.name,
        "on a page",
        "moved",
    )


def test_i_am_you() -> None:
    me = uuid.uuid4()
    (row,) = sentences([line(actor=me, people=1, subject=me)], me=me)
    assert (row.who, row.whom) == ("You", "You")


def test_erased_people_are_nobody_in_particular() -> None:
    (row,) = sentences([line(actor=uuid.uuid4(), people=1, subject=uuid.uuid4())], me=None)
    assert (row.who, row.whom) == (ERASED, ERASED)


def test_system_job_is_named() -> None:
    (row,) = sentences([line(door="command")], me=None)
    assert (row.who, row.how) == (
        "The service itself (start hub)",
        "by an operator's command",
    )


def test_role_that_no_longer_exists_is_left_out() -> None:
    (row,) = sentences([line(role="chief_wizard", organisation="X")], me=None)
    assert row.role == ""


def test_several_people_are_counted() -> None:
    (row,) = sentences([line(people=12)], me=None)
    assert row.whom == "12 people"


@pytest.mark.parametrize("act", sorted(WHOM_UNTOLD))
def test_administrator_is_not_told_who_is_paired_or_has_a_post(act: Act) -> None:
    whom = UserFactory()
    event = line(act=act, people=1, subject=whom.subject_id)
    assert sentences([event], me=None, for_administrator=True)[0].whom == ""
    assert sentences([event], me=None)[0].whom == whom.name
    assert subjects_named([event]) == set()


def test_administrator_is_not_told_what_was_done_to_a_post() -> None:
    event = line(act=Act.CHANGED_POST, people=1, why="Leave recorded")
    assert sentences([event], me=None, for_administrator=True)[0].why == ""
    assert sentences([event], me=None)[0].why == "Leave recorded"


def test_everyone_named_is_known_to_have_been_named() -> None:
    actor, subject = uuid.uuid4(), uuid.uuid4()
    assert subjects_named([line(actor=actor, people=1, subject=subject)]) == {actor, subject}


def test_every_act_and_door_has_words() -> None:
    events = [line(act=act, door=door) for act in Act for door in Door]
    assert all(row.what and row.how for row in sentences(events, me=None))
