"""Where a person stands in the rosters that their practices still hold."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from organisations.queries.history import merged_with
from retention.models import Person, RosterRun
from retention.queries.roster_record import name_key

_REFERENCE = "EMPLOYEE_NUMBER"


def rows_in_rosters(person: Person, as_at: dt.date) -> list[dict[str, Any]]:
    """Return the rows about a person, each with its file's columns.

    A name makes no row one's own: anybody can take one, and two colleagues can share it.
    """
    found: list[dict[str, Any]] = []
    for run in rosters_about(person, as_at):
        uploaded = timezone.localdate(run.uploaded_at).isoformat()
        # Once for the file: each time looks through all its cells, and asks the record.
        lines = lines_of(run, person)
        found += [
            {"uploaded": uploaded, "row": dict(zip(run.headers, cells, strict=True))}
            for line, cells in run.rows
            if line in lines
        ]
    return found


def lines_that_may_be(run: RosterRun, person: Person) -> set[int]:
    """Return the lines to take out of a roster if nothing of a person may be left in it.

    Those of `lines_of`, and those with the same name that are nobody else's for certain.
    """
    words = set(name_key(person.name).split())
    named = {line for line, cells in run.rows if words and words <= _words(cells)}
    rows = run.report.get("rows", [])
    named |= {row["line"] for row in rows if words and words <= _words([row["name"]])}
    others = _lines_of_others(run, person)
    # Whoever was linked to an account since may be gone from the record, and is nobody else.
    there = set(Person.objects.filter(pk__in=set(others.values())).values_list("pk", flat=True))
    return lines_of(run, person) | named - {line for line, who in others.items() if who in there}


def lines_of(run: RosterRun, person: Person) -> set[int]:
    """Return the lines that are a person's: by number, or because the check found them."""
    references = {
        post.staff_reference.casefold()
        for post in person.posts.filter(organisation=run.practice_id).exclude(staff_reference="")
    }
    places = [
        place for place, header in enumerate(run.headers) if run.columns.get(header) == _REFERENCE
    ]
    numbers = {_plain(person.registration), _plain(person.registration_digits)} - {""}
    lines = {
        line
        for line, cells in run.rows
        if any(_plain(cell) in numbers for cell in cells)
        or any(cells[place].casefold() in references for place in places)
    }
    found = {row["line"] for row in run.report.get("rows", []) if row.get("person") == person.pk}
    return found | lines - set(_lines_of_others(run, person))


def rosters_about(person: Person, as_at: dt.date) -> Iterator[RosterRun]:
    """Yield the rosters of the practices that know a person as theirs, and of their mergers.

    A file that waited when its practice merged may name who was entered in the other one only.
    Where somebody only says that they work, nothing is theirs to read or to erase.
    """
    known = person.posts.filter(confirmed_on__isnull=False).values_list("organisation", flat=True)
    yield from RosterRun.objects.filter(practice__in=merged_with(set(known), as_at))


def _lines_of_others(run: RosterRun, person: Person) -> dict[int, int]:
    """Return the lines that the check found to be another person's, with whose."""
    rows = run.report.get("rows", [])
    return {
        row["line"]: row["person"] for row in rows if row.get("person") not in (None, person.pk)
    }


def _words(cells: list[str]) -> set[str]:
    return set(name_key(" ".join(cells)).split())


def _plain(number: str) -> str:
    """Return a number as the body writes it, however a spreadsheet holds it."""
    return re.sub(r"[^A-Z0-9]", "", number.upper())
