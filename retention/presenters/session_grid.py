"""Weeks in words: half-days, totals, and from when until when."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from models.sessions import minutes_to_sessions
from retention.models import Post, SessionPattern
from retention.models.session_pattern import Basis, CellKind, PartOfDay, Weekday
from retention.queries.patterns import (
    OTHER_WORK,
    Shape,
    Terms,
    Week,
    WeekTotals,
    pattern_totals,
    shape_of,
)
from retention.queries.weeks_to_copy import WeekToCopy

KIND_WORDS = {**dict(CellKind.choices), OTHER_WORK: "Other work"}
# The letter that sets a kind in the quick grid; Admin and Appraisal, Clinical and CPD share one.
KIND_KEYS = {
    CellKind.CLINICAL: "c",
    CellKind.ADMIN: "a",
    CellKind.MENTORING: "m",
    CellKind.TRAINING: "t",
    CellKind.CPD: "p",
    CellKind.APPRAISAL: "r",
    CellKind.LEADERSHIP: "l",
}


@dataclass(frozen=True)
class CopyWords:
    """A week to copy, as a choice of a list."""

    value: str
    label: str


@dataclass(frozen=True)
class TotalsWords:
    """What a week adds up to; `by_kind` are rows of kind and hours, most hours first.

    `figures` are rows of what else is to say, each figure by its own name.
    """

    sessions: str
    hours: str
    fte: str
    fte_by_sessions: str
    by_kind: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, str], ...]

    @property
    def fte_named(self) -> str:
        """The full-time equivalent; by hours and by sessions where the two differ."""
        if self.fte == self.fte_by_sessions:
            return f"{self.fte} FTE"
        return f"{self.fte} FTE by hours, {self.fte_by_sessions} by sessions"

    @property
    def sentence(self) -> str:
        """All in one line, for a status message."""
        return f"{self.sessions}, {self.hours}, {self.fte_named}"


@dataclass(frozen=True)
class TableWords:
    """Headers and rows of a table."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class PatternWords:
    """A told pattern: its dates, its total in a line, and its half-days."""

    period: str
    total: str
    tables: tuple["NamedTable", ...]
    anchor: str
    terms: str


@dataclass(frozen=True)
class NamedTable:
    """A week on the page: its caption, the id that its table has, and the table."""

    caption: str
    anchor: str
    table: TableWords


def totals_words(totals: WeekTotals) -> TotalsWords:
    """Return a week's totals as the page and the status message say them."""
    # Most hours first; equals in a fixed order, or they would swap places while somebody types.
    kinds = sorted(totals.minutes_by_kind.items(), key=lambda item: (-item[1], item[0]))
    return TotalsWords(
        sessions=sessions_words(totals.sessions),
        hours=hours_words(totals.minutes),
        fte=f"{totals.fte:.2f}",
        fte_by_sessions=f"{totals.fte_by_sessions:.2f}",
        by_kind=tuple((KIND_WORDS[kind], hours_words(minutes)) for kind, minutes in kinds),
        figures=tuple(_figures(totals)),
    )


def _figures(totals: WeekTotals) -> list[tuple[str, str]]:
    rows = [
        # Two ways to be whole time: they differ with the length of a session, and neither is wrong.
        ("FTE by hours, 37.5 a week being one", f"{totals.fte:.2f}"),
        ("FTE by sessions, nine a week being one", f"{totals.fte_by_sessions:.2f}"),
    ]
    if totals.working_minutes != totals.minutes:
        rows.append(("In a week in work", hours_words(totals.working_minutes)))
    if totals.extended_minutes:
        rows.append(("Evenings and Saturdays", hours_words(totals.extended_minutes)))
    if totals.actual_minutes is not None:
        rows += [
            ("Contracted, in a week in work", hours_words(totals.working_minutes)),
            ("Really worked, seen by you alone", hours_words(totals.actual_minutes)),
        ]
    return rows


def terms_words(shape: Shape) -> str:
    """Return how a pattern goes over weeks and year; empty for the same week all year."""
    return " ".join(filter(None, (_rhythm_words(shape), _basis_words(shape.terms))))


def _rhythm_words(shape: Shape) -> str:
    return "" if shape.week_b is None else "Two weeks in turn, A and B."


