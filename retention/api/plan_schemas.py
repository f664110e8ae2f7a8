"""What the API reads and writes of plans."""

import datetime as dt
from typing import Annotated
from uuid import UUID

from ninja import Field, Schema

from accounts.api_types import FIRST_DAY_OUT, PlaceName, Slug, Version
from retention.models.plan import Wish


class PlanIn(Schema):
    """When you may retire, and what you would like instead. This is not notice."""

    version: Version
    # Which years can be is for the action to say, which knows today's.
    retire_year: Annotated[int, Field(ge=1900, le=2200)] | None = None
    wishes: list[Wish] = Field([], max_length=20, description="What you would like instead.")


class PlanShareOut(Schema):
    """A hub that may read your plan until a day."""

    id: UUID
    recipient: PlaceName
    starts_on: dt.date
    ends_on: dt.date = Field(description=FIRST_DAY_OUT)


class PlanOut(Schema):
    """Your plan, and who may read it."""

    version: int = Field(description="0 where you have none.")
    retire_year: int | None
    wishes: list[str]
    shares: list[PlanShareOut]


class SharePlanIn(Schema):
    """Which hub may read your plan for six months."""

    hub: Slug = Field(description="Slug of a hub that recognises you.")


class SharedPlanOut(Schema):
    """A plan that its person shares with the hub."""

    name: str
    retire_year: int | None
    wishes: list[str]
    ends_on: dt.date = Field(description=FIRST_DAY_OUT)
