"""How allauth makes our users, and what it writes to them."""

import logging
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from accounts import audit
from accounts.actor import Actor, Door
from accounts.models.audit_event import Act
from accounts.models.user import User

logger = logging.getLogger(__name__)

# What a notice says; never an address, a place or a browser, since others may read the mail.
NOTICES = {
    "account/email/email_changed": "Your account moved to another email address.",
    "account/email/email_deleted": "An email address was removed from your account.",
    "account/email/password_changed": "The password of your account was changed.",
    "account/email/password_reset": "The password of your account was changed.",
    "account/email/password_set": "Your account was given a password.",
    "mfa/email/recovery_codes_generated": "New recovery codes were made for your account.",
    "mfa/email/totp_activated": "An authenticator app was added to your account.",
    "mfa/email/totp_deactivated": "The authenticator app was removed from your account.",
    "mfa/email/webauthn_added": "A passkey was added to your account.",
    "mfa/email/webauthn_removed": "A passkey was removed from your account.",
}
OTHER_NOTICE = "Something about how you sign in to your account was changed."


def on_site(url: str) -> str:
    """Return the address of the same page under SITE_URL, whatever host the request named."""
    # Else a forged Host header would have us mail a link that hands a password over elsewhere.
    parts, site = urlsplit(url), str(settings.SITE_URL)
    return site + parts._replace(scheme="", netloc="").geturl()


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Stores the name, writes the sign-up into the audit log, and sends plain messages."""

    def save_user(
        self, request: HttpRequest, user: User, form: forms.Form, commit: bool = True
    ) -> User:
        """Fill `user` from the sign-up form and save it."""
        user.name = form.cleaned_data["name"]
        user.email = form.cleaned_data["email"]
        user.set_password(form.cleaned_data["password1"])
        if commit:
            # The account and its row in the log stand or fall together.
            with transaction.atomic():
                user.save()
                by = Actor(user=user, role=None, door=Door.PAGE)
                audit.record(by=by, act=Act.SIGNED_UP, subject=user.subject_id)
        return user

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """There are no user names."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a message whose links lead to SITE_URL."""
        links = {key: on_site(value) for key, value in context.items() if key.endswith("_url")}
        context = {**context, **links, "site_url": settings.SITE_URL}
        super().send_mail(template_prefix, email, context)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell a user that the way to sign in was changed; the change stands if mail is down."""
        told = {"change": NOTICES.get(template_prefix, OTHER_NOTICE)}
        try:
            super().send_notification_mail(
                "accounts/mail/notice", user, told, email=email or user.email
            )
        except (SMTPException, OSError) as refused:
            logger.warning("A notice was not sent: %s", type(refused).__name__)
