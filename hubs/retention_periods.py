"""What deletes mentoring that is over, when its time is over too."""

import datetime as dt

from django.conf import settings
from django.db.models import Q

from hubs.models import ConversationRequest, MenteeRequest, MentorOffer
from retention.retention_periods import years_before

# After it was closed; and after somebody asked, where nothing came of it.
CONVERSATION_CLOSED_DAYS, CONVERSATION_OPEN_DAYS = 90, 365


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
    offers = MentorOffer.objects.filter(withdrawn_at__lt=before).delete()[0]
    return offers + MenteeRequest.objects.filter(withdrawn_at__lt=before).delete()[0]
