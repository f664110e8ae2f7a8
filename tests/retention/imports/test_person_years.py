import pytest

from retention.imports.person_years import DIED, LEFT, read_person_years

HEADER = "nid,year,age_in_year,gender,years_since_commission,event\n"


def test_rows_become_person_years() -> None:
    file = read_person_years(
        f"{HEADER}1,2000,60,Female,5,none\n1,2001,61,Female,6,senior_status\n"
        "2,2000,70,Male,9,death\n".encode()
    )
    assert file.rows.event.tolist() == [0, LEFT, DIED]
    assert file.rows.female.tolist() == [1, 1, 0]
    assert file.rows.tenure.tolist() == [5, 6, 9]
    assert (file.impossible, file.problems) == (0, ())


@pytest.mark.parametrize("event", ["resignation", "retirement", "impeachment_conviction"])
def test_every_reason_but_death_is_leaving(event: str) -> None:
    file = read_person_years(f"{HEADER}1,2000,60,Male,5,{event}\n".encode())
    assert file.rows.event.tolist() == [LEFT]


def test_records_without_an_end_are_counted_and_left_out() -> None:
    file = read_person_years(f"{HEADER}1,2000,254,Male,200,none\n".encode())
    assert (len(file.rows), file.impossible) == (0, 1)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("1,2000,60,Male,5,vanished", "Line 2: unknown event 'vanished'"),
        ("1,2000,sixty,Male,5,none", "Line 2: invalid literal"),
        ("1,2000", "Line 2: unknown event None"),
    ],
)
def test_a_problem_is_told_with_its_line(line: str, problem: str) -> None:
    file = read_person_years(f"{HEADER}{line}\n2,2000,60,Male,5,none\n".encode())
    assert len(file.rows) == 1
    (told,) = file.problems
    assert told.startswith(problem)


def test_an_unknown_sex_is_kept_as_unknown() -> None:
    file = read_person_years(f"{HEADER}1,2000,60,,5,none\n".encode())
    assert file.rows.female[0] != file.rows.female[0]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match="lacks the columns: nid, event"):
        read_person_years(b"year,age_in_year,gender,years_since_commission\n")
