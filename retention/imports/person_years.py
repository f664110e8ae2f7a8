"""Person-years of a workforce: one row for each person and each year in which they served.

Read by `manage.py evaluate_hazard`; nothing of it is stored. See docs/formats.md.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.person_years import PersonYears

COLUMNS = ("nid", "year", "age_in_year", "gender", "years_since_commission", "event")
STAYED, LEFT, DIED = 0, 1, 2
# Leaving for any reason but death is one event; how it is called differs by reason.
EVENTS = {
    "none": STAYED,
    "senior_status": LEFT,
    "retirement": LEFT,
    "resignation": LEFT,
    "impeachment_conviction": LEFT,
    "death": DIED,
}
FEMALE = {"Female": 1.0, "Male": 0.0}


@dataclass(frozen=True)
class PersonYearsFile:
    """The rows of a file, how many were left out for an impossible age, and other problems."""

    rows: PersonYears
    impossible: int
    problems: tuple[str, ...]


def read_person_years(data: bytes) -> PersonYearsFile:
    """Read a CSV file; a row with a problem is left out, and its line and problem are listed.

    Rows of people older than models.person_years.OLDEST are counted apart: such a record has no
    end. Raises ValueError where a column is missing or the file is not text.
    """
    from models.person_years import OLDEST, person_years

    lines = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    if missing := [name for name in COLUMNS if name not in (lines.fieldnames or ())]:
        raise ValueError(f"The file lacks the columns: {', '.join(missing)}.")
    kept: list[tuple[int, int, int, int, int, float]] = []
    problems: list[str] = []
    impossible = 0
    for number, line in enumerate(lines, start=2):
        try:
            row = _row(line)
        except (TypeError, ValueError) as problem:
            problems.append(f"Line {number}: {problem}")
            continue
        # Who died unrecorded would serve for ever, and teach the model that nobody leaves.
        if row[2] > OLDEST:
            impossible += 1
        else:
            kept.append(row)
    columns = list(zip(*kept, strict=True)) or [()] * 6
    names = ("person", "year", "age", "tenure", "event", "female")
    rows = person_years(**dict(zip(names, columns, strict=True)))
    return PersonYearsFile(rows, impossible, tuple(problems))


def _row(line: dict[str, str]) -> tuple[int, int, int, int, int, float]:
    """Return a line's values; raises ValueError, or TypeError for a line cut short."""
    if line["event"] not in EVENTS:
        raise ValueError(f"unknown event {line['event']!r}")
    return (
        int(line["nid"]),
        int(line["year"]),
        int(line["age_in_year"]),
        int(line["years_since_commission"]),
        EVENTS[line["event"]],
        FEMALE.get(line["gender"], float("nan")),
    )
