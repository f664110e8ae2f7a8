"""Roles in words."""

import datetime as dt

import pytest

from accounts import roles
from accounts.presenters.roles import my_roles, period
from tests.factories.accounts import RoleGrantFactory, actor
from tests.factories.organisations import PracticeFactory, area_of_one_practice


def test_periods() -> None:
    start, end = dt.date(2026, 4, 1), dt.date(2026, 6, 30)
    assert period(start, None) == "since 1 April 2026"
    assert period(start, end) == "from 1 April 2026 until 30 June 2026"


@pytest.mark.parametrize("role", roles.ALL, ids=lambda role: role.key)
def test_every_role_tells_what_it_is(role: roles.Role) -> None:
    assert role.description.endswith(".")
    assert role.kinds
    assert roles.BY_KEY[role.key] is role


@pytest.mark.django_db
def test_active_role_is_marked_and_the_contract_told() -> None:
    by = actor("clinician", PracticeFactory(), holds_contract=True)
    assert by.role is not None
    other = RoleGrantFactory(user=by.user)
    first, second = my_roles([by.role, other], by)
    assert (first.is_active, second.is_active) == (True, False)
    assert "you decide what it shares" in first.description
    assert "you decide" not in second.description


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "place", "labels"),
    [
        ("clinician", "practice", []),
        ("practice_manager", "practice", ["Who has access"]),
        ("network_lead", "network", []),
        ("hub_retention_lead", "hub", ["Agreements"]),
        ("hub_administrator", "hub", ["Agreements", "Audit log"]),
    ],
)
def test_active_role_leads_to_its_own_pages(role: str, place: str, labels: list[str]) -> None:
    by = actor(role, area_of_one_practice()[place])
    assert by.role is not None
    (mine,) = my_roles([by.role], by)
    assert [label for label, _ in mine.links] == labels
