"""What is kept of an address that somebody gave up."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from hubs.models import PastAddress
from hubs.never_digest import email_digest
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def test_each_address_is_kept_once_and_only_as_a_digest() -> None:
    user = UserFactory(email="first@example.org")
    for email in ("second@example.org", "first@example.org", "third@example.org"):
        user.email = email
        user.save(update_fields=["email"])
    kept = set(PastAddress.objects.filter(user=user).values_list("email_digest", flat=True))
    assert kept == {email_digest("first@example.org"), email_digest("second@example.org")}
    assert "example.org" not in str(list(PastAddress.objects.values()))


def test_nothing_is_kept_of_a_change_that_is_none() -> None:
    user = UserFactory(email="first@example.org")
    user.email, user.name = "FIRST@example.org", "Another Name"
    user.save()
    assert not PastAddress.objects.exists()


def test_changing_the_address_on_the_page_keeps_the_old_one(
    client: Client, settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    user = UserFactory(email="first@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"email": "second@example.org", "action_add": ""})
    assert not PastAddress.objects.exists()
    link = re.search(r"/accounts/confirm-email/[^/\s]+/", str(mailoutbox[-1].body))
    assert link is not None
    client.post(link.group())
    user.refresh_from_db()
    assert user.email == "second@example.org"
    assert PastAddress.objects.get().email_digest == email_digest("first@example.org")
