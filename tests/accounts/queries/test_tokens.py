"""Who acts when a token is shown."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from accounts.actions.roles import end_role
from accounts.actions.tokens import make_token
from accounts.actor import Actor, Door
from accounts.models import User
from accounts.queries.tokens import actor_with, tokens_of
from tests.factories.accounts import UserFactory, actor
from tests.factories.organisations import PracticeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> Actor:
    return actor("practice_manager", PracticeFactory())


@pytest.fixture
def token(manager: Actor) -> str:
    return make_token(by=manager, name="Roster", role_grant=manager.role, days=30)[1]


def test_token_carries_user_and_role_through_the_api(manager: Actor, token: str) -> None:
    assert actor_with(token) == Actor(manager.user, manager.role, Door.API)


def test_token_without_a_role_has_none(manager: Actor) -> None:
    _, token = make_token(by=manager, name="Own", role_grant=None, days=1)
    assert actor_with(token) == Actor(manager.user, None, Door.API)


@pytest.mark.parametrize("guess", ["", "rethub_", "rethub_" + "A" * 43, "' OR 1=1 --", "é" * 99])
def test_guess_opens_nothing(token: str, guess: str) -> None:
    assert actor_with(guess) is None


def test_digest_is_no_token(manager: Actor, token: str) -> None:
    assert manager.user is not None
    assert actor_with(tokens_of(manager.user).get().digest) is None


def test_token_ends_on_its_day(token: str) -> None:
    with time_machine.travel(timezone.now() + dt.timedelta(days=30, seconds=1)):
        assert actor_with(token) is None


def test_token_ends_with_its_role(manager: Actor, token: str) -> None:
    """And does not fall back to acting without one."""
    assert manager.role is not None
    end_role(by=Actor.command("test"), grant=manager.role)
    assert actor_with(token) is None


def test_token_ends_with_its_user(manager: Actor, token: str) -> None:
    User.objects.filter(pk=manager.user.pk).update(is_active=False)  # type: ignore[union-attr]  # this actor is a user
    assert actor_with(token) is None


def test_tokens_of_others_are_not_listed(token: str) -> None:
    assert not tokens_of(UserFactory()).exists()
