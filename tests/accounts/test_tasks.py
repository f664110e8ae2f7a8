"""Messages."""

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import Settings

from accounts.tasks import send_invitation, send_news
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
