"""A pair as one of its two sides reads it: no score, no reasons, nothing of the other's answer."""

from dataclasses import dataclass

from hubs.models import Meeting, Pair
from hubs.models.meeting import MeetingState
from hubs.models.pair import Answer, PairState
from hubs.presenters.mentoring import Rows, profile
from hubs.queries.pairs import KNOWN_TO_BOTH, OwnPair, Side, meetings_of


@dataclass(frozen=True)
class MeetingLine:
    """One entry of the log; only who logged it may change it."""

    meeting: Meeting
    words: str
    state: str
    mine: bool


@dataclass(frozen=True)
class PairPage:
    """`profile` is empty where the pair did not go ahead: nothing of the other stays readable."""

    pair: Pair
    title: str
    sentence: str
    profile: Rows
    may_answer: bool
    active: bool
    may_log: bool
    meetings: list[MeetingLine]
    totals: str


def pair_page(own: OwnPair) -> PairPage:
    """Return the page of a pair for one side."""
    pair = own.pair
    # Of a pair that did not go ahead nothing of the other stays readable.
    known = pair.state in KNOWN_TO_BOTH
    meetings = list(meetings_of(pair)) if known else []
    may_answer = pair.state == PairState.APPROVED and own.answer == Answer.NONE
    return PairPage(
        pair=pair,
        title=_title(own),
        sentence=_sentence(own),
        profile=profile(own.other) if known else [],
        may_answer=may_answer,
        active=pair.state == PairState.ACTIVE,
        # After the end too: the last meeting is often logged late.
        may_log=pair.state in (PairState.ACTIVE, PairState.ENDED),
        meetings=[_line(meeting, own) for meeting in meetings],
        totals=_totals(meetings),
    )


def _title(own: OwnPair) -> str:
    if own.pair.state == PairState.DECLINED:
        return "A proposed pair"
    return f"Your {'mentee' if own.side is Side.MENTOR else 'mentor'}: {own.other.person.name}"


def _sentence(own: OwnPair) -> str:
    match own.pair.state:
        case PairState.APPROVED if own.answer == Answer.NONE:
            return "The hub proposes this pair. Accept or decline: nobody is told why."
        case PairState.APPROVED:
            return "You have accepted. Nothing more to do until the pair starts."
        case PairState.DECLINED:
            return "This pair did not go ahead."
        case PairState.ENDED:
            return f"This pair ended on {own.pair.ended_on:%-d %B %Y}. Thank you."
    return f"You are paired since {own.pair.started_on:%-d %B %Y}. Meet, and log that you met."


def _line(meeting: Meeting, own: OwnPair) -> MeetingLine:
    return MeetingLine(
        meeting=meeting,
        words=f"{meeting.held_on:%-d %B %Y}, {meeting.minutes} minutes,"
        f" {meeting.get_kind_display().lower()}",
        state=meeting.get_state_display(),
        mine=meeting.logged_by_id == own.user_id,
    )


def _totals(meetings: list[Meeting]) -> str:
    done = [meeting.minutes for meeting in meetings if meeting.state == MeetingState.DONE]
    if not done:
        return "No meeting has been logged as done yet."
    hours, minutes = divmod(sum(done), 60)
    times = f"{len(done)} meeting{'' if len(done) == 1 else 's'}"
    return f"{times} done, {hours} h {minutes:02d} min in all."
