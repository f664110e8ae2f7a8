"""That a pair met, and nothing of what was said."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from hubs.actions.meetings import change_meeting, log_meeting
from hubs.models import Meeting, Pair
from tests.factories.accounts import actor
from tests.factories.hubs import ActivePairFactory, PairFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 6, 10)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-06-10T12:00Z"):
        yield


def log(pair: Pair, **change: object) -> Meeting:
    entry = {"held_on": TODAY, "minutes": 60, "kind": "video", "state": "done", **change}
    return log_meeting(pair=pair, by=actor(user=pair.offer.person.user), **entry)  # type: ignore[arg-type]  # values by name


def test_a_meeting_is_logged() -> None:
    pair = ActivePairFactory()
    meeting = log(pair)
    assert meeting.logged_by == pair.offer.person.user
    event = AuditEvent.objects.get(act="logged_meeting")
    assert (event.thing, event.why) == (f"pair:{pair.public_id}", "")


def test_there_is_no_room_for_content() -> None:
    texts = {
        field.name
        for field in Meeting._meta.get_fields()
        if field.get_internal_type() in ("TextField", "CharField")
    }
    assert texts == {"kind", "state"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"held_on": dt.date(2026, 6, 11)}, "cannot be in the future"),
        ({"held_on": dt.date(2026, 6, 11), "state": "no_show"}, "cannot be in the future"),
        ({"held_on": dt.date(2026, 4, 30)}, "You were paired on 1 May 2026"),
        ({"minutes": 4}, "greater than or equal to 5"),
        ({"minutes": 481}, "less than or equal to 480"),
        ({"kind": "telepathy"}, "not a valid choice"),
        ({"state": "lovely"}, "not a valid choice"),
    ],
)
def test_what_cannot_be_is_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        log(ActivePairFactory(), **change)
    assert not Meeting.objects.exists()


def test_a_meeting_in_the_future_can_be_cancelled() -> None:
    assert log(ActivePairFactory(), held_on=dt.date(2026, 7, 1), state="cancelled").pk


def test_the_same_meeting_is_logged_once() -> None:
    pair = ActivePairFactory()
    log(pair)
    with pytest.raises(ValidationError, match="in the log already"):
        log(pair)
    assert log(pair, minutes=30).pk


def test_only_who_has_accepted_meets() -> None:
    with pytest.raises(ValidationError, match="once both of you have accepted"):
        log(PairFactory(state="approved"))


def test_after_the_end_only_what_was_before_it() -> None:
    pair = ActivePairFactory()
    Pair.objects.update(state="ended", ended_on=dt.date(2026, 6, 1))
    assert log(pair, held_on=dt.date(2026, 5, 30)).pk
    with pytest.raises(ValidationError, match="ended on 1 June 2026"):
        log(pair)


def test_an_entry_is_corrected() -> None:
    meeting = log(ActivePairFactory())
    by = actor(user=meeting.logged_by)
    entry = {"held_on": TODAY, "minutes": 45, "kind": "phone"}
    change_meeting(meeting=meeting, version=0, state="no_show", by=by, **entry)  # type: ignore[arg-type]  # values by name
    meeting.refresh_from_db()
    assert (meeting.minutes, meeting.kind, meeting.state) == (45, "phone", "no_show")
    assert AuditEvent.objects.filter(act="changed_meeting").count() == 1


def test_an_entry_changed_in_another_window_stays_as_that_left_it() -> None:
    meeting = log(ActivePairFactory())
    by = actor(user=meeting.logged_by)
    stale = Meeting.objects.get()

    def change(entry: Meeting, minutes: int) -> None:
        change_meeting(
            meeting=entry,
            version=0,
            held_on=TODAY,
            minutes=minutes,
            kind="phone",
            state="done",
            by=by,
        )

    change(meeting, 45)
    with pytest.raises(ValidationError) as problem:
        change(stale, 50)
    assert problem.value.code == "stale"
    assert Meeting.objects.get().minutes == 45
