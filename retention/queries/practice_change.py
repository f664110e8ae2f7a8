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
from models.disclosure import Band, Withheld, count_band, released_on
from organisations.clock import today
from organisations.models import Organisation, Sharing
from organisations.models.organisation import Kind
from retention.models import Post

NOT_THERE = "No practice of your area that is open has this code."


@dataclass(frozen=True)
class PracticeChange:
    """`posts` are private records, in a band of eight; the others are the administrator's own.

    They are counted as on the first day of the quarter, whatever day is asked for: asked for day
    by day, the band would tell when a post that is told to end takes its practice below eight.
    """

    posts: Band | Withheld
    clinicians: int
    other_roles: int
    invitations: int
    switches: int


def practice_change(
    practice: Organisation, on: dt.date, *, as_at: dt.date | None = None
) -> PracticeChange:
    """Count what lasts beyond `on` in a practice; posts as in the quarter of `as_at` (today).

    Five queries; the reader is authorised before.
    """
    quarter = released_on(as_at or today())
    posts = Post.objects.as_at(quarter)
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    grants = RoleGrant.objects.filter(lasting, organisation=practice)
    clinicians = grants.filter(role=roles.CLINICIAN.key)
    waiting = Invitation.objects.filter(
        organisation=practice, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    return PracticeChange(
        posts=count_band(posts.filter(organisation=practice, confirmed_on__lte=quarter).count()),
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
