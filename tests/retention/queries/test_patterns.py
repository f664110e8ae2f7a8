"""Weeks: what they add up to, and what a practice reads of them."""

import datetime as dt
from decimal import Decimal

import pytest

from retention.models import Post
from retention.queries.patterns import (
    HALF_DAYS,
    Shape,
    Terms,
    as_practice_reads,
    clinical_sessions,
    current_pattern,
    draft_of,
    earliest_start,
    pattern_totals,
    shape_for_practice,
    shape_of,
    split_by_date,
    told_patterns,
    week_on,
)
from tests.factories.retention import (
    DraftPatternFactory,
    PostFactory,
    SessionCellFactory,
    SessionPatternFactory,
)

APRIL, JUNE, AUGUST = dt.date(2026, 4, 1), dt.date(2026, 6, 1), dt.date(2026, 8, 1)


def test_a_week_has_eighteen_half_days() -> None:
    assert len(HALF_DAYS) == len(set(HALF_DAYS)) == 18
    assert HALF_DAYS[0] == (0, "am")
    assert HALF_DAYS[-1] == (5, "eve")


def test_nine_sessions_of_the_contract_are_one_full_time_equivalent() -> None:
    week = dict.fromkeys(HALF_DAYS[:9], ("clinical", 250))
    totals = pattern_totals(Shape(week), 250)
    assert (totals.half_days, totals.sessions, totals.minutes, totals.fte) == (9, 9, 2250, 1)


def test_shorter_sessions_count_as_sessions_of_the_post_and_fte_goes_by_hours() -> None:
    totals = pattern_totals(Shape({(0, "am"): ("clinical", 180), (0, "pm"): ("admin", 90)}), 180)
    assert totals.sessions == 1.5
    assert totals.fte == pytest.approx(270 / 2250)
    assert totals.minutes_by_kind == {"clinical": 180, "admin": 90}


def test_an_empty_week_adds_up_to_nothing() -> None:
    totals = pattern_totals(Shape({}), 250)
    assert (totals.half_days, totals.sessions, totals.fte, totals.minutes_by_kind) == (0, 0, 0, {})


@pytest.mark.parametrize("kind", ["mentoring", "training", "cpd", "appraisal", "leadership"])
def test_other_work_does_not_give_mentoring_away(kind: str) -> None:
    """Were mentoring the one kind renamed, "other work" would but be its other name."""
    week = {(0, "am"): (kind, 250), (0, "pm"): ("clinical", 250), (1, "am"): ("admin", 60)}
    read = as_practice_reads(week, False)
    assert read[0, "am"] == ("other", 250)
    assert (read[0, "pm"], read[1, "am"]) == (("clinical", 250), ("admin", 60))
    assert as_practice_reads(week, True) == week


B_WEEK = dict.fromkeys(HALF_DAYS[:6], ("clinical", 250))
A_WEEK = dict.fromkeys(HALF_DAYS[:8], ("clinical", 250))


def test_two_weeks_in_turn_add_up_to_their_mean() -> None:
    totals = pattern_totals(Shape(A_WEEK, B_WEEK), 250)
    assert (totals.half_days, totals.sessions, totals.minutes) == (7, 7, 1750)
    assert totals.fte == pytest.approx(7 / 9)
    assert totals.fte_by_sessions == pytest.approx(7 / 9)
    assert totals.minutes_by_kind == {"clinical": 1750}


def test_a_week_worked_every_other_week_counts_half() -> None:
    assert pattern_totals(Shape(A_WEEK, {}), 250).sessions == 4


def test_term_time_is_a_part_of_the_year_and_a_week_in_work_is_whole() -> None:
    totals = pattern_totals(Shape(A_WEEK, terms=Terms("term_time", 39)), 250)
    assert (totals.sessions, totals.minutes, totals.working_minutes) == (6, 1500, 2000)
    assert totals.fte == pytest.approx(6 / 9)
    assert totals.minutes_by_kind == {"clinical": 2000}


def test_annualised_sessions_count_whatever_the_usual_week() -> None:
    terms = Terms("annualised", 39, Decimal(312))
    for week in ({}, A_WEEK):
        totals = pattern_totals(Shape(week, terms=terms), 240)
        # 312 over 52 weeks are 6; in 39 weeks of work 8, of 240 minutes each.
        assert (totals.sessions, totals.working_minutes) == (6, 1920)
        assert totals.fte == pytest.approx(6 * 240 / 2250)
        assert totals.fte_by_sessions == pytest.approx(6 / 9)