def _basis_words(terms: Terms) -> str:
    if terms.basis == Basis.TERM_TIME:
        return f"In term time only: {terms.weeks_a_year} weeks a year."
    if terms.basis == Basis.ANNUALISED:
        return (
            f"{sessions_words(float(terms.sessions_a_year or 0))} a year,"
            f" worked in {terms.weeks_a_year} weeks."
        )
    return ""


def shape_tables(shape: Shape, caption: str, anchor: str) -> tuple[NamedTable, ...]:
    """Return the week as a table, or the two in turn as two."""
    if shape.week_b is None:
        return (NamedTable(caption, anchor, week_table(shape.week)),)
    return (
        NamedTable(f"{caption}: week A", f"{anchor}-a", week_table(shape.week)),
        NamedTable(f"{caption}: week B", f"{anchor}-b", week_table(shape.week_b)),
    )


def sessions_words(sessions: float) -> str:
    """Return "7.5 sessions", to a tenth."""
    # 7.5, and 7 rather than 7.0.
    number = f"{round(sessions, 1):g}"
    return f"{number} session" if number == "1" else f"{number} sessions"


def hours_words(minutes: int) -> str:
    """Return "33 hours 20 minutes"."""
    hours, rest = divmod(minutes, 60)
    words = []
    if hours or not rest:
        words.append(f"{hours} hour" if hours == 1 else f"{hours} hours")
    if rest:
        words.append(f"{rest} minute" if rest == 1 else f"{rest} minutes")
    return " ".join(words)


def date_words(date: dt.date) -> str:
    """Return "1 April 2027"."""
    return f"{date.day} {date:%B %Y}"


def period_words(starts_on: dt.date | None, ends_on: dt.date | None) -> str:
    """Return "1 April 2026 to 31 May 2026": the last day is the one before the end."""
    start = date_words(starts_on) if starts_on else "the beginning"
    if ends_on is None:
        return f"From {start}"
    return f"{start} to {last_day_words(ends_on)}"


def last_day_words(ends_on: dt.date) -> str:
    """Return the last day of what has ended by `ends_on`: the day that people say and enter."""
    return date_words(ends_on - dt.timedelta(days=1))


def week_table(week: Week) -> TableWords:
    """Return a week as a table of days by parts of the day."""
    return TableWords(
        headers=("Day", *(part.label for part in PartOfDay)),
        rows=tuple(
            (day.label, *(_half_day(week, day.value, part.value) for part in PartOfDay))
            for day in Weekday
        ),
    )


def pattern_words(pattern: SessionPattern, session_minutes: int) -> PatternWords:
    """Return a told pattern in words."""
    shape = shape_of(pattern)
    period = period_words(pattern.starts_on, pattern.ends_on)
    anchor = f"week-{pattern.public_id}"
    return PatternWords(
        period=period,
        total=totals_words(pattern_totals(shape, session_minutes)).sentence,
        tables=shape_tables(shape, period, anchor),
        anchor=anchor,
        terms=terms_words(shape),
    )


def brushes() -> Sequence[tuple[str, str, str]]:
    """Return (kind, words, key) of what the quick grid can set, off last."""
    kinds = [(kind.value, kind.label, KIND_KEYS[kind]) for kind in CellKind]
    return [*kinds, ("", "Off", "o")]


def session_length_words(minutes: int) -> str:
    """Return the length of a post's session, and how it compares with the contract's."""
    if minutes_to_sessions(minutes) == 1:
        return f"{hours_words(minutes)}, as in the national contract"
    return hours_words(minutes)


def _half_day(week: Week, weekday: int, part: str) -> str:
    if (weekday, part) not in week:
        return "Off"
    kind, minutes = week[weekday, part]
    return f"{KIND_WORDS[kind]}, {minutes} min"


def copy_words(post: Post, weeks: Sequence[WeekToCopy]) -> list[CopyWords]:
    """Return the weeks that can be copied into `post`, each by its place, its time and its sum."""
    return [CopyWords(str(week.pattern.public_id), _copy_label(post, week)) for week in weeks]


def _copy_label(post: Post, week: WeekToCopy) -> str:
    pattern = week.pattern
    place = "Here" if pattern.post_id == post.pk else str(pattern.post)
    told = pattern.told_at is not None
    when = period_words(pattern.starts_on, pattern.ends_on) if told else "Draft"
    total = pattern_totals(week.shape, post.session_minutes)
    return f"{place}. {when}: {sessions_words(total.sessions)}"
