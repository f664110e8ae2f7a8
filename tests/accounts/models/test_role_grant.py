"""The days on which a role holds."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError

from accounts.queries.roles import roles_of
from tests.factories.accounts import RoleGrantFactory

pytestmark = pytest.mark.django_db
NEW_YEAR = dt.date(2027, 1, 1)
DAY = dt.timedelta(days=1)


def test_the_first_day_is_in_and_the_last_one_out() -> None:
    grant = RoleGrantFactory.build(starts_on=NEW_YEAR, ends_on=NEW_YEAR + 2 * DAY)
    held = [grant.holds_on(NEW_YEAR + days * DAY) for days in range(-1, 4)]
    assert held == [False, True, True, False, False]


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        # In London it is midnight an hour before Greenwich's in summer, and with it in winter.
        (dt.datetime(2026, 6, 30, 22, 59, tzinfo=dt.UTC), False),
        (dt.datetime(2026, 6, 30, 23, 0, tzinfo=dt.UTC), True),
    ],
)
def test_a_role_begins_at_midnight_in_london(moment: dt.datetime, holds: bool) -> None:
    grant = RoleGrantFactory(starts_on=dt.date(2026, 7, 1))
    with time_machine.travel(moment, tick=False):
        assert roles_of(grant.user).exists() == holds


@pytest.mark.parametrize(("second", "holds"), [(-1, True), (0, False)])
def test_a_role_until_new_year_ends_with_the_old_one(second: int, holds: bool) -> None:
    grant = RoleGrantFactory(ends_on=NEW_YEAR)
    midnight = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
    with time_machine.travel(midnight + dt.timedelta(seconds=second), tick=False):
        assert roles_of(grant.user).exists() == holds


def test_the_same_role_is_not_open_twice() -> None:
    grant = RoleGrantFactory()
    with pytest.raises(IntegrityError):
        RoleGrantFactory(user=grant.user, organisation=grant.organisation)
