"""Today, in the time zone of the service."""

import datetime as dt

from django.utils import timezone


def today() -> dt.date:
    """Return the local date."""
    return timezone.localdate()
