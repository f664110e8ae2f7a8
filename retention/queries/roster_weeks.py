"""Half-days of a roster beside the week in the record."""

import datetime as dt

from retention.imports.roster import Week as RosterWeek
from retention.models import Post
from retention.queries.patterns import Week, as_practice_reads
from retention.queries.roster_record import ToldWeek


def in_minutes(week: RosterWeek, session_minutes: int) -> Week:
    """Return a roster's half-days with minutes: a whole session where it says none."""
    return {
        half_day: (kind, minutes or session_minutes) for half_day, (kind, minutes) in week.items()
    }


def same_week(week: RosterWeek, told: ToldWeek | None, session_minutes: int) -> bool:
    """Whether the record holds these half-days, as far as the practice can tell them apart.

    Compared as the practice reads them: a roster must not find out what "other work" is.
    """
    if told is None:
        return not week
    shows = told.shows_mentoring
    return as_practice_reads(in_minutes(week, session_minutes), shows) == told.week


def new_week_start(
    post: Post, told: ToldWeek | None, wanted: dt.date | None, today: dt.date
) -> dt.date | None:
    """Return the first day of new half-days, or None where a week in the record begins later."""
    starts_on = max(wanted or today, post.starts_on)
    if told and told.starts_on > starts_on:
        return None
    if post.ends_on and starts_on >= post.ends_on:
        return None
    return starts_on
