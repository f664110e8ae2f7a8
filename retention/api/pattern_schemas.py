"""What the API reads and writes of session patterns: weeks, drafts, and how they went on."""

import datetime as dt
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from ninja import Field, Schema

from accounts.api_types import FIRST_DAY_OUT, PlaceName, Version
from retention.models.session_pattern import (
    MOST_ACTUAL_MINUTES,
    MOST_SESSIONS_A_YEAR,
    WEEKS_A_YEAR,
    Basis,
    CellKind,
    PartOfDay,
    Weekday,
)

# Eight hours: more is two half-days.
Minutes = Annotated[int, Field(ge=1, le=480)]


class HalfDay(Schema):
    """What a half-day is for. A half-day off is left out."""

    weekday: Weekday = Field(description="0 is Monday, 5 is Saturday.")
    part: PartOfDay = Field(description="am, pm or eve.")
    kind: CellKind
    minutes: Minutes


class HalfDayOut(Schema):
    """What a half-day is for; a practice may read `other` for what it is not told apart."""

    weekday: int
    part: str
    # Not CellKind: a practice also reads `other`, which no person can enter.
    kind: str
    minutes: int


class TotalsOut(Schema):
    """What a week adds up to."""

    half_days: float = Field(description="In a week in work, on average of two in turn.")
    sessions: float = Field(description="Of the post's own length, on average over the year.")
    minutes: int = Field(description="A week, on average over the year.")
    fte: float = Field(description="By hours: 37.5 of them are one.")
    fte_by_sessions: float = Field(description="By sessions: nine of them are one.")
    minutes_by_kind: dict[str, int] = Field(description="In a week in work.")
    working_minutes: int = Field(description="Contracted, in a week in work.")
    extended_minutes: int = Field(description="In evenings and on Saturdays, in a week in work.")


class PatternOut(Schema):
    """A week of half-days."""

    id: UUID
    starts_on: dt.date | None = Field(description="Null for a draft.")
    ends_on: dt.date | None = Field(description=FIRST_DAY_OUT)
    told_at: dt.datetime | None = Field(description="Null for a draft, which you alone can see.")
    shows_mentoring: bool
    version: int
    week: list[HalfDayOut] = Field(description="Week A, where two follow in turn.")
    week_b: list[HalfDayOut] | None = Field(description="Null where every week is the same.")
    basis: str
    weeks_a_year: int | None
    sessions_a_year: float | None
    actual_minutes: int | None = Field(description="Really worked a week; null for anyone else.")
    totals: TotalsOut


class PeriodOut(Schema):
    """A told week of a post, from a day until a day."""

    organisation: PlaceName
    role: str
    starts_on: dt.date
    ends_on: dt.date | None = Field(description=FIRST_DAY_OUT)
    totals: TotalsOut


class ClashOut(Schema):
    """A half-day that two posts of yours both hold."""

    weekday: int
    part: str
    first: PlaceName
    second: PlaceName
    every_week: bool = Field(description="Else in some weeks, where one of them alternates.")


class TimelineOut(Schema):
    """How sessions went over the years, in all of a person's posts or in one."""

    date: dt.date
    sessions: float | None = Field(description="A week, on that date; null where none is told.")
    changes: dict[int, float | None] = Field(
        description="By years before the date; null where nothing is recorded for one of the days."
    )
    periods: list[PeriodOut]


class DraftIn(Schema):
    """A whole week; it takes the place of the draft."""

    version: Version
    # Six days of three parts.
    week: list[HalfDay] = Field(max_length=18)
    week_b: list[HalfDay] | None = Field(
        None, max_length=18, description="The second of two weeks in turn; null for one week."
    )
    basis: Basis = Basis.ALL_YEAR
    weeks_a_year: Annotated[int, Field(ge=1, le=WEEKS_A_YEAR)] | None = None
    sessions_a_year: (
        Annotated[Decimal, Field(gt=0, le=MOST_SESSIONS_A_YEAR, decimal_places=1)] | None
    ) = None
    actual_minutes: Annotated[int, Field(ge=0, le=MOST_ACTUAL_MINUTES)] | None = Field(
        None, description="Really worked in a usual week; for you alone."
    )


class TellIn(Schema):
    """From when the draft holds, and what the practice may tell apart in it."""

    version: Version
    starts_on: dt.date
    shows_mentoring: bool = False
