"""How rows of the API are written, and whose hub, practice and record they ask about."""

from collections.abc import Mapping
from typing import Any

from accounts.models.recognition import RecognitionState
from retention.models import Person
from tests.factories.accounts import RecognitionFactory
from tests.factories.retention import PersonFactory
from tests.permissions.rows import Area, Expected, Row, nobody, only

CLINICIAN, MANAGER, LEAD = "clinician", "practice_manager", "hub_retention_lead"
ADMINISTRATOR = "hub_administrator"
START = "2026-04-01"


def hub(area: Area) -> Mapping[str, object]:
    return {"slug": area.hub.slug}


def practice(area: Area) -> Mapping[str, object]:
    return {"code": area.practice.code}


def clinician(area: Area) -> Person:
    """The record of the area's clinician, whom the hub recognises."""
    user = area.users[CLINICIAN]
    RecognitionFactory(user=user, hub=area.hub, state=RecognitionState.RECOGNISED)
    found = Person.objects.filter(user=user).first()
    return found or PersonFactory(user=user, subject=user.subject, name=user.name)


def api(name: str, method: str = "get", **kwargs: Any) -> Row:
    """Return a row of an operation."""
    return Row(f"api-v1:{name}", method, **kwargs)


def place(name: str, own: Expected, **kwargs: Any) -> Row:
    """Return a row of a read of the practice, which has no figures here."""
    return api(name, kwargs=practice, own=own, **kwargs)


def of_hub(name: str, *who: str, method: str = "get", status: int = 200, **kwargs: Any) -> Row:
    """Return a row of an operation on what is the hub's own."""
    allowed = only(*who, status=status)
    return api(name, method, own=allowed, other=nobody(), **{"kwargs": hub, **kwargs})


def mine(name: str, method: str, build: Any, status: int = 200, **kwargs: Any) -> Row:
    """Return a row of an operation on what is the clinician's alone."""
    allowed = only(CLINICIAN, status=status)
    rest = {"neighbour": nobody(), "other": nobody(), **kwargs}
    return api(name, method, kwargs=build, own=allowed, **rest)


def mine_in_hub(name: str, method: str, build: Any, status: int = 200) -> Row:
    """Return the same for what the address names by the hub, which is the neighbour's too."""
    return mine(name, method, build, status, neighbour=None)
