"""Codes, names and dates of published files."""

from datetime import date

import pytest

from retention.imports import checks


@pytest.mark.parametrize(
    ("code", "value"),
    [
        (checks.PRACTICE, "A81001"),
        (checks.NETWORK, "U89141"),
        (checks.NETWORK, "U"),
        (checks.SUB_ICB, "16C"),
        (checks.SUB_ICB, "W2U3Z"),
        (checks.ICB, "QHM"),
        (checks.ICB, "D7T5G"),
        (checks.REGION, "Y63"),
        (checks.POSTCODE, "TS18 1HU"),
        (checks.POSTCODE, "W1A 1AA"),
    ],
)
def test_real_codes_are_accepted(code: checks.Code, value: str) -> None:
    assert code.problem(value) == ""


@pytest.mark.parametrize(
    ("code", "value"),
    [
        (checks.PRACTICE, "A8100"),
        (checks.PRACTICE, "81001A"),
        (checks.PRACTICE, "A8100\u0661"),
        (checks.NETWORK, "U8914"),
        (checks.SUB_ICB, "16CX"),
        (checks.ICB, "QH"),
        (checks.REGION, "E40000012"),
        (checks.POSTCODE, "TS18"),
    ],
)
def test_a_wrong_code_is_shown_with_its_shape(code: checks.Code, value: str) -> None:
    problem = code.problem(value)
    assert f"{code.name} “{value}” is not valid" in problem
    assert code.shape in problem


def test_a_missing_code_is_called_missing() -> None:
    assert checks.PRACTICE.problem("").startswith("The practice code is missing.")


@pytest.mark.parametrize("value", ["THE DENSHAM SURGERY", "FULWELL MEDICAL CENTRE,", "St André"])
def test_real_names_are_accepted(value: str) -> None:
    assert checks.name_problem("practice", value) == ""


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("", "is missing"),
        ("x" * 201, "has 201 characters"),
        ('=HYPERLINK("x")', "like a formula"),
        ("@SUM(A1)", "like a formula"),
        ("+44", "like a formula"),
        ("DOCK\u200bSIDE", "invisible character"),
    ],
)
def test_a_name_that_could_do_harm_is_refused(value: str, message: str) -> None:
    assert message in checks.name_problem("practice", value)


def test_tidy_makes_one_space_of_any_white_space() -> None:
    assert checks.tidy("  OLD\r\n MILL\u00a0 SURGERY\t") == "OLD MILL SURGERY"


@pytest.mark.parametrize(
    "value", ["01Jul2026", "1-JUL-2026", "01 jul 2026", "2026-07-01", "01/07/2026"]
)
def test_dates_are_read_as_publishers_write_them(value: str) -> None:
    assert checks.parse_date(value) == date(2026, 7, 1)


@pytest.mark.parametrize(
    "value", ["", "July 2026", "31Jun2026", "01Foo2026", "01Jul0026", "2026-13-01", "46204"]
)
def test_what_is_no_date_is_none(value: str) -> None:
    assert checks.parse_date(value) is None


@pytest.mark.parametrize(
    ("year", "month", "expected"),
    [
        ("2025", "06", date(2025, 6, 1)),
        ("2025", "6", date(2025, 6, 1)),
        ("2025", "13", None),
        ("25", "06", None),
        ("2014", "06", None),
        ("2025", "", None),
        ("2025", "June", None),
    ],
)
def test_a_month_is_its_first_day(year: str, month: str, expected: date | None) -> None:
    assert checks.parse_month(year, month) == expected


@pytest.mark.parametrize(
    ("values", "given", "month", "problem"),
    [
        ({"year": "2025", "month": "6"}, None, date(2025, 6, 1), ""),
        ({"year": "2025", "month": "06"}, date(2025, 6, 1), date(2025, 6, 1), ""),
        ({"year": "2025", "month": "13"}, date(2025, 6, 1), None, "missing or not a month"),
        ({"year": "", "month": ""}, None, None, "missing or not a month"),
        ({}, date(2025, 6, 1), date(2025, 6, 1), ""),
        (
            {"year": "2025", "month": "6"},
            date(2025, 5, 1),
            date(2025, 6, 1),
            "The file is for June 2025, not for May 2025 as you gave.",
        ),
    ],
)
def test_the_month_is_printed_or_given_and_the_two_agree(
    values: dict[str, str], given: date | None, month: date | None, problem: str
) -> None:
    found, said = checks.month_of(values, given)
    assert found == month
    assert problem in said
    assert bool(said) == bool(problem)


def test_a_day_is_of_its_month() -> None:
    assert checks.other_month_problem(date(2026, 7, 31), date(2026, 7, 1)) == ""
    assert "for August 2026" in checks.other_month_problem(date(2026, 8, 1), date(2026, 7, 1))


def test_what_stands_twice_names_the_first_line() -> None:
    assert checks.repeat_problem("Practice A81001", 4, 4) == ""
    assert checks.repeat_problem("Practice A81001", 4, 9).startswith(
        "Practice A81001 is already on line 4."
    )
