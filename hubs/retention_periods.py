"""What deletes mentoring that is over, when its time is over too."""

import datetime as dt

from django.conf import settings

from hubs.models import MenteeRequest, MentorOffer
from retention.retention_periods import years_before


def forget_withdrawn(now: dt.datetime) -> int:
    """Delete what was withdrawn so many years ago; its pairs and meetings go with it.

    They ended with it at the latest. Returns how many rows went.
    """
    before = years_before(now, settings.RECORDS_KEPT_YEARS)
    offers = MentorOffer.objects.filter(withdrawn_at__lt=before).delete()[0]
    return offers + MenteeRequest.objects.filter(withdrawn_at__lt=before).delete()[0]
