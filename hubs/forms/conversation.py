"""Asking a hub for a confidential conversation: how and when to be reached, and nothing else."""

from django import forms

from hubs.actions.conversations import LONGEST_CONTACT, LONGEST_TIMES
from hubs.models import ConversationRequest
from hubs.models.conversation import Way
from hubs.queries.conversations import Contact, contact_of


class ConversationForm(forms.Form):
    """No reason is asked: what it is about is for the conversation."""

    way = forms.ChoiceField(
        label="How should the hub get in touch?",
        choices=Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how the hub should get in touch"},
    )
    contact = forms.CharField(
        label="Where to reach you",
        help_text="A personal phone number or e-mail address, not one of your practice's.",
        max_length=LONGEST_CONTACT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Enter where the hub can reach you"},
    )
    times = forms.CharField(
        label="Good times",
        help_text="Such as “Tuesdays after six”. Please write nothing about your health.",
        required=False,
        max_length=LONGEST_TIMES,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    @property
    def details(self) -> Contact:
        """How to be reached, of a valid form."""
        return Contact(self.cleaned_data["contact"], self.cleaned_data["times"])


def filled(request: ConversationRequest | None) -> dict[str, object]:
    """Return what a form starts with."""
    if request is None:
        return {"version": 0}
    return {"version": request.version, "way": request.way, **vars(contact_of(request))}
