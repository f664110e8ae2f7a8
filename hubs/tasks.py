"""Work off the request."""

from django.core.mail import send_mail
from django_tasks import task

from accounts.models import User

NOTICE_SUBJECT = "There is something for you on Retention Hub"
NOTICE_BODY = "Sign in to Retention Hub and open Mentoring to see it.\n"


@task()
def send_notice(user_id: int) -> None:
    """Send the neutral mail; to nobody if the account has gone in the meantime."""
    for user in User.objects.filter(pk=user_id, is_active=True):
        send_mail(NOTICE_SUBJECT, NOTICE_BODY, None, [user.email])


@task()
def run_pairing(run_id: str) -> None:
    """Run one pairing that was asked for; does nothing if another worker has it."""
    # The solver is heavy: a web worker that only enqueues never loads it.
    from hubs.actions.proposals import make_proposals

    make_proposals(run_id)
