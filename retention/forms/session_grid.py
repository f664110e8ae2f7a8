"""The half-day grid as a form: a kind and minutes for each half-day of the week."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from retention.models.session_pattern import CellKind, PartOfDay, Weekday
from retention.queries.patterns import HALF_DAYS, HalfDay, Week

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


class SessionGridForm(forms.Form):
    """Knows the week typed so far, also while something in it is wrong.

    A kind without minutes means a session of the post's own length.
    """

    # Of the draft that the person is looking at; 0 where there is none yet.
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        session_minutes: int,
        week: Week | None = None,
        version: int = 0,
    ) -> None:
        super().__init__(data, initial={"version": version, **_initial(week or {})})
        self.session_minutes = session_minutes
        for half_day in HALF_DAYS:
            self.fields[f"kind_{_key(half_day)}"] = _kind_field(half_day)
            self.fields[f"minutes_{_key(half_day)}"] = _minutes_field(half_day)

    @property
    def days(self) -> list[GridDay]:
        """The fields as the page shows them."""
        return [
            GridDay(
                name=Weekday(weekday).label,
                cells=tuple(
                    GridCell(
                        key=_key((weekday, part)),
                        name=half_day_name((weekday, part)),
                        part=PartOfDay(part).label,
                        kind=self[f"kind_{_key((weekday, part))}"],
                        minutes=self[f"minutes_{_key((weekday, part))}"],
                    )
                    for part in PartOfDay.values
                ),
            )
            for weekday in Weekday.values
        ]

    @property
    def week(self) -> Week:
        """The half-days of a valid form."""
        return {
            half_day: (
                self.cleaned_data[f"kind_{_key(half_day)}"],
                self.cleaned_data[f"minutes_{_key(half_day)}"] or self.session_minutes,
            )
            for half_day in HALF_DAYS
            if self.cleaned_data[f"kind_{_key(half_day)}"]
        }

    def clean(self) -> dict[str, Any]:
        """Refuse minutes of which nobody knows what they are for."""
        for half_day in HALF_DAYS:
            kind, minutes = f"kind_{_key(half_day)}", f"minutes_{_key(half_day)}"
            if self.cleaned_data.get(minutes) and self.cleaned_data.get(kind) == "":
                name = half_day_name(half_day)
                self.add_error(kind, f"{name}: choose what it is for, or clear its minutes")
        return self.cleaned_data

    def show(self, *, week: Week | None = None, version: int | None = None) -> None:
        """Put another week or version on the page that is about to be shown."""
        data = dict(self.data.items())
        if week is not None:
            data |= {name: "" for name in self.fields if name != "version"} | _initial(week)
        if version is not None:
            data["version"] = version
        self.data = data


def half_day_name(half_day: HalfDay) -> str:
    """Return "Monday morning"."""
    weekday, part = half_day
    return f"{Weekday(weekday).label} {PartOfDay(part).label.lower()}"


def _key(half_day: HalfDay) -> str:
    return f"{half_day[0]}_{half_day[1]}"


def _initial(week: Week) -> dict[str, Any]:
    initial: dict[str, Any] = {}
    for half_day, (kind, minutes) in week.items():
        initial[f"kind_{_key(half_day)}"] = kind
        initial[f"minutes_{_key(half_day)}"] = minutes
    return initial


def _kind_field(half_day: HalfDay) -> forms.ChoiceField:
    name = half_day_name(half_day)
    return forms.ChoiceField(
        label=f"{name}: what for",
        choices=[("", "Off"), *CellKind.choices],
        required=False,
        error_messages={"invalid_choice": f"{name}: choose what it is for from the list"},
    )


def _minutes_field(half_day: HalfDay) -> forms.IntegerField:
    name = half_day_name(half_day)
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
