"""What the API reads and writes of a person's record: details, posts, weeks, the own outlook."""

import datetime as dt
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from ninja import Field, Schema

from accounts.api_types import Line, PlaceName, Text, Version
from retention.models.absence import AbsenceReason
from retention.models.person import Profession
from retention.models.post import DEFAULT_SESSION_MINUTES, EndReason, PostRole
from retention.models.session_pattern import (
    MOST_ACTUAL_MINUTES,
    MOST_SESSIONS_A_YEAR,
    WEEKS_A_YEAR,
    Basis,
    CellKind,
    PartOfDay,
    Weekday,
)

Minutes = Annotated[int, Field(ge=1, le=480)]
SessionMinutes = Annotated[int, Field(ge=120, le=360)]
_FIRST_DAY_OUT = "The first day that is no longer in."


class PersonIn(Schema):
    """What you say about yourself."""

    version: Version
    name: Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\x00]*$")]
    profession: Profession
    year_of_birth: Annotated[int, Field(ge=1920, le=2015)] | None = None
    qualified_year: Annotated[int, Field(ge=1940, le=2100)] | None = None


class PersonOut(Schema):
    """Yourself, as the record has you; empty before you said anything."""

    version: int
    name: str
    profession: str
    year_of_birth: int | None
    qualified_year: int | None


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
    ends_on: dt.date | None = Field(description=_FIRST_DAY_OUT)
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


class PostOut(Schema):
    """A person in a place, with a role."""

    id: UUID
    organisation: PlaceName
    role: str
    session_minutes: int
    confirmed_on: dt.date | None = Field(description="Null until the practice confirms it.")
    starts_on: dt.date
    ends_on: dt.date | None = Field(description=_FIRST_DAY_OUT)
    end_reason: str


class ReadersOut(Schema):
    """Who will read a week that you tell."""

    managers: list[str] | None = Field(description="Named once the practice confirmed the post.")
    managers_count: int
    totals_with: list[PlaceName]


class MyPostOut(Schema):
    """One of your posts with its weeks."""

    post: PostOut
    current: PatternOut | None
    earlier: list[PatternOut]
    coming: list[PatternOut]
    draft: PatternOut | None
    readers: ReadersOut


class PeriodOut(Schema):
    """A told week of one of your posts, from a day until a day."""

    organisation: PlaceName
    role: str
    starts_on: dt.date
    ends_on: dt.date | None = Field(description=_FIRST_DAY_OUT)
    totals: TotalsOut


class TimelineOut(Schema):
    """How your sessions went over the years, in all your posts together."""

    date: dt.date
    sessions: float | None = Field(description="A week, on that date; null where none is told.")
    changes: dict[int, float | None] = Field(
        description="By years before the date; null where nothing is recorded for one of the days."
    )
    periods: list[PeriodOut]


class DraftIn(Schema):
    """A whole week; it takes the place of the draft."""

    version: Version
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


class DeclarePostIn(Schema):
    """A post that you hold; the practice confirms it."""

    organisation: Line = Field(description="Code of a practice, network or training hub.")
    role: PostRole
    starts_on: dt.date
    session_minutes: SessionMinutes = DEFAULT_SESSION_MINUTES


class AddPostIn(Schema):
    """A post in your practice: of someone it knows (`person`), or of someone new (`new_name`)."""

    person: Line = Field(
        "", description="A key that the list of people to choose from gives; else a new person."
    )
    new_name: Annotated[str, Field(max_length=120, pattern=r"^[^\x00]*$")] = ""
    new_profession: Profession | None = None
    role: PostRole
    starts_on: dt.date
    session_minutes: SessionMinutes = DEFAULT_SESSION_MINUTES


class EndPostIn(Schema):
    """When and why a post ends."""

    ends_on: dt.date = Field(description="The first day without the post.")
    reason: EndReason


class AbsenceIn(Schema):
    """From when somebody is away, and the first day back where it is known."""

    starts_on: dt.date
    ends_on: dt.date | None = Field(None, description="The first day back.")
    reason: AbsenceReason


class EndAbsenceIn(Schema):
    """When somebody is back."""

    ends_on: dt.date = Field(description="The first day back.")


class AbsenceOut(Schema):
    """A leave of absence: the post goes on."""

    id: UUID = Field(alias="public_id")
    starts_on: dt.date
    ends_on: dt.date | None = Field(description="The first day back.")
    reason: str


class PracticePostOut(Schema):
    """A post as its practice sees it."""

    name: str
    profession: str
    post: PostOut
    absence: AbsenceOut | None = Field(description="The leave that holds today.")
    current: PatternOut | None
    coming: list[PatternOut]


class ChoiceOut(Schema):
    """Someone whom a practice can give a post."""

    key: str
    name: str


class PersonHorizonOut(Schema):
    """Chances within some years, and the weekly sessions to expect then."""

    years: int
    retire: float
    leave_otherwise: float
    stay: float
    sessions_expected: float


class ExplanationPartOut(Schema):
    """One part of a chance: what it rests on, what it does, what would change it."""

    name: str
    words: str
    log_odds: float
    effect: str
    change: str


class ExplanationOut(Schema):
    """Why the yearly chance of a cause is what it is; the parts add up in log-odds."""

    cause: str
    chance: float
    reference: float
    sentence: str
    parts: list[ExplanationPartOut]


class WhatIfOut(Schema):
    """The outlook under an assumption, at both ends of its range; no effect is published."""

    name: str
    low: float = Field(description="Share by which the yearly chance falls: the low end.")
    high: float
    sessions: float
    mentoring: float
    least: list[PersonHorizonOut]
    most: list[PersonHorizonOut]


class OwnOutlookOut(Schema):
    """Your own outlook: made for this request, kept nowhere, seen by nobody else."""

    missing: str = Field(
        description="What it lacks: profession, role, year_of_birth, in_training or age."
        " Empty where it could be made."
    )
    age: int | None
    sessions: float
    staff_group: str = Field(description="Whose standard table it is: gp, nurses, dpc or admin.")
    table_version: str | None
    horizons: list[PersonHorizonOut] | None
    explanations: list[ExplanationOut]
    pensions: list[str]
    what_ifs: list[WhatIfOut]
    plan_year: int | None
    planned: list[PersonHorizonOut] | None = Field(
        description="The same with your plan taken as an assumption."
    )


class PlanIn(Schema):
    """When you may retire, and what you would like instead. This is not notice."""

    version: Version
    retire_year: Annotated[int, Field(ge=1900, le=2200)] | None = None
    wishes: list[Text] = Field([], max_length=20, description="Keys of the list of wishes.")


class PlanShareOut(Schema):
    """A hub that may read your plan until a day."""

    id: UUID
    recipient: PlaceName
    starts_on: dt.date
    ends_on: dt.date = Field(description=_FIRST_DAY_OUT)


class PlanOut(Schema):
    """Your plan, and who may read it."""

    version: int = Field(description="0 where you have none.")
    retire_year: int | None
    wishes: list[str]
    shares: list[PlanShareOut]


class SharePlanIn(Schema):
    """Which hub may read your plan for six months."""

    hub: Line = Field(description="Slug of a hub that recognises you.")


class SharedPlanOut(Schema):
    """A plan that its person shares with the hub."""

    name: str
    retire_year: int | None
    wishes: list[str]
    until: dt.date = Field(description=_FIRST_DAY_OUT)
