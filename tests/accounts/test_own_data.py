"""What signing in holds on a person: handed out whole, and gone when erased."""

import json

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts import audit
from accounts.actions.tokens import make_token
from accounts.actor import Actor
from accounts.models import ApiToken, Invitation, Notice, Recognition, RoleGrant, Subject, User
from accounts.models.audit_event import Act
from accounts.own_data import KINDS, export_audit, export_invitations
from tests.factories.accounts import (
    InvitationFactory,
    NoticeFactory,
    RecognitionFactory,
    actor,
)
from tests.factories.organisations import PracticeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def me() -> Actor:
    """Return somebody of whom every kind is held."""
    me = actor("practice_manager", PracticeFactory())
    assert me.user is not None
    InvitationFactory(email=me.user.email)
    RecognitionFactory(user=me.user)
    NoticeFactory(user=me.user)
    make_token(by=me, name="Roster", role_grant=me.role, days=1)
    return me


def test_each_kind_is_handed_out_as_json_can_hold_it(me: Actor) -> None:
    for kind in KINDS:
        assert me.user is not None
        assert json.loads(json.dumps(kind.export(me.user))), kind.name


def test_nobody_elses_number_is_handed_out_with_mine(me: Actor) -> None:
    other = actor("hub_administrator", PracticeFactory())
    assert me.user is not None
    audit.record_reads(by=other, act=Act.READ_PEOPLE, subjects=[me.user.subject_id])
    rows = export_audit(me.user)
    assert any(row["about_me"] and not row["by_me"] for row in rows)
    assert str(other.subject_id) not in json.dumps(rows)


def test_what_went_to_an_address_that_is_not_confirmed_is_somebody_elses(me: Actor) -> None:
    assert me.user is not None
    theirs = InvitationFactory(email="theirs@example.org")
    address = EmailAddress.objects.create(user=me.user, email=theirs.email, verified=False)
    assert len(export_invitations(me.user)) == 1
    address.verified = True
    address.save()
    assert len(export_invitations(me.user)) == 2


def test_erased_from_the_top_nothing_leads_to_the_person(me: Actor) -> None:
    assert me.user is not None
    sent = InvitationFactory(invited_by=me.user)
    used = InvitationFactory(invited_by=me.user, accepted_at=timezone.now())
    subject, email = me.user.subject_id, me.user.email
    for kind in reversed(KINDS):
        kind.erase(me.user, me)
    for model in (RoleGrant, Recognition, Notice, ApiToken):
        assert not model._default_manager.exists(), model
    assert not User.objects.exists()
    assert not Subject.objects.filter(pk=subject).exists()
    assert not Invitation.objects.filter(email=email).exists()
    for invitation in (sent, used):
        invitation.refresh_from_db()
        assert invitation.invited_by is None
    # It rested on a role that is gone; one that was taken up stands.
    assert (sent.withdrawn_at is None, used.withdrawn_at is None) == (False, True)
