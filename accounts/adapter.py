"""How allauth makes our users."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.db import transaction
from django.http import HttpRequest

from accounts import audit
from accounts.actor import Actor, Door
from accounts.models.audit_event import Act
from accounts.models.user import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Stores the name, and writes the sign-up into the audit log with the user."""

    def save_user(
        self, request: HttpRequest, user: User, form: forms.Form, commit: bool = True
    ) -> User:
        """Fill `user` from the sign-up form and save it."""
        user.name = form.cleaned_data["name"]
        user.email = form.cleaned_data["email"]
        user.set_password(form.cleaned_data["password1"])
        if commit:
            with transaction.atomic():
                user.save()
                by = Actor(user=user, role=None, door=Door.PAGE)
                audit.record(by=by, act=Act.SIGNED_UP, subject=user.subject_id)
        return user

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """There are no user names."""
