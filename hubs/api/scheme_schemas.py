"""What the API reads and writes of schemes."""

import datetime as dt
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from ninja import Field, Schema

from accounts.api_types import NO_NUL, Line, PlaceName, Text, Version
from hubs.models.scheme import SchemeState

# As wide as the columns: SQLite would store more digits, and PostgreSQL refuse them.
Sessions = Annotated[Decimal, Field(ge=0, le=12, max_digits=3, decimal_places=1)]
Rate = Annotated[Decimal, Field(ge=0, max_digits=8, decimal_places=2)]
Budget = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)]
Places = Annotated[int, Field(ge=1, le=1_000_000)]


class SchemeIn(Schema):
    """The terms of a scheme. Each rule is a switch of its own; null or false is off."""

    name: Annotated[str, Field(min_length=1, max_length=120, pattern=NO_NUL)]
    purpose: Text
    # A code and not a choice of two: a hub can have several ICBs.
    area: Line = Field(description="Code of the hub, for the whole of it, or of one of its ICBs.")
    starts_on: dt.date
    ends_on: dt.date = Field(description="The last day.")
    min_clinical_sessions: Sessions | None = None
    licence_required: bool = False
    performers_list_required: bool = False
    min_years_qualified: Annotated[int, Field(ge=0, le=40)] | None = None
    years_justification: Text = Field(
        "", description="Why years since qualification matter; needed with that rule."
    )
    session_minutes: Annotated[int, Field(ge=60, le=480)] = 250
    rate: Rate = Field(description="Payment for a session, in pounds.")
    budget: Budget = Field(description="In pounds.")
    places: Places = Field(description="Places for mentees.")


class ChangeSchemeIn(SchemeIn):
    """The terms of a draft, and the version that they were made from."""

    version: Version


class VersionIn(Schema):
    """The version that was read."""

    version: Version


class SchemeOut(Schema):
    """A scheme."""

    id: UUID = Field(alias="public_id")
    hub: PlaceName
    area: PlaceName
    name: str
    purpose: str
    state: SchemeState
    starts_on: dt.date
    ends_on: dt.date = Field(description="The last day, as a scheme is written; not the one after.")
    min_clinical_sessions: Decimal | None
    licence_required: bool
    performers_list_required: bool
    min_years_qualified: int | None
    years_justification: str
    session_minutes: int
    rate: Decimal
    budget: Decimal
    places: int
    version: int


class RuleOut(Schema):
    """One rule that a scheme has switched on, and how your offer stands to it."""

    rule: str
    met: str = Field(description="met, not met or not known")
    reason: str


class FitOut(Schema):
    """An open scheme, and how your offer stands to each of its rules."""

    scheme: SchemeOut
    fits: bool
    rules: list[RuleOut] = Field(alias="results")
