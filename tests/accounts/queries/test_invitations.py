"""Whose invitations are whose."""

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import User
from accounts.queries.invitations import (
    addressed_to,
    holds_address,
    open_invitations,
    token_of,
    with_token,
)
from organisations.queries.places import practices
from tests.factories.accounts import InvitationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    made: User = UserFactory(email="me@example.org")
    return made


def test_unknown_secret_opens_nothing() -> None:
    invitation = InvitationFactory()
    assert with_token(str(invitation.public_id)) is None
    assert with_token("") is None


def test_secrets_differ_and_stay_the_same() -> None:
    one, other = InvitationFactory(), InvitationFactory()
    assert token_of(one) == token_of(one) != token_of(other)


def test_open_are_those_whose_link_works() -> None:
    invitation = InvitationFactory()
    InvitationFactory(accepted_at=timezone.now())
    InvitationFactory(withdrawn_at=timezone.now())
    assert list(open_invitations()) == [invitation]
    assert list(open_invitations(practices().exclude(pk=invitation.organisation_id))) == []


def test_address_is_held_in_any_case(user: User) -> None:
    assert holds_address(user, "ME@Example.org")
    assert not holds_address(user, "you@example.org")


def test_invitations_are_shown_for_confirmed_addresses_alone(user: User) -> None:
    """Whoever signs up with your address before you do must not find your secret link."""
    invitation = InvitationFactory(email="ME@example.org")
    address = EmailAddress.objects.create(user=user, email="me@example.org", verified=False)
    assert addressed_to(user) == []
    address.verified = True
    address.save()
    assert addressed_to(user) == [(invitation, token_of(invitation))]
