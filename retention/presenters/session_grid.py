"""Weeks in words: half-days, totals, and from when until when."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from models.sessions import minutes_to_sessions
from retention.models import SessionPattern
from retention.models.session_pattern import CellKind, PartOfDay, Weekday
from retention.queries.patterns import OTHER_WORK, Week, WeekTotals, week_of, week_totals

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
class TotalsWords:
    """What a week adds up to; `by_kind` are rows of kind and hours, most hours first."""

    sessions: str
    hours: str
    fte: str
    by_kind: tuple[tuple[str, str], ...]

    @property
    def sentence(self) -> str:
        """All in one line, for a status message."""
        return f"{self.sessions}, {self.hours}, {self.fte} FTE"


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
    table: TableWords
    anchor: str


def totals_words(totals: WeekTotals) -> TotalsWords:
    """Return a week's totals as the page and the status message say them."""
    kinds = sorted(totals.minutes_by_kind.items(), key=lambda item: (-item[1], item[0]))
    return TotalsWords(
        sessions=sessions_words(totals.sessions),
        hours=hours_words(totals.minutes),
        fte=f"{totals.fte:.2f}",
        by_kind=tuple((KIND_WORDS[kind], hours_words(minutes)) for kind, minutes in kinds),
    )


def sessions_words(sessions: float) -> str:
    """Return "7.5 sessions", to a tenth."""
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
    return f"{start} to {date_words(ends_on - dt.timedelta(days=1))}"


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
    week = week_of(pattern)
    return PatternWords(
        period=period_words(pattern.starts_on, pattern.ends_on),
        total=totals_words(week_totals(week, session_minutes)).sentence,
        table=week_table(week),
        anchor=f"week-{pattern.public_id}",
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
