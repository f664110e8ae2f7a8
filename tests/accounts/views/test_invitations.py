"""The invited person's side."""

import re

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.actions.invitations import invite
from accounts.actor import Actor
from accounts.models import Invitation, RoleGrant, User
from accounts.queries.invitations import token_of
from organisations.clock import today
from organisations.models import Organisation
from tests.accounts.conftest import SignIn
from tests.factories.accounts import PASSWORD, UserFactory, actor

Places = dict[str, Organisation]


@pytest.fixture
def invitation(administrator: Actor, places: Places) -> Invitation:
    return invite(
        by=administrator,
        email="lead@example.org",
        role="network_lead",
        organisation=places["network"],
    )


def link(invitation: Invitation) -> str:
    return reverse("invitation", args=[token_of(invitation)])


def test_signed_out_it_explains_and_leads_to_sign_in_and_back(
    client: Client, invitation: Invitation
) -> None:
    page = client.get(link(invitation)).content.decode()
    assert "Network lead" in page
    assert f"?next={link(invitation)}" in page
    assert client.post(link(invitation)).status_code == 200
    assert not RoleGrant.objects.filter(role="network_lead").exists()


def test_from_the_message_over_signing_up_to_the_role(
    client: Client,
    administrator: Actor,
    places: Places,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    mailoutbox: list[EmailMessage],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        invite(
            by=administrator,
            email="lead@example.org",
            role="network_lead",
            organisation=places["network"],
        )
    found = re.search(r"/invitations/\w+/", str(mailoutbox[0].body))
    assert found is not None
    details = {
        "email": "lead@example.org",
        "name": "Robin Lead",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "next": found.group(),
    }
    response = client.post(reverse("account_signup"), details)
    assert response["Location"] == found.group()
    assert client.post(found.group())["Location"] == reverse("roles")
    user = User.objects.get(email="lead@example.org")
    assert user.role_grants.get().role == "network_lead"


def test_somebody_else_signed_in_is_told_and_gets_nothing(
    invitation: Invitation, sign_in: SignIn
) -> None:
    browser = sign_in(actor())
    assert "another email address" in browser.get(link(invitation)).content.decode()
    assert "another email address" in browser.post(link(invitation)).content.decode()
    assert not RoleGrant.objects.filter(role="network_lead").exists()


def test_used_link_says_so(invitation: Invitation, sign_in: SignIn) -> None:
    browser = sign_in(actor(user=UserFactory(email="lead@example.org")))
    browser.post(link(invitation))
    assert "This invitation has ended" in browser.get(link(invitation)).content.decode()
    browser.post(link(invitation))
    assert RoleGrant.objects.filter(role="network_lead").count() == 1


def test_link_of_who_lost_the_role_says_so_and_offers_nothing(
    client: Client, invitation: Invitation, sign_in: SignIn
) -> None:
    RoleGrant.objects.filter(user=invitation.invited_by).update(ends_on=today())
    signed_in = sign_in(actor(user=UserFactory(email="lead@example.org")))
    for browser in (client, signed_in):
        page = browser.get(link(invitation)).content.decode()
        assert "Ask for a new invitation" in page
        assert "Create an account" not in page
        assert "Accept the invitation" not in page
    assert "Ask for a new invitation" in signed_in.post(link(invitation)).content.decode()
    assert not RoleGrant.objects.filter(role="network_lead").exists()


@pytest.mark.parametrize("token", ["x", "0" * 64, "%00", "..", "a" * 2000])
@pytest.mark.django_db
def test_guessed_link_is_not_found(client: Client, token: str) -> None:
    assert client.get(f"/invitations/{token}/").status_code == 404


def test_link_is_not_kept_by_caches(client: Client, invitation: Invitation) -> None:
    assert "no-store" in client.get(link(invitation))["Cache-Control"]


def test_withdrawing(administrator: Actor, invitation: Invitation, sign_in: SignIn) -> None:
    browser = sign_in(administrator)
    url = reverse("invitation-withdraw", args=[invitation.public_id])
    assert "is withdrawn" in browser.post(url, follow=True).content.decode()
    invitation.refresh_from_db()
    assert not invitation.is_open
    assert "withdrawn before" in browser.post(url, follow=True).content.decode()
