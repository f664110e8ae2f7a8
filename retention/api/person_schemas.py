"""What the API reads and writes of a person: details, and the own outlook."""

from typing import Annotated

from ninja import Field, Schema

from accounts.api_types import NO_NUL, Version
from retention.models.person import Profession


class PersonIn(Schema):
    """What you say about yourself."""

    version: Version
    name: Annotated[str, Field(min_length=1, max_length=120, pattern=NO_NUL)]
    profession: Profession
    # The year and never the day: it is enough for every use.
    year_of_birth: Annotated[int, Field(ge=1920, le=2015)] | None = None
    # That it is past is for the action to say, which knows today.
    qualified_year: Annotated[int, Field(ge=1940, le=2100)] | None = None


class PersonOut(Schema):
    """Yourself, as the record has you; empty before you said anything."""

    version: int
    name: str
    profession: str
    year_of_birth: int | None
    qualified_year: int | None


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
    # Apart from `horizons`: a plan is a what-if, and never enters a figure.
    planned: list[PersonHorizonOut] | None = Field(
        description="The same with your plan taken as an assumption."
    )
