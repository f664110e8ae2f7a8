"""The fields of each half-day: their names, what they show of a week, and what they refuse."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from retention.models.session_pattern import CellKind, PartOfDay, Rhythm, Weekday, WeekInTurn
from retention.queries.patterns import HALF_DAYS, HalfDay, Shape, Week

LONGEST_MINUTES = 480


@dataclass(frozen=True)
class GridCell:
    """A half-day on the page: its key in field names, its words and its two fields."""

    key: str
    name: str
    part: str
    kind: BoundField
    minutes: BoundField


@dataclass(frozen=True)
class GridDay:
    """A day with its half-days."""

    name: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class GridWeek:
    """Week A or B with its days."""

    turn: str
    name: str
    days: tuple[GridDay, ...]


def half_day_name(half_day: HalfDay, turn: str = WeekInTurn.A) -> str:
    """Return "Monday morning", or "Week B, Monday morning"."""
    weekday, part = half_day
    name = f"{Weekday(weekday).label} {PartOfDay(part).label.lower()}"
    return f"Week B, {name}" if turn == WeekInTurn.B else name


def half_day_key(half_day: HalfDay, turn: str = WeekInTurn.A) -> str:
    """Return "0_am", or "b_0_am": what the names of a half-day's two fields end with."""
    key = f"{half_day[0]}_{half_day[1]}"
    return f"b_{key}" if turn == WeekInTurn.B else key


def initial_of(shape: Shape) -> dict[str, Any]:
    """Return what the whole form shows of a shape."""
    terms, two = shape.terms, shape.week_b is not None
    actual = terms.actual_minutes
    return {
        "rhythm": Rhythm.ALTERNATE if two else Rhythm.WEEKLY,
        "basis": terms.basis,
        "weeks_a_year": terms.weeks_a_year,
        "sessions_a_year": terms.sessions_a_year,
        "actual_hours": None if actual is None else _hours(actual),
        **cells_of(shape.week, WeekInTurn.A),
        **cells_of(shape.week_b or {}, WeekInTurn.B),
    }


def _hours(minutes: int) -> str:
    # 7.5 and not 7.50: as people write hours.
    return f"{round(minutes / 60, 2):g}"


def blank_week(turn: str) -> dict[str, Any]:
    """Return every field of one week, emptied."""
    # All of them: a field that is left out would keep what stood in it.
    keys = [half_day_key(half_day, turn) for half_day in HALF_DAYS]
    return {f"{what}_{key}": "" for key in keys for what in ("kind", "minutes")}


def cells_of(week: Week, turn: str) -> dict[str, Any]:
    """Return the fields of a week's half-days."""
    initial: dict[str, Any] = {}
    for half_day, (kind, minutes) in week.items():
        initial[f"kind_{half_day_key(half_day, turn)}"] = kind
        initial[f"minutes_{half_day_key(half_day, turn)}"] = minutes
    return initial


def kind_field(half_day: HalfDay, turn: str) -> forms.ChoiceField:
    """Return the field for what a half-day is for; nothing chosen is off."""
    name = half_day_name(half_day, turn)
    return forms.ChoiceField(
        label=f"{name}: what for",
        choices=[("", "Off"), *CellKind.choices],
        required=False,
        error_messages={"invalid_choice": f"{name}: choose what it is for from the list"},
    )


def minutes_field(half_day: HalfDay, turn: str) -> forms.IntegerField:
    """Return the field for a half-day's minutes; empty is a session of the post."""
    name = half_day_name(half_day, turn)
    limits = f"{name}: enter whole minutes from 1 to {LONGEST_MINUTES}"
    return forms.IntegerField(
        label=f"{name}: minutes",
        min_value=1,
        max_value=LONGEST_MINUTES,
        required=False,
        # A number input drops what it cannot read, and with it what somebody typed.
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), limits),
    )
