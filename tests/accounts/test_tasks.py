"""Messages."""

import traceback
from smtplib import SMTPRecipientsRefused

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import Settings

from accounts.tasks import NotSent, send_invitation, send_news, send_token_notice
from tests.factories.accounts import InvitationFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_invitation_leads_to_the_service(
    settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    settings.SITE_URL = "https://hub.example.org"
    invitation = InvitationFactory()
    send_invitation.call(str(invitation.public_id))
    assert "https://hub.example.org/invitations/" in str(mailoutbox[0].body)
    assert "14 days" in str(mailoutbox[0].body)


@pytest.mark.parametrize("gone", ["accepted_at", "withdrawn_at"])
def test_invitation_that_closed_meanwhile_is_not_sent(
    mailoutbox: list[EmailMessage], gone: str
) -> None:
    send_invitation.call(str(InvitationFactory(**{gone: timezone.now()}).public_id))
    send_invitation.call("00000000-0000-0000-0000-000000000000")
    assert mailoutbox == []


def test_news_is_not_sent_to_who_is_gone(mailoutbox: list[EmailMessage]) -> None:
    send_news.call(str(UserFactory(is_active=False).public_id))
    send_news.call("00000000-0000-0000-0000-000000000000")
    assert mailoutbox == []


def test_a_refused_message_leaves_no_address_in_the_record_of_the_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The table of background work keeps the traceback for two weeks."""
    user = UserFactory(email="refused@example.org")

    def refuse(subject: str, text: str, sender: None, to: list[str]) -> None:
        raise SMTPRecipientsRefused({to[0]: (550, b"no such mailbox")})

    monkeypatch.setattr("accounts.tasks.send_mail", refuse)
    with pytest.raises(NotSent) as failed:
        send_news.call(str(user.public_id))
    kept = "".join(traceback.format_exception(failed.value))
    assert "SMTPRecipientsRefused" in kept
    assert "refused@example.org" not in kept


def test_a_notice_of_a_token_goes_to_nobody_whose_account_is_closed(
    mailoutbox: list[EmailMessage],
) -> None:
    send_token_notice.call(str(UserFactory(is_active=False).public_id))
    assert mailoutbox == []
