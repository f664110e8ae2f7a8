"""What the API reads and writes of a person's record: details, posts, weeks, the own outlook."""

import datetime as dt
from typing import Annotated
from uuid import UUID

from ninja import Field, Schema

from accounts.api_types import Line, PlaceName, Text, Version
from retention.models.person import Profession
from retention.models.post import DEFAULT_SESSION_MINUTES, EndReason, PostRole
from retention.models.session_pattern import CellKind, PartOfDay, Weekday

Minutes = Annotated[int, Field(ge=1, le=480)]
SessionMinutes = Annotated[int, Field(ge=120, le=360)]
_FIRST_DAY_OUT = "The first day that is no longer in."


class PersonIn(Schema):
    """What you say about yourself."""

    name: Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\x00]*$")]
    profession: Profession
    year_of_birth: Annotated[int, Field(ge=1920, le=2015)] | None = None
    qualified_year: Annotated[int, Field(ge=1940, le=2100)] | None = None


class PersonOut(Schema):
    """Yourself, as the record has you; empty before you said anything."""

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

    half_days: int
    sessions: float = Field(description="Of the post's own length.")
    minutes: int
    fte: float = Field(description="By hours: 37.5 of them are one.")
    minutes_by_kind: dict[str, int]


class PatternOut(Schema):
    """A week of half-days."""

    id: UUID
    starts_on: dt.date | None = Field(description="Null for a draft.")
    ends_on: dt.date | None = Field(description=_FIRST_DAY_OUT)
    told_at: dt.datetime | None = Field(description="Null for a draft, which you alone can see.")
    shows_mentoring: bool
    version: int
    week: list[HalfDayOut]
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


class DraftIn(Schema):
    """A whole week; it takes the place of the draft."""

    version: Version
    week: list[HalfDay] = Field(max_length=18)


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


class PracticePostOut(Schema):
    """A post as its practice sees it."""

    name: str
    profession: str
    post: PostOut
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


class OwnOutlookOut(Schema):
    """Your own outlook: made for this request, kept nowhere, seen by nobody else."""

    missing: str = Field(
        description="What it lacks: profession, year_of_birth, not_a_gp, in_training or age."
        " Empty where it could be made."
    )
    age: int | None
    sessions: float
    table_version: str | None
    horizons: list[PersonHorizonOut] | None
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
