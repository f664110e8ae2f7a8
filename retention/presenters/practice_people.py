"""A practice's people in words: posts, told weeks, and who is in when."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from organisations.models import Organisation
from retention.models import Absence, Post, SessionPattern
from retention.models.session_pattern import PartOfDay, Weekday
from retention.presenters.session_grid import (
    KIND_WORDS,
    TotalsWords,
    date_words,
    hours_words,
    last_day_words,
    terms_words,
    totals_words,
)
from retention.queries.patterns import HalfDay, Week, pattern_totals, shape_for_practice, week_on
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
    absence: str
    absence_url: str
    weeks_url: str
    terms: str
    contract: str
    registration: str


@dataclass(frozen=True)
class HalfDayPeople:
    """Who is in on a half-day, and for what."""

    part: str
    people: tuple[tuple[str, str], ...]
    counts: str = ""


@dataclass(frozen=True)
class DayPeople:
    """A day of the joint view."""

    name: str
    parts: tuple[HalfDayPeople, ...]


def staff_rows(practice: Organisation, people: Sequence[PracticePost]) -> list[StaffRow]:
    """Return the posts of a practice in the order given."""
    return [_staff_row(practice, item) for item in people]


def joint_week(people: Sequence[PracticePost], date: dt.date) -> list[DayPeople]:
    """Return who is in on each half-day of the week of `date`, as each person told it.

    Of two weeks in turn it is the one that `date` lies in; who is on leave is not in.
    """
    weeks = [
        (
            item.post.person.name,
            week_on(shape_for_practice(item.current), item.current.starts_on, date),
        )
        for item in people
        # On leave the week stands, and nobody works it.
        if item.current and not item.absence
    ]
    return [
        DayPeople(
            name=day.label,
            parts=tuple(_half_day(weeks, (day.value, part.value)) for part in PartOfDay),
        )
        for day in Weekday
    ]


def _half_day(weeks: Sequence[tuple[str, Week]], half_day: HalfDay) -> HalfDayPeople:
    kinds = [(name, KIND_WORDS[week[half_day][0]]) for name, week in weeks if half_day in week]
    counted = Counter(kind for _, kind in kinds)
    return HalfDayPeople(
        part=PartOfDay(half_day[1]).label,
        people=tuple(kinds),
        # How many, before who: that is what a rota is looked at for.
        counts=", ".join(f"{count} {kind.lower()}" for kind, count in counted.most_common()),
    )


def _staff_row(practice: Organisation, item: PracticePost) -> StaffRow:
    post = item.post
    words = _week_words(item.current, post) if item.current else None

    def url(name: str) -> str:
        return reverse(name, args=[practice.code, post.public_id])

    return StaffRow(
        name=post.person.name,
        role=post.get_role_display(),
        since=_since(item),
        week=words.sentence if words else "No week told yet",
        kinds="; ".join(f"{kind} {hours}" for kind, hours in words.by_kind) if words else "",
        coming=tuple(
            f"From {date_words(pattern.starts_on)}: {_week_words(pattern, post).sentence}"
            for pattern in item.coming
            if pattern.starts_on
        ),
        confirm_url="" if post.confirmed_on else url("post-confirm"),
        # With an end and its reason there is nothing left to end.
        end_url="" if post.end_reason else url("post-end"),
        absence=_absence_words(item.absence),
        absence_url=url("post-absence"),
        weeks_url=url("post-weeks"),
        contract=_contract_words(post.contracted_minutes),
        registration=post.person.registration,
        terms=terms_words(shape_for_practice(item.current)) if item.current else "",
        link_url="" if post.person.user_id else url("post-link"),
    )


def _week_words(pattern: SessionPattern, post: Post) -> TotalsWords:
    return totals_words(pattern_totals(shape_for_practice(pattern), post.session_minutes))


def _absence_words(absence: Absence | None) -> str:
    if absence is None:
        return ""
    back = f", back on {date_words(absence.ends_on)}" if absence.ends_on else ""
    return f"Away since {date_words(absence.starts_on)}{back}: {absence.get_reason_display()}"


def _contract_words(minutes: int | None) -> str:
    return f"Contract: {hours_words(minutes)} a week" if minutes is not None else ""


def _since(item: PracticePost) -> str:
    post = item.post
    words = f"Since {date_words(post.starts_on)}"
    why = f" ({post.get_end_reason_display()})" if post.end_reason else ""
    return f"{words}; last day {last_day_words(post.ends_on)}{why}" if post.ends_on else words
