"""Inviting, withdrawing and accepting."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import Http404
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.actions import invitations
from accounts.actions.invitations import (
    accept_invitation,
    invite,
    inviter_still_may,
    withdraw_invitation,
)
from accounts.actor import Actor
from accounts.models import AuditEvent, Invitation, RoleGrant
from accounts.models.audit_event import Act
from accounts.models.invitation import LASTS
from accounts.queries.invitations import token_of, with_token
from organisations.clock import today
from organisations.models import Organisation
from tests.factories.accounts import InvitationFactory, UserFactory, actor
from tests.factories.organisations import PracticeFactory, area_of_one_practice

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]


@pytest.fixture
def places() -> Places:
    return area_of_one_practice()


@pytest.fixture
def administrator(places: Places) -> Actor:
    return actor("hub_administrator", places["hub"])


@pytest.fixture
def terms(administrator: Actor, places: Places) -> dict[str, Any]:
    """A complete invitation of a network lead."""
    return {
        "by": administrator,
        "email": "Lead@Example.org",
        "role": "network_lead",
        "organisation": places["network"],
    }


def invited(email: str) -> Actor:
    return actor(user=UserFactory(email=email))


class TestInviting:
    def test_message_goes_to_the_address_and_gives_nothing_away(
        self,
        terms: dict[str, Any],
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
        mailoutbox: list[EmailMessage],
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            invitation = invite(**terms, name="Dr Lead")
        (message,) = mailoutbox
        assert message.to == ["Lead@example.org"]
        assert token_of(invitation) in message.body
        told = f"{message.subject} {message.body}".lower()
        for secret in ("network lead", "dr lead", terms["organisation"].name.lower(), "hub admin"):
            assert secret not in told

    def test_is_audited_without_the_address(self, terms: dict[str, Any]) -> None:
        invitation = invite(**terms)
        row = AuditEvent.objects.get()
        assert (row.act, row.thing) == (Act.INVITED, f"invitation:{invitation.public_id}")
        assert "example.org" not in str(row.__dict__)

    def test_database_alone_does_not_open_the_link(self, terms: dict[str, Any]) -> None:
        invitation = invite(**terms)
        stored = {str(value) for value in Invitation.objects.values_list().get()}
        assert token_of(invitation) not in stored
        for text in stored:
            assert with_token(text) is None
        assert with_token(token_of(invitation)) == invitation

    def test_inviting_again_withdraws_the_first(self, terms: dict[str, Any]) -> None:
        first = invite(**terms)
        second = invite(**terms | {"email": "lead@example.org"})
        first.refresh_from_db()
        assert not first.is_open
        assert second.is_open

    @pytest.mark.parametrize("email", ["not an address", "", "a@b", "x" * 250 + "@example.org"])
    def test_address_must_be_one(self, terms: dict[str, Any], email: str) -> None:
        with pytest.raises(ValidationError):
            invite(**terms | {"email": email})

    def test_own_address_is_refused_in_any_case(self, terms: dict[str, Any]) -> None:
        assert terms["by"].user is not None
        with pytest.raises(ValidationError, match="own address"):
            invite(**terms | {"email": terms["by"].user.email.upper()})

    def test_place_of_another_hub_is_refused(self, terms: dict[str, Any]) -> None:
        with pytest.raises(Http404):
            invite(**terms | {"organisation": area_of_one_practice()["network"]})

    def test_manager_invites_no_network_lead(self, places: Places, terms: dict[str, Any]) -> None:
        manager = actor("practice_manager", places["practice"])
        with pytest.raises(Http404):
            invite(**terms | {"by": manager})
        with pytest.raises(ValidationError, match="cannot be held there"):
            invite(**terms | {"by": manager, "organisation": places["practice"]})

    def test_one_address_is_not_written_to_for_ever(self, terms: dict[str, Any]) -> None:
        for _ in range(invitations.ADDRESS_PER_DAY):
            invite(**terms)
        with pytest.raises(ValidationError, match="often today"):
            invite(**terms)
        with time_machine.travel(timezone.now() + dt.timedelta(days=1, minutes=1)):
            invite(**terms)

    def test_one_person_does_not_invite_a_whole_country(
        self, terms: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(invitations, "INVITER_PER_DAY", 2)
        for n in range(2):
            invite(**terms | {"email": f"a{n}@example.org"})
        with pytest.raises(ValidationError, match="many invitations"):
            invite(**terms | {"email": "a3@example.org"})


class TestAccepting:
    def test_gives_the_role_once(self, terms: dict[str, Any]) -> None:
        invitation = invite(**terms)
        by = invited("lead@example.org")
        grant = accept_invitation(by=by, invitation=invitation)
        assert (grant.user, grant.role, grant.organisation) == (
            by.user,
            "network_lead",
            terms["organisation"],
        )
        invitation.refresh_from_db()
        assert not invitation.is_open
        with pytest.raises(ValidationError, match="ended"):
            accept_invitation(by=by, invitation=invitation)

    def test_is_audited_as_the_act_of_who_accepts(self, terms: dict[str, Any]) -> None:
        by = invited("lead@example.org")
        accept_invitation(by=by, invitation=invite(**terms))
        acts = AuditEvent.objects.filter(actor=by.subject_id).values_list("act", flat=True)
        assert set(acts) == {Act.ACCEPTED_INVITATION, Act.GRANTED_ROLE}

    def test_second_click_of_two_at_once_finds_it_used(self, terms: dict[str, Any]) -> None:
        invitation = invite(**terms)
        stale = Invitation.objects.get(pk=invitation.pk)
        accept_invitation(by=invited("lead@example.org"), invitation=invitation)
        with pytest.raises(ValidationError, match="a moment ago"):
            accept_invitation(by=invited("LEAD2@example.org"), invitation=_readdressed(stale))
        assert RoleGrant.objects.filter(role="network_lead").count() == 1

    def test_another_address_is_refused(self, terms: dict[str, Any]) -> None:
        with pytest.raises(ValidationError, match="another email address"):
            accept_invitation(by=invited("thief@example.org"), invitation=invite(**terms))
        assert not RoleGrant.objects.filter(role="network_lead").exists()

    def test_ends_after_two_weeks(self, terms: dict[str, Any]) -> None:
        invitation = invite(**terms)
        by = invited("lead@example.org")
        with time_machine.travel(timezone.now() + LASTS + dt.timedelta(seconds=1)):
            with pytest.raises(ValidationError, match="ended"):
                accept_invitation(by=by, invitation=invitation)

    def test_who_invited_cannot_take_it(self, places: Places) -> None:
        """By changing one's own address to the invited one, say."""
        by = invited("lead@example.org")
        theirs = InvitationFactory(
            email="lead@example.org", invited_by=by.user, organisation=places["practice"]
        )
        with pytest.raises(ValidationError, match="You sent this invitation"):
            accept_invitation(by=by, invitation=theirs)

    def test_address_must_be_confirmed_where_the_service_asks(
        self, terms: dict[str, Any], settings: Settings
    ) -> None:
        settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
        invitation, by = invite(**terms), invited("lead@example.org")
        assert by.user is not None
        address = EmailAddress.objects.create(user=by.user, email="Lead@example.org")
        with pytest.raises(ValidationError, match="another email address"):
            accept_invitation(by=by, invitation=invitation)
        address.verified = True
        address.save()
        accept_invitation(by=by, invitation=invitation)

    def test_contract_comes_with_it(self, administrator: Actor, places: Places) -> None:
        invitation = invite(
            by=administrator,
            email="partner@example.org",
            role="clinician",
            organisation=places["practice"],
            holds_contract=True,
        )
        grant = accept_invitation(by=invited("partner@example.org"), invitation=invitation)
        assert grant.holds_contract


