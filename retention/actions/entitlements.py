"""Keeps what a network may spend on additional roles, as its lead or hub enters it."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.access import authorise
from accounts.actor import Actor
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models.organisation import Organisation
from organisations.versions import claim, stale
from retention.models.entitlement import NetworkEntitlement
from retention.queries.network_staff import financial_year

EMPTY = "Enter the entitlement in pounds, in FTE, or both"
OF_WHAT = "Enter the entitlement in pounds that this is part of"
WHICH_YEAR = "Only the last, this and the next financial year can be changed"


@transaction.atomic
def save_entitlement(
    *,
    by: Actor,
    network: Organisation,
    year: int,
    version: int,
    pounds: Decimal | None,
    committed: Decimal | None,
    fte: Decimal | None,
) -> NetworkEntitlement:
    """Store the entitlement of a year, as it was read in `version` (0 where there was none).

    Raises ValidationError where it says nothing or too little, for a year that is not near, and
    where somebody else changed it in between.
    """
    authorise(by, Permission.EDIT_ENTITLEMENT, network)
    if year not in years_open():
        raise ValidationError(WHICH_YEAR)
    if pounds is None and fte is None:
        raise ValidationError({"pounds": EMPTY})
    if pounds is None and committed is not None:
        raise ValidationError({"pounds": OF_WHAT})
    # Locked, so that the first entry of two windows is made once.
    Organisation.objects.select_for_update().get(pk=network.pk)
    found = _as_read(network, year, version)
    found.pounds, found.committed, found.fte = pounds, committed, fte
    found.entered_on = today()
    # The role and not the name: who reads it needs to know whose word it is, no more.
    found.entered_role = by.role.role if by.role else ""
    found.full_clean()
    found.save()
    audit.record(
        by=by,
        act=Act.CHANGED_ENTITLEMENT,
        thing=f"entitlement:{network.code}:{year}",
    )
    return found


def years_open() -> tuple[int, ...]:
    """Return the financial years that can be changed: plans are made before one begins."""
    this = financial_year(today())
    return this - 1, this, this + 1


def _as_read(network: Organisation, year: int, version: int) -> NetworkEntitlement:
    """Return the entitlement to change, claimed as it was read; a new one has version 1 at once."""
    found = NetworkEntitlement.objects.filter(network=network, year=year).first()
    if found is None:
        if version:
            raise stale(0)
        return NetworkEntitlement(network=network, year=year, version=1)
    claim(found, version)
    return found
