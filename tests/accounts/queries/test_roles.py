import datetime as dt

import pytest

from accounts.permissions import Permission
from accounts.queries.roles import several_places
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.organisations import HubFactory, PracticeFactory

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 6, 1)


def test_an_account_that_manages_two_practices_is_found_with_both() -> None:
    manager, first, second = UserFactory(), PracticeFactory(), PracticeFactory()
    for practice in (first, second):
        RoleGrantFactory(user=manager, role="practice_manager", organisation=practice)
    assert several_places(Permission.SEE_POSTS, ON) == {frozenset({first.code, second.code})}


def test_one_practice_roles_without_the_permission_and_ended_ones_do_not_count() -> None:
    manager = UserFactory()
    RoleGrantFactory(user=manager, role="practice_manager", organisation=PracticeFactory())
    RoleGrantFactory(user=manager, role="clinician", organisation=PracticeFactory())
    RoleGrantFactory(user=manager, role="hub_retention_lead", organisation=HubFactory())
    RoleGrantFactory(
        user=manager, role="practice_manager", organisation=PracticeFactory(), ends_on=ON
    )
    assert several_places(Permission.SEE_POSTS, ON) == set()
