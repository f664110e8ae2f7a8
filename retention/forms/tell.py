"""The last question before a practice is told a week."""

from django import forms


class TellForm(forms.Form):
    """From when the new pattern holds, and what the practice may tell apart in it."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    starts_on = forms.DateField(
        label="From which day do you work this week?",
        widget=forms.DateInput,
        error_messages={"invalid": "Enter a date, such as 2027-04-01"},
    )
    shows_mentoring = forms.BooleanField(
        label="Show my practice which half-days are mentoring",
        required=False,
        help_text=(
            "Without this tick mentoring, training, CPD, appraisal and leadership all read"
            " “Other work”. With it each is named."
        ),
    )
