"""What mentors and mentees are both asked: when, where, on what, and with whom never."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hubs.actions.never_lists import NeverEdit
from hubs.actions.offers import OFFER_TERMS
from hubs.actions.requests import REQUEST_TERMS
from hubs.models import MenteeRequest, MentorOffer
from hubs.models.availability import HALF_DAYS
from hubs.models.interests import Interest, Stage

_LABELS = {
    "remote": "I can meet by phone or video",
    "district": "Postcode district to meet near",
    "max_km": "Furthest distance in kilometres",
}
_HELP = {
    "district": "The first half of a postcode, such as LE1. Needed only to meet in person.",
    "max_km": "As the crow flies. Leave empty for no limit.",
}


class HalfDaysField(forms.MultipleChoiceField):
    """A week of half-days to tick, laid out as a table."""

    def __init__(self) -> None:
        super().__init__(
            label="Half-days on which you could meet",
            choices=list(HALF_DAYS.items()),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.template_name = "hubs/half_days_field.html"


class AvailabilityForm(forms.ModelForm[Any]):
    """The shared questions; `half_days` is a grid of checkboxes."""

    half_days = HalfDaysField()
    interests = forms.MultipleChoiceField(
        label="What the mentoring could be about",
        choices=Interest.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    never = forms.CharField(
        label="Who you must not be paired with",
        help_text="E-mail addresses or practice codes, one a line. Only you can read this list:"
        " no mentor, mentee or member of the hub's staff is told of it.",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )
    # The list as it was when the page was opened: it is one for all offers and requests, so a
    # window that was left open changes what was changed in it and nothing else.
    never_seen = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def never_edit(self) -> NeverEdit | None:
        """Return the never list as the actions take it: None where it was not touched."""
        # Compared as sent: who only saves an offer again changes nothing that another window did.
        typed, seen = (
            tuple(str(self.cleaned_data[name]).splitlines()) for name in ("never", "never_seen")
        )
        return None if typed == seen else NeverEdit(typed, seen)

    def never_changed_elsewhere(self, now: Sequence[str]) -> bool:
        """Whether the saved list (`now`) is another than this window shows."""
        typed = {line.strip().casefold() for line in str(self.cleaned_data["never"]).splitlines()}
        return typed - {""} != {line.casefold() for line in now}


class OfferForm(AvailabilityForm):
    """What a mentor offers."""

    class Meta:
        model = MentorOffer
        fields = OFFER_TERMS
        labels = {
            **_LABELS,
            "hours_a_month": "Hours a month",
            "clinical_sessions": "Clinical sessions a week while you mentor",
            "has_licence": "I hold a licence to practise",
            "on_performers_list": "I am on the performers list",
        }
        help_texts = {
            **_HELP,
            "hours_a_month": "One mentee takes about an hour and a half every four weeks: an hour"
            " together, and half an hour of admin.",
            "clinical_sessions": "Enter 0 if you have retired from clinical work.",
        }

    def terms(self) -> dict[str, Any]:
        """Return what `save_offer` takes."""
        return {term: self.cleaned_data[term] for term in OFFER_TERMS}


class RequestForm(AvailabilityForm):
    """What a mentee asks for."""

    class Meta:
        model = MenteeRequest
        fields = REQUEST_TERMS
        labels = {
            **_LABELS,
            "stage": "Where you are in your career",
            "prefers_same_profession": "I would rather have a mentor of my own profession",
        }
        help_texts = _HELP
        widgets = {"stage": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the stage without an empty choice."""
        super().__init__(*args, **kwargs)
        stage = self.fields["stage"]
        assert isinstance(stage, forms.ChoiceField)
        stage.choices = Stage.choices

    def terms(self) -> dict[str, Any]:
        """Return what `save_request` takes."""
        return {term: self.cleaned_data[term] for term in REQUEST_TERMS}
