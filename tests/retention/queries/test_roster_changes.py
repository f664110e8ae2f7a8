"""What a row would change, in every branch: a person's details, a new post, a known one."""

import datetime as dt
from typing import Any

import pytest

from retention.imports.roster import RosterRow
from retention.models import Person, Post
from retention.queries.roster_changes import LONGEST_AHEAD, RowChanges
from retention.queries.roster_outcomes import Outcome, RowPlan, Terms
from retention.queries.roster_record import ToldWeek
from tests.retention.queries.roster_worlds import TODAY, person, post, record, row

DAY = dt.timedelta(days=1)
WAITING = Terms(TODAY)
AGREED = Terms(TODAY, agreement=7, told_on=dt.date(2026, 6, 1))
MONDAY = {(0, "am"): ("clinical", 250)}


def plan_of(said: Any, known: Post | None = None, terms: Terms = WAITING, **world: Any) -> RowPlan:
    """Plan a row of somebody whose post is `known`, or of somebody new."""
    plan = RowPlan(said.line, said.name, said.role, Outcome.UNCHANGED, row=said, post=known)
    plan.person = known.person if known else None
    changes = RowChanges(plan, said, record(*([known] if known else []), **world), terms)
    if known is None or known.confirmed_on is None:
        changes.new_post()
    else:
        changes.known_post(known)
    return plan


def details_of(someone: Person, **said: Any) -> RowPlan:
    plan = RowPlan(2, someone.name, "salaried", Outcome.UNCHANGED)
    known = record(post(someone))
    RowChanges(plan, row(**said), known, WAITING).person(someone)
    return plan


def test_a_new_post_begins_with_what_the_row_says() -> None:
    said = row(
        starts_on=TODAY - 40 * DAY,
        contracted_minutes=1500,
        staff_reference="E-1",
        week=MONDAY,
        ends_on=TODAY + 31 * DAY,
    )
    plan = plan_of(said, terms=AGREED)
    assert plan.outcome == Outcome.CREATED
    assert plan.post_values == {
        "starts_on": TODAY - 40 * DAY,
        "session_minutes": None,
        "contracted_minutes": 1500,
        "staff_reference": "E-1",
        "waits": False,
        "agreement_id": 7,
        "told_on": dt.date(2026, 6, 1),
    }
    assert plan.details == [
        "From 22 May 2026, 25 h 00 min a week, 1 half-day.",
        "Ends; last day 31 July 2026.",
    ]
    assert plan.week_from == TODAY - 40 * DAY


def test_without_dates_or_terms_a_new_post_begins_today_and_waits() -> None:
    plan = plan_of(row())
    assert (plan.post_values["starts_on"], plan.post_values["waits"]) == (TODAY, True)
    assert "agreement_id" not in plan.post_values
    assert plan.details[-1].startswith("Has no number")
    assert plan.week_from is None


@pytest.mark.parametrize(("wanted", "first"), [(-30, 0), (None, 0), (14, 14)])
def test_half_days_of_a_new_post_never_begin_before_it(wanted: int | None, first: int) -> None:
    week_from = None if wanted is None else TODAY + wanted * DAY
    assert plan_of(row(week=MONDAY, week_from=week_from)).week_from == TODAY + first * DAY


def test_who_left_before_today_and_is_unknown_is_nothing_to_do() -> None:
    plan = plan_of(row(ends_on=TODAY))
    assert plan.outcome == Outcome.UNCHANGED
    assert "nothing to do" in plan.details[0]
    assert plan_of(row(ends_on=TODAY + DAY)).outcome == Outcome.CREATED


@pytest.mark.parametrize(("days", "outcome"), [(0, Outcome.CREATED), (1, Outcome.REJECTED)])
def test_a_post_begins_within_two_years(days: int, outcome: Outcome) -> None:
    plan = plan_of(row(starts_on=TODAY + LONGEST_AHEAD + days * DAY))
    assert plan.outcome == outcome
    assert ("more than two years ahead" in plan.reason) == (outcome == Outcome.REJECTED)


ENDED = dt.date(2026, 4, 1)


