"""A roster in words."""

import datetime as dt

import pytest
from django.utils import timezone

from retention.actions.roster_runs import LOST_AFTER
from retention.models import RosterConfirmation
from retention.models.roster_run import RosterState
from retention.presenters.roster import confirmed_words, present_roster, preview_rows
from tests.factories.rosters import RosterRunFactory

COUNTS = {"ask": 0, "rejected": 1, "created": 2, "changed": 0, "ended": 0, "unchanged": 0}


def row(line: int, outcome: str, **more: object) -> dict[str, object]:
    return {
        "line": line, "name": f"Name {line}", "role": "partner", "outcome": outcome,
        "details": [], "reason": "", **more,
    }  # fmt: skip


def run(state: str, **values: object):  # type: ignore[no-untyped-def]  # a RosterRun
    report = {"counts": COUNTS, "rows": [row(2, "created"), row(3, "rejected", reason="Why.")]}
    terms = {"report": report, "changed_at": timezone.now(), "uploaded_at": timezone.now()}
    return RosterRunFactory.build(state=state, practice=None, **{**terms, **values})


@pytest.mark.parametrize("state", RosterState.values)
def test_every_state_says_what_it_is_and_what_to_do(state: str) -> None:
    words = present_roster(run(state))
    assert words.sentence.endswith(".")
    assert words.state == RosterState(state).label


def test_counts_leave_out_what_there_is_none_of() -> None:
    words = present_roster(run("ready"))
    assert words.counts == (("Rejected", 1), ("New", 2))
    assert words.filters == (("rejected", "Rejected"), ("created", "New"))


def test_only_a_checked_roster_that_would_change_something_can_be_confirmed() -> None:
    assert present_roster(run("ready")).can_confirm
    nothing = {"counts": dict.fromkeys(COUNTS, 0), "rows": []}
    assert not present_roster(run("ready", report=nothing)).can_confirm
    for state in ("columns", "checking", "loading", "loaded", "undone", "failed"):
        assert not present_roster(run(state)).can_confirm


def test_rows_that_are_all_rejected_are_not_said_to_be_held_already() -> None:
    rejected = {"counts": {**dict.fromkeys(COUNTS, 0), "rejected": 2}, "rows": []}
    assert present_roster(run("ready", report=rejected)).sentence.startswith("No row can be loaded")
    held = {"counts": {**dict.fromkeys(COUNTS, 0), "rejected": 2, "unchanged": 1}, "rows": []}
    assert "already holds" in present_roster(run("ready", report=held)).sentence


def test_somebody_missing_can_be_ended_where_nothing_else_changes() -> None:
    report = {"counts": {}, "rows": [], "absent": [{"post": "x", "name": "Ann", "role": "nurse"}]}
    words = present_roster(run("ready", report=report))
    assert words.can_confirm
    assert words.absent == (("x", "Ann, Practice nurse"),)


def test_a_lost_worker_is_told_and_progress_is_shown() -> None:
    words = present_roster(run("checking", done=1, total=4))
    assert (words.percent, words.is_lost, words.is_under_way) == (25, False, True)
    assert [present_roster(run(state)).is_loading for state in ("checking", "loading")] == [
        False,
        True,
    ]
    lost = run("checking", changed_at=timezone.now() - LOST_AFTER - dt.timedelta(seconds=1))
    assert "Nothing is lost" in present_roster(lost).sentence


def test_rows_come_in_the_order_of_what_needs_somebody_first_fifty_a_page() -> None:
    rows = [row(line, "created") for line in range(2, 80)] + [row(99, "rejected", reason="Why.")]
    found = preview_rows(run("ready", report={"counts": {}, "rows": rows}), "", "1")
    assert (found.paginator.num_pages, len(found)) == (2, 50)
    assert (found[0].line, found[0].text, found[0].role) == (99, "Why.", "GP partner")
    assert len(preview_rows(run("ready"), "rejected", "x")) == 1


def test_when_a_practice_confirmed_is_said() -> None:
    assert "not confirmed" in confirmed_words(None)
    held = RosterConfirmation(confirmed_on=dt.date(2026, 4, 1))
    assert "on 1 April 2026" in confirmed_words(held)
