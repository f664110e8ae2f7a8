"""What a load changed: each record before and after, so that it can be put back exactly."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from retention.models import Person, Post, SessionPattern

MODELS: dict[str, type[Model]] = {"person": Person, "post": Post, "pattern": SessionPattern}
# When somebody last saved says nothing of what a record holds.
_LEFT_OUT = frozenset({"id", "saved_at"})

State = dict[str, Any]


@dataclass
class Journal:
    """Records are watched before they change; `entries` then reads what became of them.

    `person` of an entry is whose record it is: what belongs to one person is undone as one.
    """

    _before: dict[tuple[str, int], tuple[int, State | None]] = field(default_factory=dict)

    def watch(self, kind: str, record: Model, person: int) -> None:
        """Note how a record is, before it is changed."""
        # The first look counts: a second change of the same record is undone with the first.
        self._before.setdefault((kind, record.pk), (person, state_of(record)))

    def made(self, kind: str, record: Model, person: int) -> None:
        """Note a record that was not there before."""
        self._before[kind, record.pk] = (person, None)

    def entries(self) -> list[dict[str, Any]]:
        """Return what JSON can hold, one entry for each record that differs; a query a model."""
        # Read back, so that undoing compares what the database holds and not what was meant.
        now = {kind: states(kind, self._keys(kind)) for kind in MODELS}
        return [
            {"kind": kind, "pk": pk, "person": person, "before": before, "after": now[kind][pk]}
            for (kind, pk), (person, before) in self._before.items()
            # Watched and left as it was: nothing to undo.
            if pk in now[kind] and now[kind][pk] != before
        ]

    def _keys(self, kind: str) -> list[int]:
        return [pk for found, pk in self._before if found == kind]


def states(kind: str, keys: Iterable[int]) -> dict[int, State]:
    """Return the state of each record of a kind that is still there."""
    found = records(kind, keys)
    return {pk: state_of(record) for pk, record in found.items()}


def records(kind: str, keys: Iterable[int]) -> dict[int, Model]:
    """Return the records of a kind by primary key."""
    wanted = list(keys)
    found: dict[int, Model] = {}
    # SQLite takes 32,766 values in one statement.
    for start in range(0, len(wanted), 10_000):
        some = MODELS[kind]._default_manager.filter(pk__in=wanted[start : start + 10_000])
        found |= {record.pk: record for record in some}
    return found


def state_of(record: Model) -> State:
    """Return all fields of a record as JSON can hold them."""
    return {
        field.attname: None
        if getattr(record, field.attname) is None
        else field.value_to_string(record)
        for field in record._meta.concrete_fields
        if field.attname not in _LEFT_OUT
    }


def put_back(record: Model, state: State) -> None:
    """Set all fields of a record to what they were; it is not saved here."""
    for each in record._meta.concrete_fields:
        if each.attname in state:
            value = state[each.attname]
            setattr(record, each.attname, None if value is None else each.to_python(value))
