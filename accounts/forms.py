"""Forms of signing up, roles and invitations."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts import roles
from accounts.actions.tokens import LONGEST_DAYS
from accounts.models.role_grant import RoleGrant
from accounts.models.user import User
from organisations.models.agreement import Agreement
from organisations.models.organisation import Organisation


class SignupDetails(forms.Form):
    """What signing up asks beside address and password."""

    name = forms.CharField(
        label="Full name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the user is saved; the adapter has stored the name."""


class PlaceField(forms.ModelChoiceField[Organisation]):
    """A choice among organisations, told apart by their codes."""

    def label_from_instance(self, obj: Organisation) -> str:
        """Return the name with kind and code."""
        return f"{obj.name} ({obj.get_kind_display().lower()}, {obj.code})"


class RoleForm(forms.Form):
    """A role, and the place it is held in."""

    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect)
    organisation = PlaceField(
        label="Organisation", queryset=Organisation.objects.none(), empty_label="Choose one"
    )
    holds_contract = forms.BooleanField(
        label="They hold the practice's contract",
        help_text="For a clinician of a practice: they then decide what the practice shares.",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        allowed: list[roles.Role],
        places: "QuerySet[Organisation] | None" = None,
        **kwargs: Any,
    ) -> None:
        """Offer the roles that may be given; without `places` there is but one place."""
        super().__init__(*args, **kwargs)
        choice = self.fields["role"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(role.key, role.name) for role in allowed]
        if places is None:
            # A manager invites to one practice, and has no say in who holds its contract.
            del self.fields["organisation"], self.fields["holds_contract"]
            return
        place = self.fields["organisation"]
        assert isinstance(place, PlaceField)
        place.queryset = places


class InvitationForm(RoleForm):
    """Whom to invite, and to what."""

    email = forms.EmailField(
        label="Email address",
        max_length=254,
        help_text="A personal address is best: an NHS address is lost with the post.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label="Name",
        max_length=120,
        required=False,
        help_text="For your list of open invitations. It is not in the message.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("email", "name", "role", "organisation", "holds_contract")


class GrantForm(RoleForm):
    """A role for somebody who has signed in before, with its dates."""

    starts_on = forms.DateField(label="From", help_text="Today or later.", widget=forms.DateInput)
    ends_on = forms.DateField(
        label="Until", required=False, help_text="The first day without it.", widget=forms.DateInput
    )


class TokenForm(forms.Form):
    """What a token is for, which role it carries, how long it lasts."""

    name = forms.CharField(label="What is it for?", max_length=80)
    role_grant = forms.ModelChoiceField(
        label="Role",
        queryset=RoleGrant.objects.none(),
        required=False,
        empty_label="No role: own record and published figures",
    )
    days = forms.IntegerField(
        label="Days that it lasts", min_value=1, max_value=LONGEST_DAYS, initial=90
    )

    def __init__(self, *args: Any, held: "QuerySet[RoleGrant]", **kwargs: Any) -> None:
        """Offer the roles that are held."""
        super().__init__(*args, **kwargs)
        role = self.fields["role_grant"]
        assert isinstance(role, forms.ModelChoiceField)
        role.queryset = held


class AgreementForm(forms.ModelForm[Agreement]):
    """One agreement."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    class Meta:
        model = Agreement
        fields = (
            "purpose",
            "controller",
            "lawful_basis",
            "notice_given_on",
            "starts_on",
            "ends_on",
        )
        labels = {
            "lawful_basis": "Lawful basis (UK GDPR)",
            "notice_given_on": "Notice given to people on",
            "starts_on": "In force from",
            "ends_on": "In force until",
        }
        help_texts = {
            "purpose": "Use the words of the checklist, so that it finds this agreement.",
            "controller": "The organisation that answers for the data.",
            "ends_on": "The first day without it. Leave it empty while it runs.",
        }
        error_messages = {
            "lawful_basis": {"required": "Select the lawful basis"},
            "notice_given_on": {"invalid": "Enter the day of the notice, such as 2026-04-01"},
            "starts_on": {"invalid": "Enter the first day, such as 2026-04-01"},
            "ends_on": {"invalid": "Enter the first day without it, such as 2027-04-01"},
        }
        widgets = dict.fromkeys(("notice_given_on", "starts_on", "ends_on"), forms.DateInput)

    def __init__(self, data: Any = None, *, instance: Agreement) -> None:
        """Remember which version is on the page."""
        super().__init__(data, instance=instance, initial={"version": instance.version})


class ErasureForm(forms.Form):
    """Asks for a word, so that nobody erases themselves by a slip."""

    word = forms.CharField(
        label="Type ERASE to confirm",
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_word(self) -> str:
        """Accept the word alone."""
        word: str = self.cleaned_data["word"].strip()
        if word != "ERASE":
            raise forms.ValidationError("Type the word ERASE, in capitals.")
        return word