@pytest.mark.parametrize(
    ("starts_on", "outcome"),
    [
        (None, Outcome.REJECTED),
        (ENDED - DAY, Outcome.REJECTED),
        (ENDED, Outcome.CREATED),
    ],
    ids=["no first day", "before the end", "the day after"],
)
def test_who_comes_back_has_a_first_day_after_the_end(
    starts_on: dt.date | None, outcome: Outcome
) -> None:
    someone = person()
    ended = post(someone, ends_on=ENDED, end_reason="other")
    said = row(starts_on=starts_on)
    plan = RowPlan(2, "Ann Oak", "salaried", Outcome.UNCHANGED, row=said, person=someone)
    RowChanges(plan, said, record(ended), WAITING).new_post()
    assert plan.outcome == outcome
    assert ("last day 31 March 2026" in plan.reason) == (outcome == Outcome.REJECTED)


def test_a_post_that_its_person_named_keeps_their_first_day() -> None:
    own = post(person(), confirmed_on=None)
    plan = plan_of(row(starts_on=TODAY, week=MONDAY), own)
    assert plan.outcome == Outcome.CREATED
    assert plan.post_values["starts_on"] == own.starts_on
    assert plan.week_from == TODAY


def test_a_row_that_says_what_is_known_changes_nothing() -> None:
    plan = plan_of(row(), post(person()))
    assert (plan.outcome, plan.details, plan.post_values) == (Outcome.UNCHANGED, [], {})


def test_a_known_post_comes_under_the_agreement_of_the_upload_once() -> None:
    plan = plan_of(row(), post(person(), waits=True), AGREED)
    assert (plan.outcome, plan.post_values["waits"]) == (Outcome.CHANGED, False)
    assert plan.details == ["Comes under the agreement of this upload."]
    under = post(person(), agreement_id=7, told_on=TODAY)
    assert plan_of(row(), under, AGREED).outcome == Outcome.UNCHANGED


def test_a_change_waits_with_its_upload() -> None:
    plan = plan_of(row(contracted_minutes=1250, staff_reference="E-9"), post(person()))
    assert plan.outcome == Outcome.CHANGED
    assert plan.post_values == {"contracted_minutes": 1250, "staff_reference": "E-9", "waits": True}
    assert plan.details[0] == "Contracted time: not said becomes 20 h 50 min."


def test_an_empty_cell_takes_nothing_away() -> None:
    known = post(person(), contracted_minutes=1500, staff_reference="E-1")
    assert plan_of(row(), known).outcome == Outcome.UNCHANGED


def test_a_post_ends_with_its_last_day() -> None:
    plan = plan_of(row(ends_on=TODAY), post(person()))
    assert (plan.outcome, plan.details) == (Outcome.ENDED, ["Ends; last day 30 June 2026."])
    assert plan.post_values == {"waits": True}


def test_an_end_that_somebody_gave_a_reason_for_stays() -> None:
    known = post(person(), ends_on=TODAY + 90 * DAY, end_reason="retired")
    plan = plan_of(row(ends_on=TODAY + DAY), known)
    assert plan.outcome == Outcome.UNCHANGED
    assert plan.details == ["This post has ended already; its last day stays as it is."]


def test_a_last_day_before_the_first_is_refused_and_enters_nothing() -> None:
    known = post(person())
    plan = plan_of(row(ends_on=known.starts_on - DAY), known, AGREED)
    assert plan.outcome == Outcome.REJECTED
    assert plan.post_values == {}


def told(starts_on: dt.date, *, by_practice: bool = True, **week: Any) -> dict[int, ToldWeek]:
    return {1: ToldWeek(starts_on, by_practice, True, week.get("week", MONDAY))}


def test_a_first_day_is_corrected_unless_weeks_lie_before_it() -> None:
    moved = row(starts_on=dt.date(2021, 1, 1))
    plan = plan_of(moved, post(person()))
    assert plan.post_values["starts_on"] == dt.date(2021, 1, 1)
    assert plan.details == ["First day: 1 January 2020 becomes 1 January 2021."]
    held = plan_of(moved, post(person()), weeks=told(dt.date(2020, 6, 1)))
    assert held.outcome == Outcome.UNCHANGED
    assert "The first day stays" in held.details[0]
    ended = post(person(), ends_on=dt.date(2020, 12, 1), end_reason="other")
    assert "The first day stays" in plan_of(moved, ended).details[0]


