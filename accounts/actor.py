"""Who acts: a user in one role through one door, or a named system job."""

import uuid
from collections.abc import Hashable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from accounts.models.role_grant import RoleGrant
    from accounts.models.user import User


class Door(StrEnum):
    """The way in that was used."""

    PAGE = "page"
    API = "api"
    COMMAND = "command"
    TASK = "task"


@dataclass(frozen=True)
class Actor:
    """A signed-in user with the role that is active now, or (`user` None) a system job by name.

    `reached` keeps which places lie within reach, for one request: a page asks about its place
    under many permissions. None (the default) keeps nothing.
    """

    user: "User | None"
    role: "RoleGrant | None"
    door: Door
    system: str = ""
    reached: dict[Hashable, bool] | None = field(default=None, compare=False, repr=False)

    @classmethod
    def command(cls, name: str) -> Self:
        """Return the actor for a management command."""
        return cls(user=None, role=None, door=Door.COMMAND, system=name)

    @classmethod
    def task(cls, name: str) -> Self:
        """Return the actor for background work that nobody asked for by name."""
        return cls(user=None, role=None, door=Door.TASK, system=name)

    @property
    def subject_id(self) -> uuid.UUID | None:
        """The random number that stands for the user in the audit log."""
        return self.user.subject_id if self.user else None
