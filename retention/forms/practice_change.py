"""The form with which an administrator says that a practice closes or merges."""

from typing import Any

from django import forms

CLOSE, MERGE = "close", "merge"


class PracticeChangeForm(forms.Form):
    """What happens, into which practice, and from which day."""

    mark_optional = False
    what = forms.ChoiceField(
        label="What happens?",
        choices=[(MERGE, "It merges into another practice"), (CLOSE, "It closes")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it merges or closes"},
    )
    into = forms.CharField(
        label="Code of the practice that it merges into",
        required=False,
        max_length=12,
        error_messages={"max_length": "Enter a code, such as Y01234"},
        help_text="Only for a merger: a practice of your area, such as Y01234.",
    )
    on = forms.DateField(
        label="First day without the practice",
        widget=forms.DateInput,
        help_text="No more than a year ago, and no more than a year from now.",
        error_messages={
            "invalid": "Enter a date, such as 2026-04-01",
            "required": "Enter the first day without the practice",
        },
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the other practice where there is one."""
        if self.cleaned_data.get("what") == MERGE and self.cleaned_data.get("into") == "":
            self.add_error("into", "Enter the code of the practice that it merges into")
        return self.cleaned_data
