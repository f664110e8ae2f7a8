"""People, posts and weeks of a whole roster, written at once.

The rules are those of posts.py, people.py and session_patterns.py: what those check one by one, the
plan has checked for all, and the database's constraints check again.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from accounts.models import Subject
from retention.actions.bulk_write import update, upsert
from retention.models import Person, Post, SessionCell, SessionPattern
from retention.models.session_pattern import WeekInTurn
from retention.queries.patterns import Week

AT_ONCE = 500
_CELL = ("pattern", "week", "weekday", "part", "kind", "minutes")


@dataclass(frozen=True)
class NewWeek:
    """Half-days that a practice says, in a post from a day."""

    post: Post
    week: Week
    starts_on: dt.date


def add_people(people: Sequence[Person]) -> None:
    """Store new people, each with a subject of its own; raises ValidationError."""
    subjects = [Subject() for _ in people]
    Subject.objects.bulk_create(subjects, batch_size=AT_ONCE)
    for person, subject in zip(people, subjects, strict=True):
        person.subject = subject
        person.clean_fields(exclude=["subject"])
    Person.objects.bulk_create(people, batch_size=AT_ONCE)


def add_posts(posts: Sequence[Post]) -> None:
    """Store new posts; raises ValidationError, or IntegrityError where one is there already."""
    for post in posts:
        post.clean_fields(exclude=["person", "organisation", "agreement"])
    Post.objects.bulk_create(posts, batch_size=AT_ONCE)


def change(records: Sequence[Model], names: Iterable[str]) -> None:
    """Store the named fields of changed records of one model; raises ValidationError."""
    fields = sorted({name.removesuffix("_id") for name in names})
    if not records or not fields:
        return
    model = type(records[0])
    others = {field.name for field in model._meta.concrete_fields} - set(fields)
    for record in records:
        record.clean_fields(exclude=[*others, "agreement"])
    update(records, fields)


def standing_weeks(weeks: Sequence[NewWeek]) -> QuerySet[SessionPattern]:
    """Return the told patterns that lie in the way of new weeks."""
    posts = [week.post.pk for week in weeks]
    told = SessionPattern.objects.filter(post__in=posts, told_at__isnull=False)
    first = min((week.starts_on for week in weeks), default=dt.date.max)
    return told.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=first))


def add_weeks(weeks: Sequence[NewWeek]) -> list[SessionPattern]:
    """Store weeks as told by the practice: the one before each ends on the day it begins."""
    starts = {week.post.pk: week.starts_on for week in weeks}
    before = []
    for pattern in standing_weeks(weeks):
        starts_on = starts[pattern.post_id]
        if pattern.starts_on and (pattern.ends_on is None or pattern.ends_on > starts_on):
            pattern.ends_on = max(pattern.starts_on, starts_on)
            before.append(pattern)
    SessionPattern.objects.bulk_update(before, ["ends_on"], batch_size=AT_ONCE)
    made = [
        SessionPattern(
            post=week.post,
            starts_on=week.starts_on,
            ends_on=week.post.ends_on,
            told_at=timezone.now(),
            told_by_practice=True,
        )
        for week in weeks
    ]
    SessionPattern.objects.bulk_create(made, batch_size=AT_ONCE)
    # Ten half-days for each person: as models they would hold the lock longer than all the rest.
    upsert(
        SessionCell,
        _CELL,
        (
            (pattern.pk, WeekInTurn.A.value, weekday, str(part), str(kind), minutes)
            for pattern, week in zip(made, weeks, strict=True)
            for (weekday, part), (kind, minutes) in week.week.items()
        ),
        unique=_CELL[:4],
        all_new=True,
    )
    return made
