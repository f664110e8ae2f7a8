"""Everything that is held on me: handed out, and erased."""

import json
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from accounts import personal_data
from accounts.actions.erasure import erase_own_data, export_own_data
from accounts.actions.roles import grant_role
from accounts.actions.tokens import make_token
from accounts.actor import Actor
from accounts.models import (
    ApiToken,
    AuditEvent,
    Invitation,
    Recognition,
    RoleGrant,
    Subject,
    User,
)
from accounts.models.audit_event import Act
from accounts.personal_data import PersonalDataKind
from accounts.presenters.audit import ERASED, sentences
from accounts.queries.audit import about, as_line, in_lines
from tests.factories.accounts import InvitationFactory, RecognitionFactory, UserFactory, actor
from tests.factories.organisations import area_of_one_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def me() -> Actor:
    """Somebody who has one of everything."""
    places = area_of_one_practice()
    by = actor("clinician", places["practice"], user=UserFactory(email="me@example.org"))
    assert by.user is not None
    EmailAddress.objects.create(user=by.user, email="old@example.org", verified=True)
    RecognitionFactory(user=by.user, hub=places["hub"])
    InvitationFactory(email="OLD@example.org", organisation=places["practice"], name="My Name")
    make_token(by=by, name="Roster", role_grant=by.role, days=30)
    session = SessionStore()
    session.save()
    UserSession.objects.create(user=by.user, ip="127.0.0.1", session_key=session.session_key)
    administrator = actor("hub_administrator", places["hub"])
    grant_role(by=administrator, user=by.user, role="network_lead", organisation=places["network"])
    return by


def held(by: Actor) -> dict[str, Any]:
    """Return the export, by the first word of each kind."""
    data = json.loads(json.dumps(export_own_data(by=by)))
    return {kind["kind"].split()[0].strip(":"): kind["held"] for kind in data["data"]}


def test_export_holds_each_kind(me: Actor) -> None:
    export = held(me)
    assert export["Account"]["email"] == "me@example.org"
    assert export["Account"]["addresses"] == [{"email": "old@example.org", "confirmed": True}]
    assert [role["role"] for role in export["Roles"]] == ["Clinician", "Network lead"]
    assert export["Requests"][0]["state"] == "Asked"
    assert export["Invitations"][0]["name"] == "My Name"
    assert export["API"][0]["name"] == "Roster"
    assert export["Ways"]["sessions"][0]["address"] == "127.0.0.1"
    about_me = [row["act"] for row in export["Audit"] if row["about_me"]]
    assert about_me == [Act.GRANTED_ROLE]


def test_export_holds_no_secret_and_nobody_else(me: Actor) -> None:
    assert me.user is not None
    text = json.dumps(export_own_data(by=me))
    others = User.objects.exclude(pk=me.user.pk)
    kept_back = {
        me.user.password,
        ApiToken.objects.get().digest,
        Invitation.objects.get().token_digest,
        *(user.name for user in others),
        *(str(user.subject_id) for user in others),
    }
    assert others
    assert not [each for each in kept_back if each in text]


def test_export_is_audited(me: Actor) -> None:
    export_own_data(by=me)
    assert AuditEvent.objects.filter(act=Act.EXPORTED_OWN_DATA, actor=me.subject_id).count() == 1


def test_export_says_how_long_each_kind_is_kept(me: Actor) -> None:
    assert all(kind["kept"] for kind in export_own_data(by=me)["data"])


def test_erasure_leaves_nothing_that_leads_to_the_person(me: Actor) -> None:
    rows = AuditEvent.objects.count()
    subject = me.subject_id
    assert subject is not None
    erase_own_data(by=me)
    assert not User.objects.filter(email="me@example.org").exists()
    assert not EmailAddress.objects.filter(email="old@example.org").exists()
    assert not Subject.objects.filter(pk=subject).exists()
    assert not RoleGrant.objects.exclude(role="hub_administrator").exists()
    for model in (ApiToken, Recognition, Invitation, UserSession, Session):
        assert not model.objects.exists(), model
    assert AuditEvent.objects.count() == rows + 1


def test_audit_rows_stay_and_name_nobody(me: Actor) -> None:
    subject = me.subject_id
    erase_own_data(by=me)
    lines = [as_line(row) for row in in_lines(AuditEvent.objects.filter(actor=subject))]
    assert {line.act for line in lines} >= {Act.ERASED, Act.MADE_TOKEN}
    assert {row.who for row in sentences(lines, me=None)} == {ERASED}


def test_others_still_see_that_somebody_acted_on_them() -> None:
    hub = area_of_one_practice()
    administrator, other = actor("hub_administrator", hub["hub"]), UserFactory()
    grant_role(by=administrator, user=other, role="network_lead", organisation=hub["network"])
    erase_own_data(by=administrator)
    (row,) = sentences([as_line(row) for row in in_lines(about(other))], me=other.subject_id)
    assert (row.who, row.whom, row.what) == (ERASED, "You", "Granted a role")


def test_other_people_lose_nothing(me: Actor) -> None:
    other = actor("clinician", area_of_one_practice()["practice"])
    make_token(by=other, name="Theirs", role_grant=other.role, days=1)
    erase_own_data(by=me)
    assert RoleGrant.objects.filter(user=other.user).exists()
    assert ApiToken.objects.filter(user=other.user).exists()


def test_what_they_had_invited_to_ends_with_them() -> None:
    """Else it would stand as if a command had sent it."""
    place = area_of_one_practice()["practice"]
    manager = actor("practice_manager", place)
    theirs = InvitationFactory(invited_by=manager.user, organisation=place)
    others = InvitationFactory(organisation=place)
    erase_own_data(by=manager)
    theirs.refresh_from_db()
    assert (theirs.invited_by, theirs.is_open) == (None, False)
    assert Invitation.objects.get(pk=others.pk).is_open


def test_upper_floors_go_first(me: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """What points at a user is gone before the user is."""
    order: list[str] = []

    def kind(name: str) -> PersonalDataKind:
        return PersonalDataKind(
            name, "a day", lambda user: None, lambda user, by: order.append(name)
        )

    monkeypatch.setattr(personal_data, "_KINDS", {n: kind(n) for n in ("accounts", "hubs")})
    erase_own_data(by=me)
    assert order == ["hubs", "accounts"]


def test_failure_erases_nothing(me: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(user: User, by: Actor) -> None:
        raise ZeroDivisionError

    broken = PersonalDataKind("broken", "a day", lambda user: None, fail)
    kinds = {"broken": broken} | dict(personal_data._KINDS)
    monkeypatch.setattr(personal_data, "_KINDS", kinds)
    with pytest.raises(ZeroDivisionError):
        erase_own_data(by=me)
    assert User.objects.filter(email="me@example.org").exists()
    assert RoleGrant.objects.filter(user__email="me@example.org").count() == 2


def test_address_that_is_not_confirmed_opens_and_erases_nothing_of_its_owner(me: Actor) -> None:
    """Somebody types another person's address into "change my address" and confirms nothing."""
    assert me.user is not None
    invited = InvitationFactory(email="victim@example.org", name="Victim")
    EmailAddress.objects.create(user=me.user, email="victim@example.org", verified=False)
    assert "Victim" not in [each["name"] for each in held(me)["Invitations"]]
    erase_own_data(by=me)
    assert Invitation.objects.filter(pk=invited.pk).exists()
