"""Forms of signing up, roles and invitations."""

from django import forms
from django.http import HttpRequest

from accounts.models.user import User


class SignupDetails(forms.Form):
    """What signing up asks beside address and password."""

    name = forms.CharField(
        label="Full name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the user is saved; the adapter has stored the name."""
