"""Days of a place's history: a period's last day is the one before its end."""

import datetime as dt

import pytest

from retention.presenters.place_history import day, last_day


@pytest.mark.parametrize(
    ("ends_on", "words"),
    [(dt.date(2026, 4, 1), "31 March 2026"), (dt.date(2024, 3, 1), "29 February 2024")],
)
def test_the_day_before_the_end_is_the_last(ends_on: dt.date, words: str) -> None:
    assert last_day(ends_on) == words


def test_what_has_not_ended_lasts_until_today() -> None:
    assert last_day(None) == "today"
    assert day(dt.date(2026, 4, 1)) == "1 April 2026"
