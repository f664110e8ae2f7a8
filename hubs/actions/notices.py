"""Tells people that something waits for them: never a name, a scheme or an outcome in a mail."""

from functools import partial

from django.db import transaction

from accounts.tasks import send_news
from retention.models import Person


def tell(*people: Person) -> None:
    """Send each person who has an account the one neutral mail, once the change is saved.

    Name all of a change in one call: who is named twice, with two pairs, gets one mail.
    """
    for user in dict.fromkeys(person.user for person in people if person.user is not None):
        transaction.on_commit(partial(send_news.enqueue, str(user.public_id)))
