"""What the API reads and writes of posts and of leave."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema

from accounts.api_types import FIRST_DAY_OUT, NO_NUL, Line, PlaceName
from retention.api.pattern_schemas import PatternOut
from retention.models.absence import AbsenceReason
from retention.models.person import Profession
from retention.models.post import DEFAULT_SESSION_MINUTES, REASONS_TO_CHOOSE, EndReason, PostRole

# A merger or a closure is said of the whole practice, never of one person's post.
ReasonToChoose = Annotated[
    EndReason,
    Field(description=f"One of {', '.join(reason.value for reason in REASONS_TO_CHOOSE)}."),
]
SessionMinutes = Annotated[int, Field(ge=120, le=360)]


class PostOut(Schema):
    """A person in a place, with a role."""

    id: UUID
    organisation: PlaceName
    role: PostRole
    session_minutes: int
    confirmed_on: dt.date | None = Field(description="Null until the practice confirms it.")
    starts_on: dt.date
    ends_on: dt.date | None = Field(description=FIRST_DAY_OUT)
    end_reason: EndReason | Literal[""]


class ReadersOut(Schema):
    """Who will read a week that you tell."""

    managers: list[str] | None = Field(description="Named once the practice confirmed the post.")
    managers_count: int
    totals_with: list[PlaceName]


class AbsenceOut(Schema):
    """A leave of absence: the post goes on."""

    id: UUID = Field(alias="public_id")
    starts_on: dt.date
    ends_on: dt.date | None = Field(description="The first day back.")
    reason: AbsenceReason


class MyPostOut(Schema):
    """One of your posts with its weeks."""

    post: PostOut
    current: PatternOut | None
    earlier: list[PatternOut]
    coming: list[PatternOut]
    draft: PatternOut | None
    absences: list[AbsenceOut] = Field(description="Leave that holds or is to come.")
    readers: ReadersOut


class DeclarePostIn(Schema):
    """A post that you hold; the practice confirms it."""

    organisation: Line = Field(description="Code of a practice, network or training hub.")
    role: PostRole
    starts_on: dt.date
    session_minutes: SessionMinutes = DEFAULT_SESSION_MINUTES


class AddPostIn(Schema):
    """A post in your practice: of someone it knows (`person`), or of someone new (`new_name`)."""

    person: Line = Field(
        "",
        description="A key that the list of people to choose from gives; empty for somebody new.",
    )
    new_name: Annotated[str, Field(max_length=120, pattern=NO_NUL)] = ""
    new_profession: Profession | None = None
    role: PostRole
    starts_on: dt.date
    session_minutes: SessionMinutes = DEFAULT_SESSION_MINUTES


class EndPostIn(Schema):
    """When and why a post ends."""

    ends_on: dt.date = Field(description="The first day without the post.")
    reason: ReasonToChoose


class AbsenceIn(Schema):
    """From when somebody is away, and the first day back where it is known."""

    starts_on: dt.date
    ends_on: dt.date | None = Field(None, description="The first day back.")
    reason: AbsenceReason


class EndAbsenceIn(Schema):
    """When somebody is back."""

    ends_on: dt.date = Field(description="The first day back.")


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
