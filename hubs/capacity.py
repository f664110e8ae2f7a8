"""How many mentees the hours that a mentor offers are enough for: our arithmetic, shown as such."""

from decimal import Decimal

# One hour of mentoring every four weeks (NHS England, Supporting Mentors Scheme 2023/24), and 30
# minutes of admin paid for each hour (Gloucestershire, 2023). Neither publishes a ratio.
MEETING_MINUTES = 60
ADMIN_MINUTES = 30


def places_in(hours_a_month: Decimal) -> int:
    """Whole mentees that the hours are enough for; a month counts as four weeks."""
    return int(hours_a_month * 60 // (MEETING_MINUTES + ADMIN_MINUTES))
