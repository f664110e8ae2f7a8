"""Users and their roles, as administrators and managers see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accounts.actions.roles import may_end
from accounts.actor import Actor
from accounts.models.role_grant import RoleGrant
from accounts.models.user import User
from accounts.presenters.roles import period


@dataclass(frozen=True)
class HeldRole:
    """A role in a list of people; `end_id` is empty where the reader may not end it."""

    words: str
    period: str
    end_id: str


@dataclass(frozen=True)
class PersonRow:
    """Somebody in the list of a hub's people.

    `recognition_id` is empty where the hub does not recognise them, or where it is the reader.
    """

    public_id: str
    name: str
    email: str
    roles: Sequence[HeldRole]
    is_recognised: bool
    recognition_id: str
    is_me: bool


@dataclass(frozen=True)
class StaffRow:
    """Somebody in the list of a practice's staff: never address, password or last sign-in."""

    name: str
    role: HeldRole


def people(users: Iterable[User], reader: Actor) -> list[PersonRow]:
    """Return the rows of a page of `people_of`."""
    return [
        PersonRow(
            public_id=str(user.public_id),
            name=user.name,
            email=user.email,
            roles=[_held(grant, reader) for grant in user.grants_here],  # type: ignore[attr-defined]  # people_of prefetches it
            is_recognised=bool(user.recognised_here),  # type: ignore[attr-defined]  # people_of
            recognition_id=_recognition_id(user, reader),
            is_me=user == reader.user,
        )
        for user in users
    ]


def _recognition_id(user: User, reader: Actor) -> str:
    recognised = user.recognised_here  # type: ignore[attr-defined]  # people_of prefetches it
    return str(recognised[0].public_id) if recognised and user != reader.user else ""


def staff(grants: Iterable[RoleGrant], reader: Actor) -> list[StaffRow]:
    """Return the rows of a practice's staff."""
    return [StaffRow(grant.user.name, _held(grant, reader, with_place=False)) for grant in grants]


def _held(grant: RoleGrant, reader: Actor, *, with_place: bool = True) -> HeldRole:
    words = str(grant) if with_place else grant.definition.name
    if grant.holds_contract:
        words += ", holds the contract"
    # The link stands only where it leads somewhere; the action asks again.
    end_id = str(grant.public_id) if may_end(reader, grant) else ""
    return HeldRole(words, period(grant.starts_on, grant.ends_on), end_id)
