"""Rows of a roster, typed; and what is said of those that cannot be used."""

import datetime as dt

import pytest

from retention.imports import roster
from retention.imports.roster import RosterRow, parse_day, read_roster
from tests.factories.rosters import ANN, BOB

plain = roster._plain


def one(**cells: str) -> RosterRow:
    (row,), rejected = read_roster([(2, {**ANN, **cells})])
    assert rejected == []
    return row


def refusal(**cells: str) -> str:
    good, (rejected,) = read_roster([(7, {**ANN, **cells})])
    assert (good, rejected.line) == ([], 7)
    return rejected.reason


def test_a_row_is_read() -> None:
    assert one() == RosterRow(
        line=2,
        name="Dr Ann Able",
        role="partner",
        profession="gp",
        registration="GMC 1234567",
        contracted_minutes=6 * 250,
        starts_on=dt.date(2020, 4, 1),
    )


def test_half_days_hours_and_british_dates_are_read() -> None:
    (row,), _ = read_roster([(2, BOB)])
    assert row.week == {(0, "am"): ("clinical", 0), (2, "pm"): ("admin", 200)}
    assert (row.contracted_minutes, row.starts_on) == (25 * 60, dt.date(2021, 9, 1))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("x", "clinical"),
        ("Yes", "clinical"),
        ("ADMIN", "admin"),
        ("C", "clinical"),
        ("✓", "clinical"),
    ],
)
def test_half_days_are_written_in_many_ways(text: str, kind: str) -> None:
    assert one(MON_AM=text).week == {(0, "am"): (kind, 0)}


@pytest.mark.parametrize("text", ["off", "-", "No", "0"])
def test_a_week_off_is_a_week(text: str) -> None:
    assert one(MON_AM=text).week == {}


def test_a_row_without_half_days_says_nothing_of_them() -> None:
    assert one().week is None


@pytest.mark.parametrize("text", ["clinical 240", "Clinical (240 min)", "clinical 240m"])
def test_minutes_may_stand_behind(text: str) -> None:
    assert one(FRI_PM=text).week == {(4, "pm"): ("clinical", 240)}


def test_hours_go_before_sessions_and_sessions_have_the_posts_length() -> None:
    assert one(CONTRACTED_HOURS="20", CONTRACTED_SESSION="6").contracted_minutes == 1200
    assert one(CONTRACTED_SESSION="6,5", SESSION_MINUTES="240").contracted_minutes == 1560


def test_a_name_may_stand_in_two_columns() -> None:
    assert one(NAME="", FORENAME="Ann", SURNAME="Able").name == "Ann Able"


def test_the_last_day_becomes_the_first_without_the_post() -> None:
    row = one(END_DATE_CONTRACT="2026-03-31")
    assert (row.ends_on, row.end_reason) == (dt.date(2026, 4, 1), "not_known")
    assert one(END_DATE_CONTRACT="31/03/2026", REASON_FOR_LEAVING="Retired").end_reason == "retired"


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"NAME": ""}, "Full name: it is missing"),
        ({"NAME": "=HYPERLINK(1)"}, "it is no name"),
        ({"NAME": "A" * 121}, "it is no name"),
        ({"NAME": "Ann \u202eSmith"}, "an invisible character"),
        ({"NAME": "Ann\u200bSmith"}, "an invisible character"),
        ({"STAFF_ROLE": ""}, "Role: it is missing"),
        ({"STAFF_ROLE": "Wizard"}, "“Wizard” is not on the list"),
        ({"REGISTRATION_NUMBER": "12"}, "A GMC number is 7 digits"),
        ({"EMPLOYEE_NUMBER": "=1+1"}, "letters and digits"),
        ({"YEAR_OF_BIRTH": "66"}, "four digits"),
        ({"YEAR_OF_BIRTH": "1901"}, "from 1920 to 2015"),
        ({"AGE_BAND": "old"}, "Write 55 to 59"),
        ({"CONTRACTED_SESSION": "lots"}, "is no number"),
        ({"CONTRACTED_HOURS": "168"}, "from 0 to 90"),
        ({"CONTRACTED_SESSION": "20", "SESSION_MINUTES": "360"}, "more than 90 hours"),
        ({"SESSION_MINUTES": "60"}, "from 120 to 360"),
        ({"START_DATE_CONTRACT": "31/02/2026"}, "is no date"),
        ({"END_DATE_CONTRACT": "2019-01-01"}, "before the first day"),
        (
            {"START_DATE_CONTRACT": "2026-04-01", "END_DATE_CONTRACT": "2026-03-31"},
            "before the first day",
        ),
        ({"REASON_FOR_LEAVING": "Retired"}, "there is no last day"),
        ({"MON_AM": "golf"}, "Monday morning: “golf” is not on the list"),
        ({"PROFESSION": "Alchemist"}, "is not on the list"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_why_and_what_to_do(
    cells: dict[str, str], told: str
) -> None:
    assert told in refusal(**cells)


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert refusal(STAFF_ROLE="Wizard", YEAR_OF_BIRTH="66").count(":") >= 2


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-04-01", dt.date(2026, 4, 1)),
        ("2026-04-01 00:00:00", dt.date(2026, 4, 1)),
        ("1/4/2026", dt.date(2026, 4, 1)),
        ("01.04.2026", dt.date(2026, 4, 1)),
        ("1 April 2026", dt.date(2026, 4, 1)),
        ("01-Apr-2026", dt.date(2026, 4, 1)),
        ("1899-12-30", None),
        ("46113", None),
        ("tomorrow", None),
    ],
)
def test_days_are_read_as_they_are_written_in_britain(text: str, day: dt.date | None) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize("text", ["55-59", "55 to 59", "55TO59", "55 – 59"])
def test_age_bands_are_written_in_many_ways(text: str) -> None:
    assert one(AGE_BAND=text).age_band == "55TO59"


def test_seventy_and_over_is_a_band() -> None:
    assert {one(AGE_BAND=text).age_band for text in ("70+", "70 and over", "70PLUS")} == {"70PLUS"}
