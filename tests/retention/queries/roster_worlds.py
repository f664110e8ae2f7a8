"""A practice's record and rows of a roster, without a database: planning reads only these."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from organisations.models import Organisation
from retention.imports.roster import RosterRow
from retention.models import Person, Post
from retention.queries.roster_record import PracticeRecord, ToldWeek

TODAY = dt.date(2026, 7, 1)


def row(line: int = 2, **said: Any) -> RosterRow:
    """Return a row of Ann Oak, a salaried GP; `said` is what her row says besides."""
    of_ann: dict[str, Any] = {"name": "Ann Oak", "role": "salaried", "profession": "gp"}
    return RosterRow(line=line, **of_ann | said)


def person(pk: int = 1, **known: Any) -> Person:
    """Return a person of the record."""
    return Person(**{"pk": pk, "name": "Ann Oak"} | known)


def post(of: Person, pk: int = 1, **known: Any) -> Post:
    """Return a confirmed salaried post since 2020, under no agreement."""
    since = dt.date(2020, 1, 1)
    return Post(
        **{
            "pk": pk,
            "person": of,
            "role": "salaried",
            "starts_on": since,
            "confirmed_on": since,
            "session_minutes": 250,
        }
        | known
    )


def record(
    *posts: Post, weeks: dict[int, ToldWeek] | None = None, hidden: Sequence[Post] = ()
) -> PracticeRecord:
    """Return what the record holds of a practice with these posts; Z90002 exists beside it."""
    found = PracticeRecord(
        Organisation(code="Z90001"), weeks=weeks or {}, codes=frozenset({"Z90002"})
    )
    for each in (*posts, *hidden):
        found.add(each, is_visible=each not in hidden, may_be_named=True)
    return found
