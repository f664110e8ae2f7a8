"""What deletes mentoring that is over, when its time is over too."""

import datetime as dt

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from hubs.models import ConversationRequest, DigestIssue, MenteeRequest, MentorOffer
from retention.retention_periods import years_before

# After it was closed; and after somebody asked, where nothing came of it.
CONVERSATION_CLOSED_DAYS, CONVERSATION_OPEN_DAYS = 90, 365


# Long enough to tell that a month was sent, and to keep months apart.
DIGEST_DAYS = 400


def forget_digests(now: dt.datetime) -> int:
    """Delete what tells which months went to whom; returns how many rows went.

    Everyone's newest stays, or its month would be sent again where nothing newer is loaded.
    """
    newer = DigestIssue.objects.filter(user=OuterRef("user"), month__gt=OuterRef("month"))
    old = DigestIssue.objects.filter(made_at__lt=now - dt.timedelta(days=DIGEST_DAYS))
    gone = list(old.filter(Exists(newer)).values_list("pk", flat=True))
    return DigestIssue.objects.filter(pk__in=gone).delete()[0]


def forget_conversations(now: dt.datetime) -> int:
    """Delete who asked for a conversation when its time is over; returns how many rows went."""
    return ConversationRequest.objects.filter(
        Q(closed_at__lt=now - dt.timedelta(days=CONVERSATION_CLOSED_DAYS))
        | Q(asked_at__lt=now - dt.timedelta(days=CONVERSATION_OPEN_DAYS))
    ).delete()[0]


def forget_withdrawn(now: dt.datetime) -> int:
    """Delete what was withdrawn so many years ago; its pairs and meetings go with it.

    They ended with it at the latest. Returns how many rows went.
    """
    before = years_before(now, settings.RECORDS_KEPT_YEARS)
    # Without a day of withdrawal it stands, however old it is.
    offers = MentorOffer.objects.filter(withdrawn_at__lt=before).delete()[0]
    return offers + MenteeRequest.objects.filter(withdrawn_at__lt=before).delete()[0]
