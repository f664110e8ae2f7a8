"""Logs that a pair met: when, how long, in what way. Never what was said."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.actor import Actor
from accounts.models.audit_event import Act
from hubs.actions.pairs import thing
from hubs.models import Meeting, Pair
from hubs.models.meeting import MeetingState
from hubs.models.pair import PairState
from organisations.clock import today
from organisations.versions import claim


@transaction.atomic
def log_meeting(
    *, pair: Pair, held_on: dt.date, minutes: int, kind: str, state: str, by: Actor
) -> Meeting:
    """Add a meeting to the log; raises ValidationError for a date that cannot be."""
    meeting = Meeting(
        pair=pair, held_on=held_on, minutes=minutes, kind=kind, state=state, logged_by=by.user
    )
    _save(meeting)
    # On who logs it alone: the other side did nothing.
    audit.record(by=by, act=Act.LOGGED_MEETING, subject=by.subject_id, thing=thing(pair))
    return meeting


@transaction.atomic
def change_meeting(
    *,
    meeting: Meeting,
    version: int,
    held_on: dt.date,
    minutes: int,
    kind: str,
    state: str,
    by: Actor,
) -> None:
    """Correct an entry of one's own, as it was read (`version`); raises ValidationError else."""
    claim(meeting, version)
    meeting.held_on, meeting.minutes, meeting.kind, meeting.state = held_on, minutes, kind, state
    _save(meeting)
    audit.record(by=by, act=Act.CHANGED_MEETING, subject=by.subject_id, thing=thing(meeting.pair))


def _save(meeting: Meeting) -> None:
    # Locked, so that a double click takes its turn.
    pair = Pair.objects.select_for_update().get(pk=meeting.pair_id)
    if pair.state not in (PairState.ACTIVE, PairState.ENDED) or pair.started_on is None:
        raise ValidationError("Meetings are logged once both of you have accepted.")
    problem = _wrong_date(meeting, pair.started_on, pair.ended_on)
    if problem:
        raise ValidationError({"held_on": problem})
    # Both sides may log: two who remember the same meeting alike make one entry, not two.
    same = Meeting.objects.filter(
        pair=pair, held_on=meeting.held_on, kind=meeting.kind, minutes=meeting.minutes
    )
    if same.exclude(pk=meeting.pk).exists():
        raise ValidationError("This meeting is in the log already.")
    meeting.full_clean()
    meeting.save()


def _wrong_date(meeting: Meeting, started: dt.date, ended: dt.date | None) -> str:
    # Only a meeting that is called off is known of before its day.
    if meeting.state != MeetingState.CANCELLED and meeting.held_on > today():
        return (
            "A meeting that is done, or that one of you did not come to, cannot be in the future."
        )
    if meeting.held_on < started:
        return f"You were paired on {started:%-d %B %Y}: enter that day or later."
    if ended is not None and meeting.held_on > ended:
        return f"This pair ended on {ended:%-d %B %Y}: enter that day or earlier."
    return ""