def test_evenings_and_saturdays_are_extended_hours() -> None:
    week = {(0, "am"): ("clinical", 250), (0, "eve"): ("clinical", 90), (5, "am"): ("admin", 60)}
    assert pattern_totals(Shape(week), 250).extended_minutes == 150


def test_clinical_sessions_are_of_the_whole_year() -> None:
    week = {**A_WEEK, (5, "am"): ("mentoring", 250), (5, "pm"): ("mentoring", 250)}
    assert clinical_sessions(Shape(week, terms=Terms("term_time", 26)), 250) == pytest.approx(4)
    assert clinical_sessions(Shape({}), 250) == 0


def test_week_a_is_the_one_in_which_the_pattern_starts() -> None:
    thursday, shape = dt.date(2026, 4, 2), Shape(A_WEEK, B_WEEK)
    days = [dt.date(2026, 3, 30), dt.date(2026, 4, 5), dt.date(2026, 4, 6), dt.date(2026, 4, 13)]
    weeks = [week_on(shape, thursday, day) for day in days]
    assert weeks == [A_WEEK, A_WEEK, B_WEEK, A_WEEK]
    assert week_on(Shape(A_WEEK), thursday, days[2]) == A_WEEK


@pytest.mark.django_db
def test_a_pattern_gives_back_what_it_was_given() -> None:
    pattern = SessionPatternFactory(
        rhythm="alternate", basis="term_time", weeks_a_year=39, actual_minutes=3000
    )
    SessionCellFactory(pattern=pattern)
    SessionCellFactory(pattern=pattern, week="b", kind="mentoring")
    shape = shape_of(pattern)
    assert (shape.week, shape.week_b) == (
        {(0, "am"): ("clinical", 250)},
        {(0, "am"): ("mentoring", 250)},
    )
    assert shape.terms == Terms("term_time", 39, None, 3000)


@pytest.mark.django_db
def test_a_practice_reads_neither_mentoring_in_week_b_nor_the_hours_really_worked() -> None:
    pattern = SessionPatternFactory(rhythm="alternate", actual_minutes=3000)
    SessionCellFactory(pattern=pattern, week="b", kind="mentoring")
    read = shape_for_practice(pattern)
    assert read.week_b == {(0, "am"): ("other", 250)}
    assert read.terms.actual_minutes is None


@pytest.mark.django_db
def test_a_told_week_is_read_as_the_person_agreed() -> None:
    cell = SessionCellFactory(kind="mentoring")
    assert shape_for_practice(cell.pattern).week == {(0, "am"): ("other", 250)}
    cell.pattern.shows_mentoring = True
    assert shape_for_practice(cell.pattern).week == {(0, "am"): ("mentoring", 250)}


@pytest.fixture
def post(db: None) -> Post:
    return PostFactory(starts_on=dt.date(2020, 4, 1))


def test_no_pattern_has_no_half_days(post: Post) -> None:
    assert shape_of(None).week == {}
    assert current_pattern(post, JUNE) is None
    assert draft_of(post) is None
    assert earliest_start(post, JUNE) == dt.date(2020, 4, 1)


def test_the_pattern_of_a_day_is_told_begun_and_not_ended(post: Post) -> None:
    first = SessionPatternFactory(post=post, starts_on=APRIL, ends_on=AUGUST)
    second = SessionPatternFactory(post=post, starts_on=AUGUST)
    DraftPatternFactory(post=post, starts_on=None)
    assert current_pattern(post, dt.date(2026, 3, 31)) is None
    assert current_pattern(post, APRIL) == first
    assert current_pattern(post, dt.date(2026, 7, 31)) == first
    assert current_pattern(post, AUGUST) == second
    assert earliest_start(post, JUNE) == APRIL


def test_patterns_fall_into_begun_and_coming_and_what_never_began_into_neither(
    post: Post,
) -> None:
    old = SessionPatternFactory(post=post, starts_on=APRIL, ends_on=JUNE)
    now = SessionPatternFactory(post=post, starts_on=JUNE, ends_on=AUGUST)
    SessionPatternFactory(post=post, starts_on=AUGUST, ends_on=AUGUST)
    coming = SessionPatternFactory(post=post, starts_on=AUGUST)
    begun, to_come = split_by_date(told_patterns([post]), JUNE)
    assert begun == (now, old)
    assert to_come == (coming,)
