"""A meeting's entry in the log."""

from typing import Any

from django import forms

from hubs.models import Meeting
from hubs.models.meeting import MeetingKind, MeetingState


class MeetingForm(forms.ModelForm[Meeting]):
    """Date, minutes, kind and what became of it: nothing of what was said."""

    # Declared anew: a model's choices would begin with an empty one.
    kind = forms.ChoiceField(label="How", choices=MeetingKind.choices, widget=forms.RadioSelect)
    state = forms.ChoiceField(
        label="What became of it", choices=MeetingState.choices, widget=forms.RadioSelect
    )

    class Meta:
        model = Meeting
        fields = ("held_on", "minutes", "kind", "state")
        widgets = {"held_on": forms.DateInput}


class MeetingEditForm(MeetingForm):
    """An entry that is corrected as it was read."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, instance: Meeting) -> None:
        """Remember which version is on the page."""
        super().__init__(data, instance=instance, initial={"version": instance.version})
