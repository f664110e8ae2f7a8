"""What would end or go over if a practice closed or merged: counts, and nobody's name."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts import roles
from accounts.access import may
from accounts.actor import Actor
from accounts.models import Invitation, RoleGrant
from accounts.permissions import Permission
from organisations.models import Organisation, Sharing
from organisations.models.organisation import Kind

NOT_THERE = "No practice of your area that is open has this code."


@dataclass(frozen=True)
class PracticeChange:
    """Counts of what is the administrator's own; posts are not.

    Not even in a band of eight: three practices of a network with fewer than eight each, and the
    network's cover, tell of each of them that it has a few (docs/decisions/0016).
    """

    clinicians: int
    other_roles: int
    invitations: int
    switches: int


def practice_change(practice: Organisation, on: dt.date) -> PracticeChange:
    """Count what lasts beyond `on` in a practice; in four queries, for an authorised reader."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    grants = RoleGrant.objects.filter(lasting, organisation=practice)
    clinicians = grants.filter(role=roles.CLINICIAN.key)
    waiting = Invitation.objects.filter(
        organisation=practice, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    return PracticeChange(
        clinicians=clinicians.count(),
        other_roles=grants.exclude(role=roles.CLINICIAN.key).count(),
        invitations=waiting.count(),
        switches=Sharing.objects.filter(lasting, practice=practice).count(),
    )


def practice_to_join(by: Actor, code: str) -> Organisation:
    """Return the practice with a code that `by` may merge another into.

    Raises ValidationError, beside "into", alike where there is none and where it is not theirs.
    """
    found = Organisation.objects.filter(kind=Kind.PRACTICE, code=code.strip().upper()).first()
    if found is None or not may(by, Permission.EDIT_ROLES, found):
        raise ValidationError({"into": NOT_THERE})
    return found
