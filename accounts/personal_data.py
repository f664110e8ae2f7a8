"""What the service holds on a person: each app registers its kinds, from its AppConfig.ready().

"My data", the download and erasure know nothing else, so a kind that is not registered here
is neither shown, handed out nor erased.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.actor import Actor
    from accounts.models.user import User


@dataclass(frozen=True)
class PersonalDataKind:
    """One kind of record.

    `name` and `kept` (for how long, in words) are read by people. `export` returns what JSON can
    hold, with dates as ISO text. `erase` deletes or cuts loose; it runs inside a transaction.
    """

    name: str
    kept: str
    export: "Callable[[User], object]"
    erase: "Callable[[User, Actor], None]"


_KINDS: dict[str, PersonalDataKind] = {}


def register(kind: PersonalDataKind) -> None:
    """Add a kind; its name is used once."""
    if kind.name in _KINDS:
        raise ValueError(f"A kind of personal data is registered twice: {kind.name}")
    _KINDS[kind.name] = kind


def kinds() -> tuple[PersonalDataKind, ...]:
    """Return the kinds in the order of registration, lowest floor first.

    Erasure goes the other way, so that what points at a user is gone before the user is.
    """
    return tuple(_KINDS.values())
