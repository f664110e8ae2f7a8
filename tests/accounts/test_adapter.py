"""Signing up and in, and the messages of both."""

import re
from smtplib import SMTPServerDisconnected

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from django.core.mail import EmailMessage
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from accounts.adapter import NOTICES, OTHER_NOTICE, on_site
from accounts.models import AuditEvent, User
from accounts.models.audit_event import Act
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
DETAILS = {
    "email": "new@example.org",
    "name": "Robin New",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


def test_who_signs_up_has_a_name_no_role_and_a_row_in_the_log(client: Client) -> None:
    assert client.post(reverse("account_signup"), DETAILS)["Location"] == "/"
    user = User.objects.get(email="new@example.org")
    assert user.name == "Robin New"
    assert not user.role_grants.exists()
    row = AuditEvent.objects.get()
    assert (row.act, row.actor, row.subject) == (Act.SIGNED_UP, user.subject_id, user.subject_id)


@pytest.mark.parametrize(
    "change",
    [
        {"password1": "short", "password2": "short"},
        {"password1": "123456789012", "password2": "123456789012"},
        {"password1": "new@example.org", "password2": "new@example.org"},
        {"name": ""},
        {"name": "x" * 121},
        {"email": "nobody"},
    ],
)
def test_bad_details_make_no_user(client: Client, change: dict[str, str]) -> None:
    page = client.post(reverse("account_signup"), DETAILS | change)
    assert "There is a problem" in page.content.decode()
    assert not User.objects.exists()


def test_address_in_use_is_not_given_away_nor_taken(client: Client, settings: Settings) -> None:
    """Where addresses are confirmed, as in production, both get the same answer."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    UserFactory(email="new@example.org", name="The First")
    answers = [
        client.post(reverse("account_signup"), DETAILS | {"email": email})
        for email in ("NEW@example.org", "other@example.org")
    ]
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    assert User.objects.get(email="new@example.org").name == "The First"
    assert User.objects.count() == 2


def test_sixth_wrong_password_is_stopped_even_if_the_next_is_right(client: Client) -> None:
    UserFactory(email="new@example.org")
    url, login = reverse("account_login"), {"login": "new@example.org", "password": "wrong"}
    for _ in range(6):
        client.post(url, login)
    client.post(url, login | {"password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_inactive_user_is_out_at_once(client: Client) -> None:
    user = UserFactory()
    client.force_login(user)
    assert client.get(reverse("my-data")).status_code == 200
    User.objects.update(is_active=False)
    assert client.get(reverse("my-data"))["Location"].startswith("/accounts/login/")


class TestMessages:
    """Each leads to SITE_URL, whatever host the request named, and tells nothing more."""

    @pytest.fixture(autouse=True)
    def site(self, settings: Settings) -> None:
        settings.SITE_URL = "https://hub.example.org"
        settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"

    def link(self, message: EmailMessage) -> str:
        text = str(message.body)
        assert "testserver" not in text + message.subject
        assert "Retention Hub" in message.subject
        found = re.search(r"https://hub\.example\.org(/accounts/\S+)", text)
        assert found is not None
        return found.group(1)

    def test_confirming_an_address(self, client: Client, mailoutbox: list[EmailMessage]) -> None:
        client.post(reverse("account_signup"), DETAILS)
        client.post(self.link(mailoutbox[0]))
        assert EmailAddress.objects.get(email="new@example.org").verified
        assert "Robin" not in mailoutbox[0].body

    def test_choosing_a_new_password(self, client: Client, mailoutbox: list[EmailMessage]) -> None:
        user = UserFactory(email="new@example.org")
        client.post(reverse("account_reset_password"), {"email": user.email})
        page = client.get(self.link(mailoutbox[0]), follow=True)
        new = "another horse battery"
        client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
        user.refresh_from_db()
        assert user.check_password(new)
        assert NOTICES["account/email/password_reset"] in mailoutbox[1].body
        assert self.link(mailoutbox[1]) == reverse("account_reset_password")

    def test_address_without_an_account(
        self, client: Client, mailoutbox: list[EmailMessage]
    ) -> None:
        client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
        assert self.link(mailoutbox[0]) == reverse("account_signup")

    def test_address_that_has_an_account(
        self, client: Client, mailoutbox: list[EmailMessage]
    ) -> None:
        UserFactory(email="new@example.org")
        client.post(reverse("account_signup"), DETAILS)
        assert self.link(mailoutbox[0]) == reverse("account_reset_password")

    def change_password(self, client: Client) -> User:
        user: User = UserFactory(email="new@example.org")
        client.force_login(user)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        new = "another horse battery"
        answers = {"oldpassword": PASSWORD, "password1": new, "password2": new}
        client.post(reverse("account_change_password"), answers)
        user.refresh_from_db()
        assert user.check_password(new)
        return user

    def test_a_changed_password_is_told_without_details(
        self, client: Client, mailoutbox: list[EmailMessage]
    ) -> None:
        user = self.change_password(client)
        (message,) = mailoutbox
        assert message.to == [user.email]
        assert NOTICES["account/email/password_changed"] in message.body
        for detail in ("127.0.0.1", "rowser", user.email, user.name):
            assert detail not in message.body

    def test_the_change_stands_where_mail_is_down(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def refuse(*args: object, **kwargs: object) -> None:
            raise SMTPServerDisconnected("new@example.org")

        monkeypatch.setattr(EmailMessage, "send", refuse)
        self.change_password(client)
        assert "SMTPServerDisconnected" in caplog.text
        assert "new@example.org" not in caplog.text


def test_every_notice_has_words_and_one_new_to_us_is_told_in_general(
    mailoutbox: list[EmailMessage], rf: RequestFactory
) -> None:
    user = UserFactory()
    with request_context(rf.get("/")):
        for prefix in (*NOTICES, "account/email/something_new"):
            get_adapter().send_notification_mail(prefix, user, {"deleted_email": "x@example.org"})
    assert len(mailoutbox) == len(NOTICES) + 1
    for message, words in zip(mailoutbox, (*NOTICES.values(), OTHER_NOTICE), strict=True):
        assert words in message.body
        assert "x@example.org" not in message.body


@pytest.mark.parametrize("host", ["http://evil.example", "https://evil.example:8443", ""])
def test_a_link_keeps_its_page_and_loses_its_host(host: str, settings: Settings) -> None:
    settings.SITE_URL = "https://hub.example.org"
    assert on_site(f"{host}/accounts/x/?a=1#b") == "https://hub.example.org/accounts/x/?a=1#b"
