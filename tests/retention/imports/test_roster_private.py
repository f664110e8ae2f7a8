"""What is never kept is taken out on reading."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.imports.roster_private import Cleaned, clean, without_ni

NI = "QQ123456C".replace("QQ", "AB")


def cleaned(headers: list[str], *rows: list[str]) -> Cleaned:
    return clean(headers, [(line, cells) for line, cells in enumerate(rows, start=2)])


@pytest.mark.parametrize(
    "header", ["NI_NUMBER", "NI No.", "National Insurance Number", "NINO", "ni"]
)
def test_a_column_of_ni_numbers_is_known_by_its_header(header: str) -> None:
    found = cleaned(["Name", header], ["Ann", "not even one"])
    assert found.headers == ("Name",)
    assert found.rows == ((2, ("Ann",)),)
    assert "NI numbers are never stored" in found.notes[0]


@pytest.mark.parametrize("number", [NI, "AB 12 34 56 C", "ab-12-34-56-c"])
def test_and_by_what_it_holds_whatever_it_is_called(number: str) -> None:
    found = cleaned(["Name", "Ref"], ["Ann", number], ["Bob", ""], ["Cat", number])
    assert found.headers == ("Name",)
    assert number not in json.dumps(found.rows)


def test_a_number_among_other_things_is_cut_out_alone() -> None:
    found = cleaned(["Name", "Ref"], [f"Ann {NI}", "E-1"], ["Bob", "E-2"])
    assert found.rows == ((2, ("Ann", "E-1")), (3, ("Bob", "E-2")))
    assert found.notes == ("Emptied: 1 cell that looks like an NI number.",)


def test_a_header_line_that_was_forgotten_is_no_way_in() -> None:
    assert NI not in json.dumps(cleaned(["Ann", f"x {NI}"], ["Bob", "y"]).headers)
    assert without_ni(f"{NI} staff.csv") == " staff.csv"


@pytest.mark.parametrize("number", ["PH123456", "12A3456E", "1234567", "E123456C", "AB12345C"])
def test_numbers_of_other_bodies_stay(number: str) -> None:
    found = cleaned(["Name", "Registration"], ["Ann", number])
    assert found.rows[0][1] == ("Ann", number)
    assert found.notes == ()


@pytest.mark.parametrize("header", ["DATE_OF_BIRTH", "D.O.B.", "DOB", "Birth date", "Born"])
@pytest.mark.parametrize(
    "date",
    [
        "03/05/1966",
        "1966-05-03",
        "3 May 1966",
        "03-May-1966",
        "19660503",
        "3.5.1966",
        "1966-05-03 0",
    ],
)
def test_of_a_date_of_birth_the_year_alone_is_left(header: str, date: str) -> None:
    found = cleaned(["Name", header], ["Ann", date])
    assert found.headers == ("Name", "YEAR_OF_BIRTH")
    assert found.rows == ((2, ("Ann", "1966")),)
    assert "full dates of birth are never stored" in found.notes[0]


@pytest.mark.parametrize("date", ["03/05/66", "24230", "May 1966", "spring"])
def test_what_is_no_full_year_goes_with_it(date: str) -> None:
    assert cleaned(["Name", "DOB"], ["Ann", date]).rows == ((2, ("Ann", "")),)


def test_a_date_beside_its_year_is_dropped_whole() -> None:
    found = cleaned(["Name", "Year of birth", "DOB"], ["Ann", "1966", "03/05/1966"])
    assert found.headers == ("Name", "Year of birth")
    assert found.rows == ((2, ("Ann", "1966")),)


def test_a_full_date_under_year_of_birth_is_cut() -> None:
    found = cleaned(["Name", "YEAR_OF_BIRTH"], ["Ann", "1966-05-03"], ["Bob", "1970"])
    assert [cells[1] for _, cells in found.rows] == ["1966", "1970"]


@pytest.mark.parametrize(
    "header", ["Sickness days", "Ethnicity", "Salary", "Home address", "Notes"]
)
def test_what_has_no_place_in_a_workforce_record_is_left_out(header: str) -> None:
    assert cleaned(["Name", header], ["Ann", "x"]).headers == ("Name",)


def test_headers_that_stand_twice_or_are_empty_can_be_told_apart() -> None:
    assert cleaned(["Hours", "", "Hours"], ["1", "2", "3"]).headers == (
        "Hours", "Column 2", "Hours (2)",
    )  # fmt: skip


def test_what_our_own_download_adds_is_left_out_again() -> None:
    assert cleaned(["LINE", "WHY_NOT_LOADED", "NAME"], ["2", "x", "Ann"]).headers == ("NAME",)


@given(
    where=st.integers(0, 3),
    first=st.sampled_from("ABCEGHJKLMNOPRSTWXYZ"),
    second=st.sampled_from("ABCEGHJKLMNPRSTWXYZ"),
    digits=st.integers(0, 999_999),
    last=st.sampled_from("ABCD"),
)
def test_no_ni_number_gets_through_wherever_it_stands(
    where: int, first: str, second: str, digits: int, last: str
) -> None:
    number = f"{first}{second}{digits:06d}{last}"
    row = ["Ann", "GP partner", "E-1", "clinical"]
    row[where] = number
    found = cleaned(["NAME", "STAFF_ROLE", "EMPLOYEE_NUMBER", "MON_AM"], row, ["Bob", "", "", ""])
    assert number not in json.dumps([found.headers, found.rows, found.notes])
