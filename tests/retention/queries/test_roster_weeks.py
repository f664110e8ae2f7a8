"""Half-days of a file beside the week that was told, as far as the practice may tell them apart."""

import datetime as dt
from typing import Any

import pytest

from retention.queries.roster_record import ToldWeek
from retention.queries.roster_weeks import in_minutes, new_week_start, same_week
from tests.retention.queries.roster_worlds import TODAY, person, post

DAY = dt.timedelta(days=1)
MORNING = (0, "am")


def told(week: Any, *, shows: bool = True, starts_on: dt.date = TODAY) -> ToldWeek:
    return ToldWeek(starts_on, True, shows, week)


def test_a_half_day_without_minutes_is_a_whole_session() -> None:
    week = {MORNING: ("clinical", 0), (2, "pm"): ("admin", 120)}
    assert in_minutes(week, 250) == {MORNING: ("clinical", 250), (2, "pm"): ("admin", 120)}


@pytest.mark.parametrize(
    ("said", "known", "same"),
    [
        ({}, None, True),
        ({MORNING: ("clinical", 0)}, None, False),
        ({MORNING: ("clinical", 0)}, told({MORNING: ("clinical", 250)}), True),
        ({MORNING: ("clinical", 200)}, told({MORNING: ("clinical", 250)}), False),
        ({}, told({MORNING: ("clinical", 250)}), False),
        # The practice reads mentoring as other work, so a file that says either is the same.
        ({MORNING: ("mentoring", 0)}, told({MORNING: ("other", 250)}, shows=False), True),
        ({MORNING: ("mentoring", 0)}, told({MORNING: ("other", 250)}, shows=True), False),
    ],
)
def test_a_week_is_compared_as_the_practice_reads_it(
    said: Any, known: ToldWeek | None, same: bool
) -> None:
    assert same_week(said, known, 250) is same


@pytest.mark.parametrize(
    ("wanted", "ends_on", "told_on", "start"),
    [
        (None, None, None, TODAY),
        (TODAY + 7 * DAY, None, None, TODAY + 7 * DAY),
        # Never before the post.
        (dt.date(2019, 1, 1), None, None, dt.date(2020, 1, 1)),
        # A week that begins later stands, one that begins with it is replaced.
        (None, None, TODAY + DAY, None),
        (None, None, TODAY, TODAY),
        # The day after the last of the post is too late.
        (TODAY, TODAY, None, None),
        (TODAY, TODAY + DAY, None, TODAY),
    ],
)
def test_new_half_days_begin_within_the_post_and_after_what_is_told(
    wanted: dt.date | None,
    ends_on: dt.date | None,
    told_on: dt.date | None,
    start: dt.date | None,
) -> None:
    known = told({}, starts_on=told_on) if told_on else None
    assert new_week_start(post(person(), ends_on=ends_on), known, wanted, TODAY) == start
