"""Which roles a user holds."""

import datetime as dt
from collections import defaultdict

from django.db.models import QuerySet

from accounts import roles
from accounts.models.role_grant import RoleGrant
from accounts.models.user import User
from accounts.permissions import Permission, Reach
from organisations.clock import today


def roles_of(user: User) -> QuerySet[RoleGrant]:
    """Return the roles that a user holds today, with their organisations."""
    return RoleGrant.objects.as_at(today()).filter(user=user).select_related("organisation")


def active_role(user: User, chosen: str | None) -> RoleGrant | None:
    """Return the role whose public id was `chosen` if it still holds, else the first, if any."""
    # A choice that has ended is no error: what is still held acts from the next page on.
    held = list(roles_of(user))
    return next((role for role in held if str(role.public_id) == chosen), held[0] if held else None)


def several_places(permission: Permission, as_at: dt.date) -> set[frozenset[str]]:
    """Return the codes of the places in which one account holds a permission, where they are more.

    Only roles that reach no further than their own place count. What is told of places together
    must protect people from an account that knows two of them.
    """
    keys = [role.key for role in roles.ALL if role.permissions.get(permission) == Reach.OWN_PLACE]
    grants = RoleGrant.objects.as_at(as_at).filter(role__in=keys)
    held: dict[int, set[str]] = defaultdict(set)
    for user, code in grants.values_list("user", "organisation__code"):
        held[user].add(code)
    return {frozenset(codes) for codes in held.values() if len(codes) > 1}
