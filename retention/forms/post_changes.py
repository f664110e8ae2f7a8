"""What changes in a post of one's own: one answer from a list, and its days; never a text."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from retention.models.post_change import Change

_DATE = {"invalid": "Enter a date, such as 2027-04-01"}


class PostChangeForm(forms.Form):
    """Asks only what fits the post; the day back where a leave is among the choices."""

    mark_optional = False
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    change = forms.ChoiceField(
        label="What changes?",
        widget=forms.RadioSelect,
        help_text="Sick leave is never recorded here, in no words.",
        error_messages={"required": "Select what changes"},
    )
    starts_on = forms.DateField(
        label="From which day?",
        widget=forms.DateInput,
        help_text="Your first day without this post, your first day away, or your first day back.",
        error_messages={**_DATE, "required": "Enter from which day"},
    )
    back_on = forms.DateField(
        label="First day back",
        widget=forms.DateInput,
        required=False,
        help_text="Only for a leave, and only if you know it.",
        error_messages=_DATE,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        choices: Sequence[Change],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        field = self.fields["change"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.value, each.label) for each in choices]
        # Who is away can only come back: what belongs to going away is not asked.
        if tuple(choices) == (Change.BACK,):
            del self.fields["back_on"]
            self.fields["starts_on"].help_text = "Your first day back."