@pytest.mark.parametrize(
    ("known", "said", "words"),
    [
        (told(TODAY - DAY), {(1, "pm"): ("admin", 250)}, "New half-days from 1 July 2026."),
        (told(TODAY + DAY), {(1, "pm"): ("admin", 250)}, "The half-days stay"),
        (
            told(TODAY - DAY, by_practice=False),
            {(1, "pm"): ("admin", 250)},
            "theirs stays.",
        ),
        ({}, MONDAY, "New half-days from 1 July 2026."),
        # A whole session where the file gives no minutes: the same week.
        (told(TODAY - DAY), {(0, "am"): ("clinical", 0)}, ""),
    ],
    ids=["differs", "later week", "the person's own", "none told", "the same"],
)
def test_half_days_change_only_what_the_practice_told(
    known: dict[int, ToldWeek], said: dict[Any, Any], words: str
) -> None:
    plan = plan_of(row(week=said), post(person()), weeks=known)
    assert any(words in detail for detail in plan.details) == bool(words)
    assert (plan.week_from is not None) == words.startswith("New")
    assert (plan.outcome == Outcome.CHANGED) == words.startswith("New")


def test_the_practice_speaks_for_who_has_no_account() -> None:
    plan = details_of(person(), name="Ann Ash", year_of_birth=1970, registration="GMC 1234567")
    assert plan.person_values == {
        "registration": "GMC 1234567",
        "name": "Ann Ash",
        "year_of_birth": 1970,
    }
    assert plan.details[1] == "Name: Ann Oak becomes Ann Ash."


def test_of_who_has_an_account_only_a_missing_number_is_noted() -> None:
    plan = details_of(person(user_id=5), name="Ann Ash", registration="GMC 1234567")
    assert plan.person_values == {"registration": "GMC 1234567"}
    known = details_of(person(user_id=5, registration="GMC 7654321"), registration="GMC 1234567")
    assert known.person_values == {}


def test_a_band_is_dated_and_gives_way_to_a_year() -> None:
    assert details_of(person(), age_band="55to59").person_values == {
        "age_band": "55to59",
        "age_band_on": TODAY,
    }
    both = details_of(person(), age_band="55to59", year_of_birth=1970)
    assert both.person_values == {"year_of_birth": 1970}


def plan_beside_hidden(said: Any, own: Post, **found: Any) -> RowPlan:
    """Plan a row of somebody who says that they work here, which the practice does not know."""
    known = record(own)
    known.hidden.add(own.pk)
    plan = RowPlan(
        2, "Ann Oak", "salaried", Outcome.UNCHANGED, row=said, person=own.person, **found
    )
    RowChanges(plan, said, known, WAITING).new_post()
    return plan


@pytest.mark.parametrize("said", [row(), row(starts_on=TODAY - 40 * DAY), row(week=MONDAY)])
def test_a_hidden_post_shows_in_nothing_that_a_row_would_do(said: RosterRow) -> None:
    own = post(person(), confirmed_on=None, starts_on=dt.date(2019, 2, 3))
    plan, anew = plan_beside_hidden(said, own, post=own), plan_of(said)
    assert (plan.outcome, plan.details) == (anew.outcome, anew.details)
    assert (plan.post_values, plan.week_from) == (anew.post_values, anew.week_from)


def test_that_a_hidden_post_ended_refuses_no_row() -> None:
    own = post(person(), confirmed_on=None, ends_on=ENDED, end_reason="left")
    assert plan_beside_hidden(row(), own).outcome == Outcome.CREATED


def test_a_wrong_number_is_corrected_of_whom_the_practice_alone_speaks_for() -> None:
    plan = details_of(person(registration="GMC 7654321"), registration="GMC 1234567")
    assert plan.person_values == {"registration": "GMC 1234567"}
    assert plan.details == ["Registration number: GMC 7654321 becomes GMC 1234567."]
