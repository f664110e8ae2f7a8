"""Messages, sent off the request. None names a person, a role or a scheme."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from accounts.lost_tasks import run_again_if_lost
from accounts.models.invitation import LASTS, Invitation
from accounts.models.user import User
from accounts.queries.invitations import token_of

# A password that is changed does not end it: whoever it was made against must know where to.
PROGRAM_LET_IN = (
    "A token for programs was made for your account. It opens what you can open, without your"
    " password, until you end it: sign in, and choose “Tokens for programs” on your page."
)


class NotSent(Exception):
    """The mail server did not take a message; the text is the kind of refusal alone."""


@task()
def send_invitation(invitation_id: str) -> None:
    """Send the link of an invitation that is still open to the invited address."""
    invitation = Invitation.objects.filter(public_id=invitation_id).first()
    # It may have been withdrawn, or erased, while the message waited for a worker.
    if invitation is None or not invitation.is_open:
        return
    link = settings.SITE_URL + reverse("invitation", args=[token_of(invitation)])
    text = render_to_string("accounts/mail/invitation.txt", {"link": link, "days": LASTS.days})
    _send("An invitation to Retention Hub", text, invitation.email)


@task()
def send_news(user_id: str) -> None:
    """Tell a user that something waits for them, and nothing about what it is."""
    user = User.objects.filter(public_id=user_id, is_active=True).first()
    if user is None:
        return
    link = settings.SITE_URL + reverse("home")
    text = render_to_string("accounts/mail/news.txt", {"link": link})
    _send("News for you in Retention Hub", text, user.email)


@task()
def send_token_notice(user_id: str) -> None:
    """Tell a user that a token was made for their account, and how to end it."""
    user = User.objects.filter(public_id=user_id, is_active=True).first()
    if user is None:
        return
    context = {"change": PROGRAM_LET_IN, "site_url": settings.SITE_URL}
    text = render_to_string("accounts/mail/notice_message.txt", context)
    subject = render_to_string("accounts/mail/notice_subject.txt").strip()
    _send(subject, text, user.email)


def _send(subject: str, text: str, address: str) -> None:
    try:
        send_mail(subject, text, None, [address])
    except SMTPException as refused:
        # Its own words name the address, and a task's traceback is kept.
        raise NotSent(type(refused).__name__) from None


run_again_if_lost(send_invitation)
run_again_if_lost(send_news)
run_again_if_lost(send_token_notice)
