"""The roles against the table of who may see what: what none may, and none does alone."""

import pytest

from accounts import roles
from accounts.permissions import Permission, Reach
from accounts.roles import ALL, BY_KEY, EVERYONE, OWN, Role
from organisations.models.organisation import Kind

P = Permission


def holders(permission: Permission) -> set[str]:
    return {role.key for role in ALL if permission in role.permissions}


def test_each_permission_is_somebodys() -> None:
    given = {permission for role in ALL for permission in role.permissions}
    assert given | EVERYONE | OWN == set(Permission)


@pytest.mark.parametrize("role", ALL, ids=lambda role: role.key)
def test_no_role_carries_what_is_everyones_or_ones_own(role: Role) -> None:
    """A role that carried one's own record would open that of others."""
    assert not role.permissions.keys() & (EVERYONE | OWN)
    assert BY_KEY[role.key] is role
    assert role.description.endswith(".")


@pytest.mark.parametrize("role", ALL, ids=lambda role: role.key)
def test_nobody_rewrites_a_role_while_the_service_runs(role: Role) -> None:
    with pytest.raises(TypeError):
        role.permissions[P.SEE_POSTS] = Reach.AREA  # type: ignore[index]  # that is what is tried


def test_posts_and_weeks_are_their_managers_and_of_the_one_practice() -> None:
    assert holders(P.SEE_POSTS) == holders(P.EDIT_POSTS) == {roles.PRACTICE_MANAGER.key}
    assert roles.PRACTICE_MANAGER.permissions[P.SEE_POSTS] is Reach.OWN_PLACE
    assert roles.PRACTICE_MANAGER.kinds == {Kind.PRACTICE}


@pytest.mark.parametrize(
    "permission", [P.SEE_SHARED_PLANS, P.SEE_MENTORING, P.EDIT_PAIRINGS, P.SEE_CONVERSATIONS]
)
def test_names_of_who_joined_or_asked_are_one_leads_in_one_hub(permission: Permission) -> None:
    assert holders(permission) == {roles.HUB_RETENTION_LEAD.key}
    assert roles.HUB_RETENTION_LEAD.permissions[permission] is Reach.OWN_PLACE


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (P.EDIT_SCHEME, P.OPEN_SCHEME),
        (P.SEE_AUDIT, P.SEE_POSTS),
        (P.SEE_AUDIT, P.SEE_SHARED_PLANS),
        (P.EDIT_ROLES, P.EDIT_PAIRINGS),
    ],
)
def test_what_takes_two_pairs_of_eyes_no_role_does_alone(
    first: Permission, second: Permission
) -> None:
    assert holders(first)
    assert holders(second)
    assert not holders(first) & holders(second)


def test_a_managers_word_switches_no_sharing_and_a_board_sees_no_practice() -> None:
    assert holders(P.SET_SHARING) == {roles.CLINICIAN.key}
    assert roles.CLINICIAN.permissions[P.SET_SHARING] is Reach.CONTRACT
    assert P.SEE_PRACTICE_OUTLOOK not in roles.BOARD_VIEWER.permissions
    assert P.SEE_PRACTICE_OUTLOOK not in roles.HUB_ADMINISTRATOR.permissions
