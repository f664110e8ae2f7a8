"""A network's own staff through the API, with the entitlement for those who may see it."""

import datetime as dt

from ninja import Field, Query, Router, Schema

from accounts.access import fetch
from accounts.api_errors import answers
from accounts.api_types import Code
from accounts.http import Request
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models.organisation import Kind
from retention.api.entitlements import EntitlementOut
from retention.api.place_schemas import AsAt
from retention.queries.network_staff import (
    NetworkStaff,
    entitlement,
    financial_year,
    may_see_entitlement,
    network_staff,
)
from retention.queries.place_figures import places_of_kind

router = Router(tags=["Places"])


class NetworkRoleOut(Schema):
    """Posts and FTE of a role; FTE is null where one post's is not known."""

    staff_group: str
    role: str
    posts: int
    fte: float | None
    is_additional: bool = Field(
        description="Whether the role can be paid for from the additional-roles money."
    )


class NetworkStaffOut(Schema):
    """A network's staff in the newest month that is loaded."""

    month: dt.date | None = Field(description="The first day of the month; null if not loaded.")
    roles: list[NetworkRoleOut]
    additional_posts: int | None
    additional_fte: float | None
    entitlement: EntitlementOut | None = Field(
        description="Null if nothing was entered, or for who may not see the network's outlook."
    )


@router.get(
    "/networks/{code}/additional-roles",
    response=answers(NetworkStaffOut),
    summary="Read a network's staff",
)
def get_network_staff(request: Request, code: Code, day: Query[AsAt]) -> dict[str, object]:
    """Staff by role: open data. The entitlement of the financial year for those who may see it."""
    network = fetch(
        request.actor, Permission.SEE_PUBLISHED, places_of_kind(Kind.NETWORK), code=code.upper()
    )
    on = day.as_at or today()
    staff = network_staff(network, on)
    entered = None
    # Null and not 404 for who may not see it: the staff beside it are open data.
    if may_see_entitlement(request.actor, network):
        entered = entitlement(network, financial_year(on))
    return {
        "month": staff.month if staff else None,
        "roles": _roles(staff) if staff else [],
        "additional_posts": staff.posts(additional=True) if staff else None,
        "additional_fte": staff.fte(additional=True) if staff else None,
        "entitlement": entered,
    }


def _roles(staff: NetworkStaff) -> list[dict[str, object]]:
    return [
        {
            "staff_group": role.group,
            "role": role.name,
            "posts": role.posts,
            "fte": role.fte,
            "is_additional": role.is_additional,
        }
        for role in staff.roles
    ]
