"""What deletes the workforce record when its time is over."""

import datetime as dt

from django.conf import settings

from accounts.models import Subject
from retention.models import Person, Post, PostChange, SessionPattern


def years_before(now: dt.datetime, years: int) -> dt.datetime:
    """Return the same moment so many years before, on the 28th where the month has more days."""
    # Earlier by up to three days in long months, so that no 29 February is asked for.
    return now.replace(year=now.year - years, day=min(now.day, 28))


def forget_told_changes(now: dt.datetime) -> int:
    """Delete drafts of weeks whose post has ended, and what undoing a change would have needed.

    Returns how many rows; a day that has come cannot be undone.
    """
    drafts = SessionPattern.objects.filter(told_at__isnull=True, post__ends_on__lte=now.date())
    past = PostChange.objects.filter(starts_on__lte=now.date()).exclude(before={})
    return drafts.delete()[0] + past.update(before={})


def forget_ended_posts(now: dt.datetime) -> int:
    """Delete posts that ended so many years ago, with their weeks; returns how many rows went.

    Whoever was in the record by a practice's word alone and has no post left goes too. Who has an
    account stays until they erase themselves.
    """
    before = years_before(now, settings.RECORDS_KEPT_YEARS).date()
    ended = Post.objects.filter(ends_on__lt=before)
    unknown = list(
        Person.objects.filter(posts__in=ended, user__isnull=True).values_list("pk", "subject")
    )
    gone = ended.delete()[0]
    people = Person.objects.filter(pk__in=[pk for pk, _ in unknown], posts__isnull=True)
    gone += people.delete()[0]
    # Their number in the audit log leads nowhere now.
    Subject.objects.filter(
        pk__in=[subject for _, subject in unknown], person__isnull=True, user__isnull=True
    ).delete()
    return gone
