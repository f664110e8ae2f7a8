"""A week as plain text that a spreadsheet reads and writes: a line for each day, tabs between."""

import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError

from retention.forms.session_fields import LONGEST_MINUTES, half_day_name
from retention.models.session_pattern import CellKind, PartOfDay, Weekday
from retention.queries.patterns import HalfDay, Week

# What people leave in a spreadsheet where nothing is on.
OFF = {"", "off", "-"}
_KINDS = {word: kind.value for kind in CellKind for word in (kind.value, kind.label.lower())}
_CELL = re.compile(r"(?P<kind>[a-z]+)[ ,]*(?:(?P<minutes>[0-9]{1,4}) *(?:min)?)?")
_DAYS = {word: day for day in Weekday for word in (day.label.lower(), day.label[:3].lower())}
LONGEST_TEXT = 2000


def week_text(week: Week) -> str:
    """Return a week as text, Monday to Saturday, with a heading."""
    lines = ["\t".join(("Day", *(str(part.label) for part in PartOfDay)))]
    for day in Weekday:
        cells = [_cell_text(week, (day.value, part)) for part in PartOfDay.values]
        lines.append("\t".join((str(day.label), *cells)))
    return "\n".join(lines)


def parse_week(text: str, session_minutes: int) -> Week:
    """Return the week of a pasted text; a kind without minutes is a session.

    Lines begin with a day, in any order; a day left out is off. Raises ValidationError that
    names every line or half-day that cannot be read.
    """
    week: dict[HalfDay, tuple[str, int]] = {}
    problems: list[str] = []
    # Cut, not refused: a week is far shorter, and what follows is the rest of a sheet.
    for day, cells in _days(text[:LONGEST_TEXT], problems):
        # Fewer cells are half-days off at the end; more are columns beside the week.
        for part, cell in zip(PartOfDay.values, cells, strict=False):
            half_day = (day.value, part)
            found = _read(cell, session_minutes)
            if found is None:
                problems.append(f"{half_day_name(half_day)}: “{cell[:20]}” cannot be read")
            elif found[1]:
                week[half_day] = found
    if not week and not problems:
        problems.append("Paste a week: a line for each day, with tabs between its half-days")
    if problems:
        raise ValidationError(problems)
    return week


def _days(text: str, problems: list[str]) -> Iterator[tuple[Weekday, list[str]]]:
    """Yield each line's day and half-days; the heading and empty lines are passed over."""
    for line in text.splitlines():
        first, *cells = (cell.strip() for cell in line.split("\t"))
        day = _DAYS.get(first.lower())
        if day is not None:
            yield day, cells
        elif first.lower() not in ("", "day"):
            problems.append(f"“{first[:20]}” is no day: begin each line with Monday to Saturday")


def _read(cell: str, session_minutes: int) -> tuple[str, int] | None:
    """Return kind and minutes, no minutes for off, None for what makes no sense."""
    if cell.lower() in OFF:
        return "", 0
    found = _CELL.fullmatch(cell.lower())
    kind = _KINDS.get(found["kind"]) if found else None
    if found is None or kind is None:
        return None
    minutes = int(found["minutes"] or session_minutes)
    return (kind, minutes) if 1 <= minutes <= LONGEST_MINUTES else None


def _cell_text(week: Week, half_day: HalfDay) -> str:
    if half_day not in week:
        return "Off"
    kind, minutes = week[half_day]
    return f"{CellKind(kind).label} {minutes}"
