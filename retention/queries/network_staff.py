"""A network's own staff by role, as published, and the entitlement that its people entered."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.access import may
from accounts.actor import Actor
from accounts.permissions import Permission
from organisations.models.organisation import Organisation
from retention.models.entitlement import NetworkEntitlement
from retention.models.published_place import NetworkWorkforce

APRIL = 4
# The file marks nobody as paid from the additional-roles money. By its rules directors and the
# office are not, but for the digital leads.
_NOT_ADDITIONAL = ("Directors", "Other Admin/Non-clinical staff")
_ADDITIONAL_ALL_THE_SAME = ("Digital and Transformation Leads",)


@dataclass(frozen=True)
class StaffRole:
    """Posts and FTE of one role; FTE is None where one post's is not known.

    `is_additional`: whether the role can be paid for from the additional-roles money.
    """

    group: str
    name: str
    posts: int
    fte: float | None
    is_additional: bool


@dataclass(frozen=True)
class NetworkStaff:
    """A network's staff in a month, additional roles first, then by posts."""

    month: dt.date
    roles: tuple[StaffRole, ...]

    def posts(self, *, additional: bool) -> int:
        """How many posts are in the additional roles, or in all others."""
        return sum(role.posts for role in self._of(additional))

    def fte(self, *, additional: bool) -> float | None:
        """The FTE of the additional roles, or of all others; None where one is not known."""
        known = [role.fte for role in self._of(additional) if role.fte is not None]
        return sum(known) if len(known) == len(self._of(additional)) else None

    def _of(self, additional: bool) -> list[StaffRole]:
        return [role for role in self.roles if role.is_additional is additional]


def network_staff(network: Organisation, as_at: dt.date) -> NetworkStaff | None:
    """Return the newest published staff of a network of a month that had ended by a day; one query.

    As retention.queries.age_profile.latest_month: the file of a month counts its last day.
    """
    ended = (as_at + dt.timedelta(days=1)).replace(day=1)
    found = (
        NetworkWorkforce.objects.filter(network=network, month__lt=ended)
        .order_by("-month")
        .values_list("month", "roles")
        .first()
    )
    return NetworkStaff(found[0], _roles(found[1])) if found else None


def _roles(stored: Iterable[Sequence[str | int | float | None]]) -> tuple[StaffRole, ...]:
    """Add up the lines of each role, whichever return they came from."""
    posts: dict[tuple[str, str], int] = {}
    hours: dict[tuple[str, str], list[float | None]] = {}
    for _, group, name, _, count, fte in stored:
        key = (str(group), str(name))
        posts[key] = posts.get(key, 0) + int(count or 0)
        hours.setdefault(key, []).append(None if fte is None else float(fte))
    roles = [
        StaffRole(
            group, name, posts[group, name], _sum(hours[group, name]), _additional(group, name)
        )
        for group, name in posts
    ]
    return tuple(sorted(roles, key=lambda r: (not r.is_additional, -r.posts, r.group, r.name)))


def _sum(fte: Sequence[float | None]) -> float | None:
    # A sum of those that are known would look complete.
    known = [value for value in fte if value is not None]
    return sum(known) if len(known) == len(fte) else None


def _additional(group: str, name: str) -> bool:
    return group not in _NOT_ADDITIONAL or name in _ADDITIONAL_ALL_THE_SAME


def financial_year(day: dt.date) -> int:
    """Return the calendar year in which the financial year of a day began, on 1 April."""
    return day.year if day.month >= APRIL else day.year - 1


def may_see_entitlement(actor: Actor, network: Organisation) -> bool:
    """Whether `actor` may see what a network entered: who may see its outlook."""
    return may(actor, Permission.SEE_PLACE_OUTLOOK, network)


def entitlements(network: Organisation) -> QuerySet[NetworkEntitlement]:
    """Return what was entered for a network, newest year first."""
    return NetworkEntitlement.objects.filter(network=network).order_by("-year")


def entitlement(network: Organisation, year: int) -> NetworkEntitlement | None:
    """Return what was entered for a network's financial year; one query."""
    return NetworkEntitlement.objects.filter(network=network, year=year).first()
