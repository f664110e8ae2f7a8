"""How long a token opens anything."""

import datetime as dt

import pytest
import time_machine

from accounts.models import ApiToken
from organisations.clock import today
from tests.factories.accounts import RoleGrantFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
SECOND, DAY = dt.timedelta(seconds=1), dt.timedelta(days=1)


def token(**values: object) -> ApiToken:
    return ApiToken(user=UserFactory(), name="Roster", **{"ends_at": NOW + SECOND, **values})


@pytest.mark.parametrize(
    ("values", "is_live"),
    [
        ({}, True),
        ({"ends_at": NOW}, False),
        ({"revoked_at": NOW - SECOND}, False),
    ],
)
def test_until_its_own_end_or_the_users_word(values: dict[str, object], is_live: bool) -> None:
    with time_machine.travel(NOW, tick=False):
        assert token(**values).is_live == is_live


@pytest.mark.parametrize(("days", "is_live"), [(1, True), (0, False)])
def test_no_longer_than_its_role(days: int, is_live: bool) -> None:
    with time_machine.travel(NOW, tick=False):
        grant = RoleGrantFactory(ends_on=today() + days * DAY)
        assert token(role_grant=grant).is_live == is_live


def test_a_token_is_its_users_alone() -> None:
    made = token()
    assert (made.access_place, made.access_owner_id) == (None, made.user.pk)
