"""Weeks: what they add up to, and what a practice reads of them."""

import datetime as dt

import pytest

from retention.models import Post
from retention.queries.patterns import (
    HALF_DAYS,
    as_practice_reads,
    current_pattern,
    draft_of,
    earliest_start,
    split_by_date,
    told_patterns,
    week_for_practice,
    week_of,
    week_totals,
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
    totals = week_totals(week, 250)
    assert (totals.half_days, totals.sessions, totals.minutes, totals.fte) == (9, 9, 2250, 1)


def test_shorter_sessions_count_as_sessions_of_the_post_and_fte_goes_by_hours() -> None:
    totals = week_totals({(0, "am"): ("clinical", 180), (0, "pm"): ("admin", 90)}, 180)
    assert totals.sessions == 1.5
    assert totals.fte == pytest.approx(270 / 2250)
    assert totals.minutes_by_kind == {"clinical": 180, "admin": 90}


def test_an_empty_week_adds_up_to_nothing() -> None:
    totals = week_totals({}, 250)
    assert (totals.half_days, totals.sessions, totals.fte, totals.minutes_by_kind) == (0, 0, 0, {})


@pytest.mark.parametrize("kind", ["mentoring", "training", "cpd", "appraisal", "leadership"])
def test_other_work_does_not_give_mentoring_away(kind: str) -> None:
    """Were mentoring the one kind renamed, "other work" would but be its other name."""
    week = {(0, "am"): (kind, 250), (0, "pm"): ("clinical", 250), (1, "am"): ("admin", 60)}
    read = as_practice_reads(week, False)
    assert read[0, "am"] == ("other", 250)
    assert (read[0, "pm"], read[1, "am"]) == (("clinical", 250), ("admin", 60))
    assert as_practice_reads(week, True) == week


@pytest.mark.django_db
def test_a_told_week_is_read_as_the_person_agreed() -> None:
    cell = SessionCellFactory(kind="mentoring")
    assert week_for_practice(cell.pattern) == {(0, "am"): ("other", 250)}
    cell.pattern.shows_mentoring = True
    assert week_for_practice(cell.pattern) == {(0, "am"): ("mentoring", 250)}


@pytest.fixture
def post(db: None) -> Post:
    return PostFactory(starts_on=dt.date(2020, 4, 1))


def test_no_pattern_has_no_half_days(post: Post) -> None:
    assert week_of(None) == {}
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
