"""Permissions and reaches: each can be had, and each is said in words."""

import pytest

from accounts.permissions import Permission, Reach
from accounts.roles import ALL, EVERYONE, OWN


@pytest.mark.parametrize("permission", Permission)
def test_each_permission_is_somebodys(permission: Permission) -> None:
    held = EVERYONE | OWN | {each for role in ALL for each in role.permissions}
    assert permission in held


@pytest.mark.parametrize("permission", sorted(EVERYONE | OWN))
def test_what_everyone_has_no_role_gives(permission: Permission) -> None:
    """Else two places would decide, and one of them could be forgotten."""
    assert not any(permission in role.permissions for role in ALL)


@pytest.mark.parametrize("reach", Reach)
def test_each_reach_is_somebodys(reach: Reach) -> None:
    assert any(reach in role.permissions.values() for role in ALL)
