"""One function answers whether someone may do something; one call fetches and authorises."""

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DataError, models
from django.http import Http404

from accounts.actor import Actor
from accounts.permissions import Permission, Reach
from accounts.roles import EVERYONE, OWN
from organisations.clock import today
from organisations.models.organisation import Kind, Organisation
from organisations.models.sharing import SharedThing, Sharing
from organisations.queries.places import network_of, practices_of, within

if TYPE_CHECKING:
    from accounts.models.role_grant import RoleGrant

Record = TypeVar("Record", bound=models.Model)


class Protected(Protocol):
    """A thing that access is asked for: it names its place and the user who owns it."""

    @property
    def access_place(self) -> Organisation | None:
        """The organisation whose readers may be let in; None where only the owner may."""

    @property
    def access_owner_id(self) -> int | None:
        """The primary key of the user whose own it is; None where nobody's."""


def may(user: Actor, permission: Permission, thing: Protected | None = None) -> bool:
    """Whether `user`, in the active role, has `permission` on `thing`.

    Without a thing the answer is whether the role has the permission at all. A system job has
    none: it does its work through actions, not through doors.
    """
    # Asked each time: an account can be closed in the middle of a session, or under a token.
    if user.user is None or not user.user.is_active:
        return False
    if permission in EVERYONE:
        return True
    if permission in OWN:
        return thing is None or thing.access_owner_id == user.user.pk
    return user.role is not None and _role_may(user, user.role, permission, thing)


def _role_may(
    user: Actor, role: "RoleGrant", permission: Permission, thing: Protected | None
) -> bool:
    reach = role.definition.permissions.get(permission)
    if reach is None:
        return False
    if thing is None:
        return reach is not Reach.CONTRACT or role.holds_contract
    place = thing.access_place
    return place is not None and _reaches_now(user, reach, place)


def _reaches_now(user: Actor, reach: Reach, place: Organisation) -> bool:
    """Answer from what this request found before, where only the map of places decides."""
    if user.reached is None or reach not in (Reach.AREA, Reach.OWN_NETWORK):
        return _reaches(user, reach, place)
    # Kept for one request only: a role that ends is asked anew by the next.
    if (reach, place.pk) not in user.reached:
        user.reached[reach, place.pk] = _reaches(user, reach, place)
    return user.reached[reach, place.pk]


def _reaches(user: Actor, reach: Reach, place: Organisation) -> bool:
    role = user.role
    assert role is not None  # `may` has looked
    home, date = role.organisation, today()
    match reach:
        case Reach.OWN_PLACE:
            return place.pk == home.pk
        case Reach.CONTRACT:
            return role.holds_contract and place.pk == home.pk
        case Reach.AREA:
            return within(place, home, date)
        case Reach.OWN_NETWORK:
            return place.kind == Kind.NETWORK and place == own_network(home)
        case Reach.SHARED:
            return (
                place.kind == Kind.PRACTICE
                and shares_outlook_with(home).filter(pk=place.pk).exists()
            )


def own_network(home: Organisation) -> Organisation | None:
    """Return the network that an organisation is, or belongs to today."""
    if home.kind == Kind.NETWORK:
        return home
    return network_of(home, today()) if home.kind == Kind.PRACTICE else None


def shares_outlook_with(recipient: Organisation) -> "models.QuerySet[Organisation]":
    """Return the practices that lie in `recipient` and share their outlook with it today."""
    shared = Sharing.objects.as_at(today()).filter(recipient=recipient, thing=SharedThing.OUTLOOK)
    # By today's map: a switch that a practice left on when it moved away opens nothing.
    return practices_of(recipient, today()).filter(pk__in=shared.values("practice"))


def authorise(user: Actor, permission: Permission, thing: Protected | None = None) -> None:
    """Raise Http404 unless `user` may: what is not yours does not exist for you."""
    if not may(user, permission, thing):
        raise Http404


def fetch(
    user: Actor, permission: Permission, queryset: "models.QuerySet[Record]", **lookup: Any
) -> Record:
    """Return the record of `queryset` that fits `lookup` if `user` may have it; else Http404."""
    try:
        record = queryset.get(**lookup)
    # What is no number or UUID is the address of nothing.
    # PostgreSQL refuses a NUL, which anyone can write into an address.
    except (ObjectDoesNotExist, ValidationError, ValueError, DataError) as missing:
        raise Http404 from missing
    authorise(user, permission, record)  # type: ignore[arg-type]  # the models used here are Protected
    return record
