"""Where a person stands in the rosters that their practices still hold."""

from collections.abc import Iterator
from typing import Any

from retention.models import Person, RosterRun


def lines_about(person: Person) -> Iterator[tuple[RosterRun, set[int]]]:
    """Yield each roster of the person's practices with the lines that are about them.

    Known by registration number, staff reference, name, or by what the check found.
    """
    posts = list(person.posts.values_list("organisation", "staff_reference"))
    texts = {person.name.casefold(), *(reference.casefold() for _, reference in posts)} - {""}
    digits = person.registration_digits
    for run in RosterRun.objects.filter(practice__in={place for place, _ in posts}):
        lines = {
            line
            for line, cells in run.rows
            if any(cell.casefold() in texts or (digits and digits in cell) for cell in cells)
        }
        rows = run.report.get("rows", [])
        yield run, lines | {row["line"] for row in rows if row.get("person") == person.pk}


def rows_in_rosters(person: Person) -> list[dict[str, Any]]:
    """Return the rows about a person, each with its file's columns."""
    return [
        {
            "uploaded": run.uploaded_at.date().isoformat(),
            "row": dict(zip(run.headers, cells, strict=True)),
        }
        for run, lines in lines_about(person)
        for line, cells in run.rows
        if line in lines
    ]
