"""Which roles a user holds."""

from django.db.models import QuerySet

from accounts.models.role_grant import RoleGrant
from accounts.models.user import User
from organisations.clock import today


def roles_of(user: User) -> QuerySet[RoleGrant]:
    """Return the roles that a user holds today, with their organisations."""
    return RoleGrant.objects.as_at(today()).filter(user=user).select_related("organisation")


def active_role(user: User, chosen: str | None) -> RoleGrant | None:
    """Return the role whose public id was `chosen` if it still holds, else the first, if any."""
    held = list(roles_of(user))
    return next((role for role in held if str(role.public_id) == chosen), held[0] if held else None)
