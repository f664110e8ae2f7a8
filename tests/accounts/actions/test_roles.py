"""Granting and ending roles."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from accounts.access import may
from accounts.actions.invitations import accept_invitation, invite
from accounts.actions.place_changes import close_place
from accounts.actions.roles import (
    choose_role,
    end_role,
    fetch_endable,
    grant_role,
    grantable,
    may_end,
)
from accounts.actor import Actor
from accounts.models import AuditEvent, Invitation, RoleGrant
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models import Organisation
from tests.factories.accounts import InvitationFactory, RoleGrantFactory, UserFactory, actor
from tests.factories.organisations import PracticeFactory, area_of_one_practice

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
Places = dict[str, Organisation]


@pytest.fixture
def places() -> Places:
    return area_of_one_practice()


@pytest.fixture
def administrator(places: Places) -> Actor:
    return actor("hub_administrator", places["hub"])


@pytest.fixture
def manager(places: Places) -> Actor:
    return actor("practice_manager", places["practice"])


def test_granting_is_audited(administrator: Actor, places: Places) -> None:
    user = UserFactory()
    grant = grant_role(
        by=administrator, user=user, role="network_lead", organisation=places["network"]
    )
    assert (grant.starts_on, grant.ends_on) == (today(), None)
    row = AuditEvent.objects.get(act=Act.GRANTED_ROLE)
    assert (row.actor, row.subject) == (administrator.subject_id, user.subject_id)
    assert row.thing == f"role:{grant.public_id}"


@pytest.mark.parametrize("role", ["hub_retention_lead", "hub_administrator", "clinician"])
def test_nobody_grants_to_themselves(administrator: Actor, places: Places, role: str) -> None:
    assert administrator.user is not None
    with pytest.raises(ValidationError, match="their own role"):
        grant_role(by=administrator, user=administrator.user, role=role, organisation=places["hub"])
    assert administrator.user.role_grants.count() == 1


def test_another_hubs_administrator_may_not(places: Places) -> None:
    outsider = actor("hub_administrator", area_of_one_practice()["hub"])
    for place in ("hub", "network", "practice"):
        with pytest.raises(Http404):
            grant_role(
                by=outsider, user=UserFactory(), role="clinician", organisation=places[place]
            )
    assert not RoleGrant.objects.filter(organisation=places["practice"]).exists()


@pytest.mark.parametrize(
    ("role", "place"),
    [
        ("network_lead", "practice"),
        ("practice_manager", "network"),
        ("hub_administrator", "practice"),
        ("board_viewer", "icb"),
        ("superuser", "hub"),
    ],
)
def test_role_must_fit_the_place(
    administrator: Actor, places: Places, role: str, place: str
) -> None:
    with pytest.raises((ValidationError, Http404)):
        grant_role(by=administrator, user=UserFactory(), role=role, organisation=places[place])


@pytest.mark.parametrize("role", ["hub_retention_lead", "board_viewer", "network_lead"])
def test_other_roles_grant_nothing(places: Places, role: str) -> None:
    home = places["network" if role == "network_lead" else "hub"]
    assert grantable(actor(role, home), home) == []


def test_manager_gives_staff_roles_in_the_own_practice(manager: Actor, places: Places) -> None:
    keys = [role.key for role in grantable(manager, places["practice"])]
    assert keys == ["clinician", "practice_manager"]
    assert grantable(manager, PracticeFactory()) == []


def test_contract_is_for_the_hub_to_say(
    administrator: Actor, manager: Actor, places: Places
) -> None:
    user = UserFactory()
    terms: dict[str, Any] = {
        "user": user,
        "organisation": places["practice"],
        "holds_contract": True,
    }
    with pytest.raises(ValidationError, match="hub's administrator"):
        grant_role(by=manager, role="clinician", **terms)
    with pytest.raises(ValidationError, match="Only a clinician"):
        grant_role(by=administrator, role="practice_manager", **terms)
    grant = grant_role(by=administrator, role="clinician", **terms)
    holder = actor(user=user)
    assert may(Actor(user, grant, holder.door), Permission.SET_SHARING, places["practice"])


def test_contract_of_a_network_is_no_thing(administrator: Actor, places: Places) -> None:
    with pytest.raises(ValidationError, match="clinician of a practice"):
        grant_role(
            by=administrator,
            user=UserFactory(),
            role="clinician",
            organisation=places["network"],
            holds_contract=True,
        )


def test_same_role_twice_is_refused(administrator: Actor, places: Places) -> None:
    held = RoleGrantFactory(organisation=places["practice"])
    terms: dict[str, Any] = {
        "user": held.user,
        "role": "clinician",
        "organisation": places["practice"],
    }
    with pytest.raises(ValidationError, match="already"):
        grant_role(by=administrator, **terms)
    end_role(by=administrator, grant=held)
    assert grant_role(by=administrator, **terms).pk != held.pk


def test_role_is_not_backdated(administrator: Actor, places: Places) -> None:
    """Else the rows would tell a false tale of who could see what last March."""
    terms: dict[str, Any] = {"role": "clinician", "organisation": places["practice"]}
    with pytest.raises(ValidationError, match="today or later"):
        grant_role(by=administrator, user=UserFactory(), starts_on=today() - DAY, **terms)
    assert not RoleGrant.objects.filter(role="clinician").exists()
    for starts_on in (today(), today() + DAY):
        grant = grant_role(by=administrator, user=UserFactory(), starts_on=starts_on, **terms)
        assert grant.starts_on == starts_on


@pytest.mark.parametrize("days", [-1, 0])
def test_role_cannot_end_before_it_gives_anything(
    administrator: Actor, places: Places, days: int
) -> None:
    with pytest.raises(ValidationError, match="later than today"):
        grant_role(
            by=administrator,
            user=UserFactory(),
            role="clinician",
            organisation=places["practice"],
            ends_on=today() + days * DAY,
        )


def test_ending_takes_effect_at_once_and_is_audited(administrator: Actor, places: Places) -> None:
    grant = RoleGrantFactory(role="network_lead", organisation=places["network"])
    end_role(by=administrator, grant=grant)
    grant.refresh_from_db()
    assert grant.ends_on == today()
    assert not grant.holds_on(today())
    row = AuditEvent.objects.get(act=Act.ENDED_ROLE)
    assert row.subject == grant.user.subject_id
    with pytest.raises(ValidationError, match="ended already"):
        end_role(by=administrator, grant=grant)


def test_role_that_has_not_begun_never_begins(administrator: Actor, places: Places) -> None:
    grant = RoleGrantFactory(organisation=places["practice"], starts_on=today() + 9 * DAY)
    end_role(by=administrator, grant=grant)
    assert not grant.holds_on(today() + 9 * DAY)


def test_nobody_ends_their_own(administrator: Actor, manager: Actor) -> None:
    for by in (administrator, manager):
        assert by.role is not None
        assert not may_end(by, by.role)
        with pytest.raises(ValidationError, match="their own role"):
            end_role(by=by, grant=by.role)
        with pytest.raises(Http404):
            fetch_endable(by, by.role.public_id)


def test_manager_ends_own_staff_but_not_the_contract_holder(manager: Actor, places: Places) -> None:
    staff = RoleGrantFactory(organisation=places["practice"])
    holder = RoleGrantFactory(organisation=places["practice"], holds_contract=True)
    elsewhere = RoleGrantFactory()
    assert fetch_endable(manager, staff.public_id) == staff
    for grant in (holder, elsewhere):
        with pytest.raises(Http404):
            end_role(by=manager, grant=grant)


def test_what_they_had_invited_to_ends_with_the_role(
    administrator: Actor, manager: Actor, places: Places
) -> None:
    """Else somebody on the way out could leave a door open for two weeks."""
    theirs = InvitationFactory(invited_by=manager.user, organisation=places["practice"])
    others = InvitationFactory(organisation=places["practice"])
    assert manager.role is not None
    end_role(by=administrator, grant=manager.role)
    assert not Invitation.objects.get(pk=theirs.pk).is_open
    assert Invitation.objects.get(pk=others.pk).is_open


def test_choosing_a_role_is_audited_and_only_ones_own() -> None:
    grant = RoleGrantFactory()
    choose_role(by=actor(user=grant.user), grant=grant)
    assert AuditEvent.objects.get().act == Act.CHANGED_ROLE
    with pytest.raises(Http404):
        choose_role(by=actor(), grant=grant)


def test_a_role_given_before_a_place_closes_ends_with_it(
    administrator: Actor, places: Places
) -> None:
    practice, closes = places["practice"], today() + 30 * DAY
    close_place(by=Actor.command("life_event"), place=practice, on=closes)
    lasting = grant_role(
        by=administrator, user=UserFactory(), role="practice_manager", organisation=practice
    )
    short = grant_role(
        by=administrator,
        user=UserFactory(),
        role="clinician",
        organisation=practice,
        ends_on=today() + DAY,
    )
    assert (lasting.ends_on, short.ends_on) == (closes, today() + DAY)


def test_an_invitation_taken_before_a_place_closes_gives_a_role_until_then(
    manager: Actor, places: Places
) -> None:
    practice, closes = places["practice"], today() + 30 * DAY
    close_place(by=Actor.command("life_event"), place=practice, on=closes)
    newcomer = actor()
    assert newcomer.user is not None
    sent = invite(
        by=manager,
        email=newcomer.user.email,
        role="practice_manager",
        organisation=practice,
    )
    assert accept_invitation(by=newcomer, invitation=sent).ends_on == closes


@pytest.mark.parametrize("days", [0, 1])
def test_no_role_begins_once_its_place_has_closed(
    administrator: Actor, places: Places, days: int
) -> None:
    practice, closes = places["practice"], today() + 30 * DAY
    close_place(by=Actor.command("life_event"), place=practice, on=closes)
    with pytest.raises(ValidationError, match=f"closes on {closes:%-d %B %Y}"):
        grant_role(
            by=administrator,
            user=UserFactory(),
            role="clinician",
            organisation=practice,
            starts_on=closes + days * DAY,
        )
