"""What the API reads and writes of mentoring: offers, requests, pairs, meetings, runs."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema

from accounts.api_types import CountOut, Line, PlaceName, Version
from hubs.models.interests import Interest, Stage
from hubs.models.meeting import MeetingKind, MeetingState
from hubs.models.mentee_request import RequestState
from hubs.models.mentor_offer import OfferState
from hubs.models.pair import Answer, PairState
from hubs.models.pairing_run import RunState
from hubs.queries.pairs import Side

# The keys of hubs.models.availability.HALF_DAYS: day 0 to 5, then am, pm or eve.
HalfDayCode = Annotated[str, Field(pattern=r"^[0-5](am|pm|eve)$")]


class AvailabilityIn(Schema):
    """When, where and on what you can meet."""

    version: Version
    half_days: list[HalfDayCode] = Field([], max_length=18, description='Such as "2pm".')
    interests: list[Interest] = Field([], max_length=20)
    remote: bool = True
    district: Annotated[str, Field(max_length=4, pattern=r"^[A-Za-z0-9]*$")] = Field(
        "", description="The first half of a postcode; needed unless you can meet remotely."
    )
    max_km: Annotated[int, Field(ge=1, le=300)] | None = None
    # In no answer to anybody else, and in no reason why a pair is not made.
    never: Annotated[list[Line], Field(max_length=40)] | None = Field(
        None,
        description="Whom never to be paired with: addresses or practice codes. You alone read it."
        " It is one list for all that you offer and ask; left out, it stays as it is.",
    )
    never_seen: Annotated[list[Line], Field(max_length=40)] | None = Field(
        None,
        description="The list as you last read it; needed with `never`. What was added elsewhere"
        " since stays on the list.",
    )


class OfferIn(AvailabilityIn):
    """What you offer as a mentor."""

    hours_a_month: Annotated[Decimal, Field(ge=1, le=80, max_digits=4, decimal_places=1)]
    clinical_sessions: Annotated[Decimal, Field(ge=0, le=12, max_digits=3, decimal_places=1)]
    has_licence: bool = False
    on_performers_list: bool = False


class RequestIn(AvailabilityIn):
    """What you ask for as a mentee."""

    stage: Stage
    prefers_same_profession: bool = False


class AvailabilityOut(Schema):
    """When, where and on what someone can meet."""

    half_days: list[HalfDayCode]
    interests: list[Interest]
    remote: bool
    district: str = Field(description="The first half of a postcode; empty if not said.")
    max_km: int | None


class OwnAvailabilityOut(AvailabilityOut):
    """The same of oneself."""

    id: UUID = Field(alias="public_id")
    hub: PlaceName
    version: int
    never: list[str] = Field(description="Whom never to be paired with. You alone read it.")


class OfferOut(OwnAvailabilityOut):
    """Your offer."""

    state: OfferState
    hours_a_month: Decimal
    clinical_sessions: Decimal
    has_licence: bool
    on_performers_list: bool


class RequestOut(OwnAvailabilityOut):
    """Your request."""

    state: RequestState
    stage: Stage
    prefers_same_profession: bool


class OtherSideOut(AvailabilityOut):
    """The other side of your pair: no age, no year and no scheme."""

    name: str = Field(alias="person.name")
    profession: str = Field(alias="person.profession")
    stage: Stage | None = Field(None, description="Of a mentee.")


class OwnPairOut(Schema):
    """A pair that you are in."""

    id: UUID = Field(alias="pair.public_id")
    hub: PlaceName = Field(alias="pair.run.scheme.hub")
    side: Side = Field(description="What you are in it.")
    state: PairState = Field(alias="pair.state")
    my_answer: Answer = Field(alias="answer", description="Empty while you have not answered.")
    started_on: dt.date | None = Field(alias="pair.started_on")
    ended_on: dt.date | None = Field(
        alias="pair.ended_on", description="Meetings up to this day can be logged."
    )


class MeetingIn(Schema):
    """That a meeting was or is to be: never what was said."""

    held_on: dt.date
    # No note beside it: what was said is never recorded.
    minutes: Annotated[int, Field(ge=5, le=480)]
    kind: MeetingKind
    state: MeetingState = MeetingState.DONE


class MeetingChangeIn(MeetingIn):
    """An entry of the log as it should be."""

    version: Version


class MeetingOut(Schema):
    """A meeting in the log."""

    id: UUID = Field(alias="public_id")
    version: int
    held_on: dt.date
    minutes: int
    kind: MeetingKind
    state: MeetingState


class PairDetailOut(Schema):
    """A pair that you are in, who the other is, and your meetings."""

    pair: OwnPairOut
    other: OtherSideOut | None = Field(description="Null for a pair that did not go ahead.")
    meetings: list[MeetingOut]


class AnswerIn(Schema):
    """Accept or decline; nobody is asked why."""

    answer: Literal["accept", "decline"]


class MentorOut(AvailabilityOut):
    """A mentor of the hub."""

    name: str = Field(alias="person.name")
    profession: str = Field(alias="person.profession")
    state: OfferState
    hours_a_month: Decimal
    # Counted with the list, not row by row: see `with_live_pairs`.
    live_pairs: int = Field(description="How many of the places are taken.")
    offered_at: dt.datetime


class MenteeOut(AvailabilityOut):
    """A mentee of the hub."""

    name: str = Field(alias="person.name")
    profession: str = Field(alias="person.profession")
    state: RequestState
    stage: Stage
    prefers_same_profession: bool
    asked_at: dt.datetime


class CountsOut(Schema):
    """People in mentoring, in the hub or in your own network."""

    place: PlaceName
    counted_on: dt.date
    mentors: CountOut
    mentees: CountOut
    pairs: CountOut = Field(description="Pairs that meet.")


class RunOut(Schema):
    """A pairing run. `figures` are there once it is done."""

    id: UUID = Field(alias="public_id")
    state: RunState
    asked_at: dt.datetime
    # Open, since each version of the engine may tell more of a run.
    figures: dict[str, Any] = Field(
        description="mentees, mentors, places, candidates, pairs, total, seconds, proved_optimal;"
        " or the problem that stopped it."
    )


class ProposalOut(Schema):
    """A pair of a run, with the parts of its score."""

    id: UUID = Field(alias="public_id")
    mentor: str = Field(alias="offer.person.name")
    mentee: str = Field(alias="request.person.name")
    score: int
    parts: dict[str, Any] = Field(description="What the score is made of.")
    state: PairState


class LeftOutOut(Schema):
    """A mentee whom a run left without a mentor, with the reasons in words."""

    mentee: str
    reasons: list[str]


class ApprovedOut(Schema):
    """How many proposals were approved."""

    approved: int
