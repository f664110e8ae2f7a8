"""The pairs that one is in: answer, meet, log, end."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from ninja import Router, Status

from accounts import audit
from accounts.api_errors import answers
from accounts.http import Request
from accounts.models.audit_event import Act
from hubs.actions.meetings import change_meeting, log_meeting
from hubs.actions.pairs import answer_pair, end_pair
from hubs.api.mentoring import own
from hubs.api.mentoring_schemas import (
    AnswerIn,
    MeetingChangeIn,
    MeetingIn,
    MeetingOut,
    OwnPairOut,
    PairDetailOut,
)
from hubs.models import Meeting
from hubs.queries.pairs import KNOWN_TO_BOTH, OwnPair, meetings_of, own_meeting, own_pair, own_pairs

router = Router(tags=["My mentoring"])


@router.get("/me/pairs", response=answers(list[OwnPairOut]), summary="List my pairs")
def list_my_pairs(request: Request) -> list[OwnPair]:
    """The pairs that you are in and that the hub has approved, newest first."""
    return own_pairs(own(request))


@router.get("/me/pairs/{pair_id}", response=answers(PairDetailOut), summary="Read a pair")
def get_my_pair(request: Request, pair_id: UUID) -> dict[str, object]:
    """A pair of yours, who the other is (reading it is audited), and the log of meetings."""
    return _detail(request, own_pair(pair_id, by=request.actor))


@router.post(
    "/me/pairs/{pair_id}/answer", response=answers(OwnPairOut), summary="Accept or decline a pair"
)
def answer_my_pair(request: Request, pair_id: UUID, data: AnswerIn) -> OwnPair:
    """Once both have accepted the pair is active; a decline ends it for both, without a reason."""
    # Fetched by both sides' people: a pair has two owners, and `fetch` knows of one.
    mine = own_pair(pair_id, by=request.actor)
    accept = data.answer == "accept"
    answer_pair(pair=mine.pair, side=mine.side, accept=accept, by=request.actor)
    return own_pair(pair_id, by=request.actor)


@router.post("/me/pairs/{pair_id}/end", response=answers(OwnPairOut), summary="End a pair")
def end_my_pair(request: Request, pair_id: UUID) -> OwnPair:
    """End a pair that meets; nobody is asked why."""
    mine = own_pair(pair_id, by=request.actor)
    end_pair(pair=mine.pair, side=mine.side, by=request.actor)
    return own_pair(pair_id, by=request.actor)


@router.post(
    "/me/pairs/{pair_id}/meetings", response=answers(MeetingOut, 201), summary="Log a meeting"
)
def log_my_meeting(request: Request, pair_id: UUID, data: MeetingIn) -> Status[Meeting]:
    """Log that you met, how long and in what way: never what was said."""
    mine = own_pair(pair_id, by=request.actor)
    meeting = log_meeting(pair=mine.pair, by=request.actor, **_values(data))
    return Status(HTTPStatus.CREATED, meeting)


@router.put("/me/meetings/{meeting_id}", response=answers(MeetingOut), summary="Correct a meeting")
def put_my_meeting(request: Request, meeting_id: UUID, data: MeetingChangeIn) -> Meeting:
    """Correct an entry of your own; 409 where it changed since `version`."""
    meeting = own_meeting(meeting_id, by=request.actor)
    change_meeting(meeting=meeting, by=request.actor, **_values(data))
    return meeting


def _values(data: MeetingIn) -> dict[str, Any]:
    return {**data.dict(), "kind": data.kind.value, "state": data.state.value}


def _detail(request: Request, mine: OwnPair) -> dict[str, object]:
    # Of a pair that did not go ahead neither side keeps the other's name.
    other = mine.other if mine.pair.state in KNOWN_TO_BOTH else None
    if other is not None:
        audit.record_reads(
            by=request.actor,
            act=Act.READ_MENTORING,
            subjects=[other.person.subject_id],
            thing=f"pair:{mine.pair.public_id}",
        )
    return {"pair": mine, "other": other, "meetings": list(meetings_of(mine.pair))}
