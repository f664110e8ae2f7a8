"""The half-day grid as a form: a kind and minutes for each half-day of one week or of two."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.core.exceptions import ValidationError

from retention.forms.session_fields import (
    GridCell,
    GridDay,
    GridWeek,
    blank_week,
    cells_of,
    half_day_key,
    half_day_name,
    initial_of,
    kind_field,
    minutes_field,
)
from retention.models.session_pattern import (
    MOST_ACTUAL_MINUTES,
    MOST_SESSIONS_A_YEAR,
    WEEKS_A_YEAR,
    Basis,
    PartOfDay,
    Rhythm,
    Weekday,
    WeekInTurn,
)
from retention.queries.patterns import HALF_DAYS, HalfDay, Shape, Terms, Week

LONGEST_WEEK_HOURS = MOST_ACTUAL_MINUTES // 60
# Two weeks of eighteen half-days with two fields each, and what is said of both, are fewer.
MOST_FIELDS = 100

# Of the page, not of the week.
HIDDEN = frozenset({"version", "before", "pasted"})
TERM_FIELDS = ("rhythm", "basis", "weeks_a_year", "sessions_a_year", "actual_hours")
_NOT_ASKED = "it goes with another way to work the year"


class SessionGridForm(forms.Form):
    """Knows the week typed so far, also while something in it is wrong.

    A kind without minutes means a session of the post's own length.
    """

    mark_optional = False
    # Of the draft that the person is looking at; 0 where there is none yet.
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    # What stood in the form before a button changed it, as a query string: for "Undo".
    before = forms.CharField(required=False, widget=forms.HiddenInput, max_length=8000)
    pasted = forms.CharField(
        label="The week as text",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="A line for each day, with tabs between its half-days, as a spreadsheet copies.",
    )
    rhythm = forms.ChoiceField(
        label="Is every week the same?",
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text="Of two weeks in turn, A is the one in which the pattern starts.",
    )
    basis = forms.ChoiceField(
        label="How much of the year do you work it?",
        choices=Basis.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    weeks_a_year = forms.IntegerField(
        label="Weeks worked a year",
        min_value=1,
        max_value=WEEKS_A_YEAR,
        required=False,
        help_text="In term time, or for sessions a year. Paid leave counts as worked.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    sessions_a_year = forms.DecimalField(
        label="Sessions a year",
        min_value=Decimal("0.5"),
        max_value=MOST_SESSIONS_A_YEAR,
        decimal_places=1,
        required=False,
        help_text="Only if your contract says so many sessions a year, paid leave included.",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    actual_hours = forms.DecimalField(
        label="Hours really worked in a usual week",
        min_value=0,
        max_value=LONGEST_WEEK_HOURS,
        decimal_places=2,
        required=False,
        help_text="If you wish: you alone see it, beside what your contract says.",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        session_minutes: int,
        week: Week | None = None,
        shape: Shape | None = None,
        version: int = 0,
    ) -> None:
        shown = shape or Shape(week or {})
        super().__init__(data, initial={"version": version, **initial_of(shown)})
        self.session_minutes = session_minutes
        for turn in WeekInTurn:
            for half_day in HALF_DAYS:
                self.fields[f"kind_{half_day_key(half_day, turn)}"] = kind_field(half_day, turn)
                self.fields[f"minutes_{half_day_key(half_day, turn)}"] = minutes_field(
                    half_day, turn
                )

    @property
    def weeks(self) -> list[GridWeek]:
        """Both weeks with their fields, as the page shows them."""
        return [GridWeek(turn.value, turn.label, self._days(turn)) for turn in WeekInTurn]

    @property
    def days(self) -> tuple[GridDay, ...]:
        """The fields of week A."""
        return self._days(WeekInTurn.A)

    def _days(self, turn: WeekInTurn) -> tuple[GridDay, ...]:
        return tuple(
            GridDay(
                str(Weekday(weekday).label),
                tuple(self._cell((weekday, part), turn) for part in PartOfDay.values),
            )
            for weekday in Weekday.values
        )

    def _cell(self, half_day: HalfDay, turn: WeekInTurn) -> GridCell:
        key = half_day_key(half_day, turn)
        return GridCell(
            key=key,
            name=half_day_name(half_day, turn),
            part=str(PartOfDay(half_day[1]).label),
            kind=self[f"kind_{key}"],
            minutes=self[f"minutes_{key}"],
        )

    @property
    def alternates(self) -> bool:
        """Whether two weeks follow in turn, as far as the form says."""
        return bool(self["rhythm"].value() == Rhythm.ALTERNATE)

    @property
    def has_terms(self) -> bool:
        """Whether anything but the same week all year is said, or wrongly said."""
        said = any(self[name].value() for name in TERM_FIELDS if name not in ("rhythm", "basis"))
        usual = self["basis"].value() in (None, "", Basis.ALL_YEAR)
        wrong = any(name in self.errors for name in TERM_FIELDS) if self.is_bound else False
        return said or self.alternates or not usual or wrong

    @property
    def week(self) -> Week:
        """The half-days of a valid form; of week A where two follow in turn."""
        return self._week(WeekInTurn.A)

    @property
    def shape(self) -> Shape:
        """All that a valid form says."""
        given = self.cleaned_data
        actual = given["actual_hours"]
        return Shape(
            week=self.week,
            week_b=self._week(WeekInTurn.B) if given["rhythm"] == Rhythm.ALTERNATE else None,
            terms=Terms(
                basis=given["basis"] or Basis.ALL_YEAR,
                weeks_a_year=given["weeks_a_year"],
                sessions_a_year=given["sessions_a_year"],
                actual_minutes=None if actual is None else round(actual * 60),
            ),
        )

    def _week(self, turn: WeekInTurn) -> Week:
        found = {}
        for half_day in HALF_DAYS:
            key = half_day_key(half_day, turn)
            kind = self.cleaned_data.get(f"kind_{key}")
            if kind:
                # 0 is refused by the field, so that only an empty one counts as a session.
                minutes = self.cleaned_data.get(f"minutes_{key}") or self.session_minutes
                found[half_day] = (kind, minutes)
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse minutes of which nobody knows what they are for, and terms that do not fit."""
        for turn in WeekInTurn:
            for half_day in HALF_DAYS:
                kind, minutes = (
                    f"{what}_{half_day_key(half_day, turn)}" for what in ("kind", "minutes")
                )
                if self.cleaned_data.get(minutes) and self.cleaned_data.get(kind) == "":
                    name = half_day_name(half_day, turn)
                    self.add_error(kind, f"{name}: choose what it is for, or clear its minutes")
        if self.cleaned_data.get("rhythm") != Rhythm.ALTERNATE and self._week(WeekInTurn.B):
            self.add_error("rhythm", "Choose two weeks in turn, or clear week B")
        self._clean_terms()
        return self.cleaned_data

    def _clean_terms(self) -> None:
        """Say beside the field what the record would refuse."""
        basis = self.cleaned_data.get("basis") or Basis.ALL_YEAR
        for name, needed, words in (
            ("weeks_a_year", basis != Basis.ALL_YEAR, "how many weeks a year you work it"),
            ("sessions_a_year", basis == Basis.ANNUALISED, "how many sessions a year"),
        ):
            if name in self.errors:
                continue
            given = self.cleaned_data.get(name) is not None
            if needed and not given:
                self.add_error(name, f"Enter {words}")
            elif given and not needed:
                self.add_error(name, f"Clear this, or choose another answer above: {_NOT_ASKED}")

    def show(
        self,
        *,
        week: Week | None = None,
        week_b: Week | None = None,
        shape: Shape | None = None,
        version: int | None = None,
        before: str | None = None,
    ) -> None:
        """Put another week, whole shape or version on the page that is about to be shown."""
        data = dict(self.data.items())
        for turn, cells in ((WeekInTurn.A, week), (WeekInTurn.B, week_b)):
            if cells is not None:
                data |= blank_week(turn) | cells_of(cells, turn)
        if week_b:
            data["rhythm"] = Rhythm.ALTERNATE
        if shape is not None:
            data |= {name: "" for name in self.fields if name not in HIDDEN} | initial_of(shape)
        if version is not None:
            data["version"] = version
        if before is not None:
            data["before"] = before
        self.data = data
        if before is not None:
            # Another week stands there now: what was wrong with the last one is past.
            self._errors = None

    def refuse_pasted(self, text: str, problem: ValidationError) -> None:
        """Keep a pasted text that cannot be read, and name what is wrong with it."""
        # As it was pasted: its tabs are the half-days.
        self.data = {**dict(self.data.items()), "pasted": text}
        self.is_valid()
        self.add_error("pasted", problem)

    def as_text(self) -> str:
        """Return what stands in the form now, for "Undo"."""
        shown = {name: self.data.get(name, "") for name in self.fields if name not in HIDDEN}
        said = {name: value for name, value in shown.items() if value not in ("", None)}
        # Begun with a word, so that an empty week is something to go back to.
        return urlencode({"week": "", **said})

    def undo(self) -> None:
        """Put back what stood in the form before the last button changed it."""
        if not self.data.get("before"):
            return
        try:
            kept = dict(parse_qsl(str(self.data["before"])[:8000], max_num_fields=MOST_FIELDS))
        except ValueError:
            # No form of ours wrote it, so there is nothing to go back to.
            return
        now = self.as_text()
        data = {**dict(self.data.items()), **{n: "" for n in self.fields if n not in HIDDEN}}
        known = {n: v for n, v in kept.items() if n in self.fields and n not in HIDDEN}
        self.data = {**data, **known}
        self.show(before=now)
