"""What a network may spend on additional roles, as its people enter it, through the API."""

import datetime as dt
from decimal import Decimal
from typing import Annotated

from django.http import Http404
from ninja import Field, Path, Router, Schema

from accounts.access import fetch
from accounts.api_errors import answers
from accounts.api_types import Code, Version
from accounts.http import Request
from accounts.permissions import Permission
from organisations.models.organisation import Kind
from retention.actions.entitlements import save_entitlement
from retention.models.entitlement import NetworkEntitlement
from retention.queries.network_staff import entitlements, may_see_entitlement
from retention.queries.place_figures import places_of_kind

router = Router(tags=["Places"])
# Wider than the three years that can be entered: the action says which those are today.
Year = Annotated[
    int,
    Path(ge=2000, le=2100, description="The calendar year of its first day, 1 April."),
]
Pounds = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)]


class EntitlementIn(Schema):
    """Pounds, FTE or both; what is null is not known. All fields are replaced."""

    version: Version
    pounds: Pounds | None = None
    committed: Pounds | None = Field(None, description="Claimed or committed of the pounds so far.")
    fte: Annotated[Decimal, Field(ge=0, max_digits=7, decimal_places=2)] | None = None


class EntitlementOut(Schema):
    """What the network or its hub entered; null was not entered."""

    year: int = Field(description="The calendar year of its first day, 1 April.")
    pounds: float | None
    committed: float | None
    fte: float | None
    entered_on: dt.date
    version: int


@router.get(
    "/networks/{code}/entitlements",
    response=answers(list[EntitlementOut]),
    summary="List a network's entitlements",
)
def list_entitlements(request: Request, code: Code) -> list[NetworkEntitlement]:
    """What was entered, newest year first, for those who may see the network's outlook."""
    network = fetch(
        request.actor, Permission.SEE_PUBLISHED, places_of_kind(Kind.NETWORK), code=code.upper()
    )
    # Not by `fetch`: the network is open to everyone, what it entered only with its outlook.
    if not may_see_entitlement(request.actor, network):
        raise Http404
    return list(entitlements(network))


@router.put(
    "/networks/{code}/entitlements/{year}",
    response=answers(EntitlementOut),
    summary="Enter a network's entitlement",
)
def put_entitlement(
    request: Request, code: Code, year: Year, data: EntitlementIn
) -> NetworkEntitlement:
    """Enter the last, this or the next financial year's, for the network's lead and its hub.

    `version` is as it was read, 0 for the first; 409 where somebody changed it in between.
    """
    network = fetch(
        request.actor, Permission.EDIT_ENTITLEMENT, places_of_kind(Kind.NETWORK), code=code.upper()
    )
    return save_entitlement(by=request.actor, network=network, year=year, **data.dict())