class TestInviterWithoutTheRole:
    """Else a role that ended by its date would leave a door open for two weeks."""

    @pytest.fixture
    def refused(self, terms: dict[str, Any]) -> Invitation:
        invitation = invite(**terms)
        yesterday = today() - dt.timedelta(days=1)
        RoleGrant.objects.filter(user=terms["by"].user).update(ends_on=yesterday)
        return invitation

    def test_is_told_to_ask_for_a_new_one(self, refused: Invitation) -> None:
        with pytest.raises(ValidationError, match="Ask for a new invitation"):
            accept_invitation(by=invited("lead@example.org"), invitation=refused)
        refused.refresh_from_db()
        assert refused.accepted_at is None
        assert not RoleGrant.objects.filter(role="network_lead").exists()

    def test_any_role_that_may_invite_there_is_enough(
        self, refused: Invitation, terms: dict[str, Any], places: Places
    ) -> None:
        by = invited("lead@example.org")
        for role, place in (("board_viewer", "hub"), ("practice_manager", "practice")):
            actor(role, places[place], user=terms["by"].user)
        assert not inviter_still_may(refused)
        actor("hub_administrator", area_of_one_practice()["hub"], user=terms["by"].user)
        assert not inviter_still_may(refused)
        RoleGrant.objects.filter(user=terms["by"].user, organisation=places["hub"]).update(
            ends_on=None
        )
        assert accept_invitation(by=by, invitation=refused).role == "network_lead"

    def test_manager_does_not_give_the_contract(self, places: Places) -> None:
        manager = actor("practice_manager", places["practice"])
        invitation = InvitationFactory(invited_by=manager.user, organisation=places["practice"])
        assert inviter_still_may(invitation)
        invitation.holds_contract = True
        assert not inviter_still_may(invitation)

    def test_inviter_who_is_blocked_is_not_enough(self, terms: dict[str, Any]) -> None:
        invitation = invite(**terms)
        terms["by"].user.is_active = False
        assert not inviter_still_may(invitation)

    def test_what_a_command_sent_stays_valid(self, places: Places) -> None:
        theirs = InvitationFactory(email="lead@example.org", organisation=places["practice"])
        grant = accept_invitation(by=invited("lead@example.org"), invitation=theirs)
        assert grant.organisation == places["practice"]


class TestWithdrawing:
    def test_closes_the_link_and_is_audited(self, terms: dict[str, Any]) -> None:
        invitation = invite(**terms)
        withdraw_invitation(by=terms["by"], invitation=invitation)
        invitation.refresh_from_db()
        assert not invitation.is_open
        assert AuditEvent.objects.filter(act=Act.WITHDREW_INVITATION).count() == 1
        with pytest.raises(ValidationError, match="before"):
            withdraw_invitation(by=terms["by"], invitation=invitation)

    def test_is_not_for_others(self, terms: dict[str, Any]) -> None:
        invitation = invite(**terms)
        for by in (actor("practice_manager", PracticeFactory()), actor()):
            with pytest.raises(Http404):
                withdraw_invitation(by=by, invitation=invitation)
        assert Invitation.objects.get().is_open


def _readdressed(invitation: Invitation) -> Invitation:
    """Return the unsaved copy that a second request would have read before the first was done."""
    invitation.email = "lead2@example.org"
    return invitation


def test_who_holds_the_role_already_is_told_so_as_themselves(
    administrator: Actor, places: Places
) -> None:
    holder = actor("network_lead", places["network"])
    assert holder.user is not None
    sent = invite(
        by=administrator,
        email=holder.user.email,
        role="network_lead",
        organisation=places["network"],
    )
    with pytest.raises(ValidationError, match="You hold this role there already"):
        accept_invitation(by=holder, invitation=sent)
