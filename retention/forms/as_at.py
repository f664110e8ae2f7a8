"""The day that a place's page is asked for."""

import datetime as dt

from django import forms
from django.http import QueryDict

from organisations.clock import today
from organisations.queries.history import day_problem


class AsAtForm(forms.Form):
    """A day from EARLIEST to today; nothing typed means today."""

    mark_optional = False
    as_at = forms.DateField(
        label="Show this place as at",
        required=False,
        # One way to write a day in an address: 03/04 is two days, by who reads it.
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"class": "nhsuk-input--width-10"}),
        help_text="Leave it empty for today.",
        error_messages={"invalid": "Enter a date, such as 2025-03-31"},
    )

    def clean_as_at(self) -> dt.date | None:
        """Refuse a day that the record cannot know."""
        date: dt.date | None = self.cleaned_data["as_at"]
        if date and (problem := day_problem(date, today())):
            raise forms.ValidationError(problem)
        return date


def asked_day(query: QueryDict) -> tuple[AsAtForm, dt.date | None]:
    """Return the form of a page's address, and its day; None for today or a bad one."""
    # Unbound without the word, so that a plain address shows no empty field as wrong.
    form = AsAtForm(query if "as_at" in query else None)
    return form, form.cleaned_data["as_at"] if form.is_valid() else None
