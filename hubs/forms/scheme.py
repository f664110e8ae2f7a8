"""The terms of a scheme, each rule a switch of its own."""

from typing import Any

from django import forms

from hubs.actions.schemes import SCHEME_TERMS
from hubs.models import Scheme
from hubs.queries.schemes import areas_for


class VersionForm(forms.Form):
    """The version that was read before a button was pressed."""

    version = forms.IntegerField(min_value=0)


class SchemeForm(forms.ModelForm[Scheme]):
    """`version` is the one that was read, so that a second window does not win silently."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Scheme
        fields = SCHEME_TERMS
        labels = {
            "area": "Who it is for",
            "starts_on": "First day",
            "ends_on": "Last day",
            "rate": "Payment for a session in pounds",
            "min_clinical_sessions": "Fewest clinical sessions a week",
            "licence_required": "A licence to practise is required",
            "performers_list_required": "A place on the performers list is required",
            "min_years_qualified": "Fewest years since qualification",
            "years_justification": "Why years since qualification matter here",
        }
        help_texts = {
            "area": "The whole hub, or mentees who have a post in one of its ICBs.",
            "min_clinical_sessions": "Leave empty for no such rule: only then can someone who has"
            " fully retired from clinical work take part.",
            "min_years_qualified": "Leave empty for no such rule. It stands close to age: say why"
            " it is needed, in writing.",
            "session_minutes": "The contract's session is 250 minutes (4 hours 10 minutes).",
        }
        widgets = {
            "starts_on": forms.DateInput,
            "ends_on": forms.DateInput,
            "purpose": forms.Textarea(attrs={"rows": 4}),
            "years_justification": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, data: Any = None, *, instance: Scheme, **kwargs: Any) -> None:
        """Offer only the areas of the scheme's own hub."""
        super().__init__(data, instance=instance, **kwargs)
        # Made for each form: the choices are the hub's own, and change with its area.
        areas = forms.ModelChoiceField(
            queryset=areas_for(instance.hub),
            label=self.fields["area"].label,
            help_text=self.fields["area"].help_text,
            empty_label=None,
        )
        self.fields["area"] = areas
        self.initial.setdefault("version", instance.version)

    def terms(self) -> dict[str, Any]:
        """Return what `draft_scheme` and `change_scheme` take."""
        return {term: self.cleaned_data[term] for term in SCHEME_TERMS}
