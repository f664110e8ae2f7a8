"""A practice's people in words: posts, told weeks, and who is in when."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from organisations.models import Organisation
from retention.models.session_pattern import PartOfDay, Weekday
from retention.presenters.session_grid import KIND_WORDS, date_words, totals_words
from retention.queries.patterns import week_for_practice, week_totals
from retention.queries.posts import PracticePost


@dataclass(frozen=True)
class StaffRow:
    """A post in the list of a practice."""

    name: str
    role: str
    since: str
    week: str
    kinds: str
    coming: tuple[str, ...]
    confirm_url: str
    end_url: str
    link_url: str


@dataclass(frozen=True)
class HalfDayPeople:
    """Who is in on a half-day, and for what."""

    part: str
    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DayPeople:
    """A day of the joint view."""

    name: str
    parts: tuple[HalfDayPeople, ...]


def staff_rows(practice: Organisation, people: Sequence[PracticePost]) -> list[StaffRow]:
    """Return the posts of a practice in the order given."""
    return [_staff_row(practice, item) for item in people]


def joint_week(people: Sequence[PracticePost]) -> list[DayPeople]:
    """Return who is in on each half-day, by what each person told the practice."""
    weeks = [
        (item.post.person.name, week_for_practice(item.current)) for item in people if item.current
    ]
    return [
        DayPeople(
            name=day.label,
            parts=tuple(
                HalfDayPeople(
                    part=part.label,
                    people=tuple(
                        (name, KIND_WORDS[week[day.value, part.value][0]])
                        for name, week in weeks
                        if (day.value, part.value) in week
                    ),
                )
                for part in PartOfDay
            ),
        )
        for day in Weekday
    ]


def _staff_row(practice: Organisation, item: PracticePost) -> StaffRow:
    post = item.post
    minutes = post.session_minutes
    current = week_totals(week_for_practice(item.current), minutes) if item.current else None
    words = totals_words(current) if current else None
    return StaffRow(
        name=post.person.name,
        role=post.get_role_display(),
        since=_since(item),
        week=words.sentence if words else "No week told yet",
        kinds="; ".join(f"{kind} {hours}" for kind, hours in words.by_kind) if words else "",
        coming=tuple(
            f"From {date_words(pattern.starts_on)}:"
            f" {totals_words(week_totals(week_for_practice(pattern), minutes)).sentence}"
            for pattern in item.coming
            if pattern.starts_on
        ),
        confirm_url=""
        if post.confirmed_on
        else reverse("post-confirm", args=[practice.code, post.public_id]),
        end_url=""
        if post.end_reason
        else reverse("post-end", args=[practice.code, post.public_id]),
        link_url=""
        if post.person.user_id
        else reverse("post-link", args=[practice.code, post.public_id]),
    )


def _since(item: PracticePost) -> str:
    post = item.post
    words = f"Since {date_words(post.starts_on)}"
    return f"{words}; ends on {date_words(post.ends_on)}" if post.ends_on else words
