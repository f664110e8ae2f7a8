"""What the API reads and writes of a practice's roster."""

import datetime as dt
from typing import Annotated
from uuid import UUID

from ninja import Field, Schema

from accounts.api_types import Line
from retention.api.post_schemas import ReasonToChoose
from retention.imports.roster_fields import BY_COLUMN
from retention.models.roster_run import RosterState


class RosterTermsIn(Schema):
    """What stands beside the file in the form."""

    agreement_hub: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{0,80}$")] = Field(
        "", description="Slug of the hub whose agreement on keeping posts the people come under."
    )
    told_on: dt.date | None = Field(
        None, description="When the people were told. Without both, no figure counts the rows."
    )


class RosterRowOut(Schema):
    """What becomes of a row of the file."""

    line: int
    name: str
    role: str
    outcome: str = Field(description="created, changed, ended, unchanged, ask or rejected.")
    details: list[str]
    reason: str = Field(description="Why it is not loaded, and what to do.")
    # Pairs, as the report is stored; a key is a person's public id.
    who: list[list[str]] = Field([], description="Of `ask`: key and name of each who it may be.")


class AbsentOut(Schema):
    """A post of the record that the file does not name; it stays unless it is ended."""

    post: UUID
    name: str
    role: str


class RosterOut(Schema):
    """A roster on its way: poll it until it is no longer checking or loading."""

    id: UUID
    state: RosterState
    message: str = Field(description="Why it was stopped or stands as it does; empty else.")
    notes: list[str] = Field(description="What was taken out before anything was stored.")
    columns: dict[str, str] = Field(description="The column of ours that each header stands for.")
    counts: dict[str, int]
    rows: list[RosterRowOut]
    absent: list[AbsentOut]


class ColumnsIn(Schema):
    """The column of ours for each header; a header that is left out is not read."""

    columns: dict[Line, Line] = Field(description=f"One of {', '.join(BY_COLUMN)}, or empty.")


class WhoIn(Schema):
    """Who a row is that may be somebody known here."""

    line: Annotated[int, Field(ge=1, le=1_000_000)]
    # Needed, so that nobody becomes somebody new by a name that was left out.
    person: UUID | None = Field(description="A key out of the row's `who`; null: somebody new.")


class WhoAnswersIn(Schema):
    """Answers to rows whose outcome is `ask`; the others wait."""

    answers: list[WhoIn]


class NoticeIn(Schema):
    """What a loaded roster comes under, said later."""

    agreement_hub: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,80}$")]
    told_on: dt.date


class FreedOut(Schema):
    """How many posts wait no longer."""

    posts: int


class ConfirmRosterIn(Schema):
    """Which posts end that are not in the file: none, unless they are named here."""

    end_posts: list[UUID] = Field([], description="Out of `absent`.")
    last_day: dt.date | None = Field(None, description="Needed with `end_posts`: the last day in.")
    reason: ReasonToChoose | None = None


class UndoneOut(Schema):
    """Of how many people the roster was undone, and of whom it could not be."""

    undone: int
    # Named: these somebody has to look at by hand.
    kept: list[str]


class ConfirmedOut(Schema):
    """When a practice last said how its staff stand."""

    confirmed_on: dt.date | None


class RosterLineOut(Schema):
    """An upload; ask for it by its id to read its rows."""

    id: UUID = Field(alias="public_id")
    file_name: str
    state: RosterState
    message: str
    uploaded_at: dt.datetime
    loaded_at: dt.datetime | None


class RostersOut(Schema):
    """A practice's newest uploads, and when it last said how its staff stand."""

    confirmed_on: dt.date | None = Field(
        description="By a roster that was loaded, or by saying that nothing changed."
    )
    rosters: list[RosterLineOut]
