"""A leave of absence as a form: days and a reason from a list, never a text."""

from django import forms

from retention.models.absence import AbsenceReason

_DATE = {"invalid": "Enter a date, such as 2027-04-01"}


class AbsenceForm(forms.Form):
    """From when somebody is away, and when they will be back."""

    starts_on = forms.DateField(
        label="First day away",
        widget=forms.DateInput,
        error_messages={**_DATE, "required": "Enter the first day away"},
    )
    ends_on = forms.DateField(
        label="First day back",
        widget=forms.DateInput,
        required=False,
        help_text="Leave empty while nobody knows.",
        error_messages=_DATE,
    )
    reason = forms.ChoiceField(
        label="What kind of leave is it?",
        choices=AbsenceReason.choices,
        widget=forms.RadioSelect,
        help_text="Sick leave is never recorded here, in no words.",
        error_messages={"required": "Select what kind of leave it is"},
    )
