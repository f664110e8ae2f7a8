"""A week as text, as spreadsheets copy and paste it."""

import pytest
from django.core.exceptions import ValidationError

from retention.forms.week_text import parse_week, week_text
from retention.queries.patterns import HALF_DAYS

WEEK = {(0, "am"): ("clinical", 250), (2, "pm"): ("cpd", 60), (5, "eve"): ("leadership", 480)}


@pytest.mark.parametrize("week", [WEEK, dict.fromkeys(HALF_DAYS, ("admin", 1))])
def test_what_is_copied_can_be_pasted(week: dict[tuple[int, str], tuple[str, int]]) -> None:
    assert parse_week(week_text(week), 250) == week


def test_the_text_is_a_table_of_days_by_parts() -> None:
    lines = week_text(WEEK).split("\n")
    assert lines[0] == "Day\tMorning\tAfternoon\tEvening"
    assert lines[1] == "Monday\tClinical 250\tOff\tOff"
    assert len(lines) == 7


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("Mon\tclinical", {(0, "am"): ("clinical", 240)}),
        ("friday\t\tAdmin, 90 min", {(4, "pm"): ("admin", 90)}),
        ("Sat\t-\toff\tCPD 30", {(5, "eve"): ("cpd", 30)}),
        ("Tue\tCPD 1\r\nMon\tAdmin 5", {(1, "am"): ("cpd", 1), (0, "am"): ("admin", 5)}),
    ],
)
def test_people_write_it_in_many_ways(
    text: str, week: dict[tuple[int, str], tuple[str, int]]
) -> None:
    assert parse_week(text, 240) == week


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Paste a week"),
        ("Monday\tOff\tOff", "Paste a week"),
        ("Sunday\tClinical", "“Sunday” is no day"),
        ("Monday\tGolf", "Monday morning: “Golf” cannot be read"),
        ("Monday\tClinical 481", "Monday morning: “Clinical 481” cannot be read"),
        ("Monday\tClinical 0", "cannot be read"),
        ("=cmd|' /C calc'!A0", "is no day"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, words: str) -> None:
    with pytest.raises(ValidationError) as problem:
        parse_week(text, 250)
    assert words in " ".join(problem.value.messages)


def test_all_problems_are_named_at_once() -> None:
    with pytest.raises(ValidationError) as problem:
        parse_week("Monday\tGolf\tTennis\nNoday\tClinical", 250)
    assert len(problem.value.messages) == 3
