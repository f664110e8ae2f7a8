"""Messages, sent off the request. None names a person, a role or a scheme."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from accounts.lost_tasks import run_again_if_lost
from accounts.models.invitation import LASTS, Invitation
from accounts.models.user import User
from accounts.queries.invitations import token_of


@task()
def send_invitation(invitation_id: str) -> None:
    """Send the link of an invitation that is still open to the invited address."""
    invitation = Invitation.objects.filter(public_id=invitation_id).first()
    if invitation is None or not invitation.is_open:
        return
    link = settings.SITE_URL + reverse("invitation", args=[token_of(invitation)])
    text = render_to_string("accounts/mail/invitation.txt", {"link": link, "days": LASTS.days})
    send_mail("An invitation to Retention Hub", text, None, [invitation.email])


@task()
def send_news(user_id: str) -> None:
    """Tell a user that something waits for them, and nothing about what it is."""
    user = User.objects.filter(public_id=user_id, is_active=True).first()
    if user is None:
        return
    link = settings.SITE_URL + reverse("home")
    text = render_to_string("accounts/mail/news.txt", {"link": link})
    send_mail("News for you in Retention Hub", text, None, [user.email])


run_again_if_lost(send_invitation)
run_again_if_lost(send_news)
