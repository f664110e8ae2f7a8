"""Leave of absence in words."""

from retention.models import Absence
from retention.presenters.session_grid import date_words


def absence_words(absence: Absence) -> str:
    """Return "Parental leave, from 1 April 2026, back on 1 October 2026"."""
    words = f"{absence.get_reason_display()}, from {date_words(absence.starts_on)}"
    return f"{words}, back on {date_words(absence.ends_on)}" if absence.ends_on else words
