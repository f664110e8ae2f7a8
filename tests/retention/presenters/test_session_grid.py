"""Weeks in words."""

import datetime as dt

import pytest

from retention.models.session_pattern import CellKind
from retention.presenters.session_grid import (
    KIND_KEYS,
    KIND_WORDS,
    brushes,
    hours_words,
    period_words,
    session_length_words,
    sessions_words,
    totals_words,
    week_table,
)
from retention.queries.patterns import Shape, as_practice_reads, pattern_totals

WEEK = {(0, "am"): ("clinical", 250), (0, "pm"): ("admin", 60), (3, "eve"): ("mentoring", 120)}


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 hours"),
        (1, "1 minute"),
        (59, "59 minutes"),
        (60, "1 hour"),
        (61, "1 hour 1 minute"),
        (250, "4 hours 10 minutes"),
        (2250, "37 hours 30 minutes"),
    ],
)
def test_hours(minutes: int, words: str) -> None:
    assert hours_words(minutes) == words


@pytest.mark.parametrize(
    ("sessions", "words"),
    [(0, "0 sessions"), (1, "1 session"), (1.04, "1 session"), (7.5, "7.5 sessions")],
)
def test_sessions(sessions: float, words: str) -> None:
    assert sessions_words(sessions) == words


def test_totals_say_all_in_one_line_and_each_kind_apart() -> None:
    words = totals_words(pattern_totals(Shape(WEEK), 250))
    assert words.sentence == "1.7 sessions, 7 hours 10 minutes, 0.19 FTE"
    assert words.by_kind == (
        ("Clinical", "4 hours 10 minutes"),
        ("Mentoring", "2 hours"),
        ("Admin", "1 hour"),
    )


def test_a_practices_totals_name_no_mentoring() -> None:
    words = totals_words(pattern_totals(Shape(as_practice_reads(WEEK, False)), 250))
    assert ("Other work", "2 hours") in words.by_kind
    assert "Mentoring" not in dict(words.by_kind)


def test_a_week_is_a_table_of_days_by_parts() -> None:
    table = week_table(WEEK)
    assert table.headers == ("Day", "Morning", "Afternoon", "Evening")
    assert table.rows[0] == ("Monday", "Clinical, 250 min", "Admin, 60 min", "Off")
    assert table.rows[5] == ("Saturday", "Off", "Off", "Off")


def test_a_period_names_its_last_day_not_the_day_after() -> None:
    april, june = dt.date(2026, 4, 1), dt.date(2026, 6, 1)
    assert period_words(april, june) == "1 April 2026 to 31 May 2026"
    assert period_words(april, None) == "From 1 April 2026"
    assert period_words(None, june) == "the beginning to 31 May 2026"


def test_every_kind_has_words_and_a_key_of_its_own() -> None:
    assert set(KIND_KEYS) == set(CellKind)
    assert set(KIND_WORDS) == {*CellKind.values, "other"}
    keys = [key for _, _, key in brushes()]
    assert len(keys) == len(set(keys)) == len(CellKind) + 1


def test_the_length_of_a_session() -> None:
    assert session_length_words(250) == "4 hours 10 minutes, as in the national contract"
    assert session_length_words(180) == "3 hours"
