"""The columns of other people's spreadsheets."""

import pytest

from retention.imports.roster_fields import FIELDS, fingerprint, guess, mapping_problem


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Contracted Sessions", "CONTRACTED_SESSION"),
        ("contracted_session", "CONTRACTED_SESSION"),
        ("GMC No.", "REGISTRATION_NUMBER"),
        ("Job Title", "STAFF_ROLE"),
        ("Monday AM", "MON_AM"),
        ("Tue afternoon", "TUE_PM"),
        ("Friday evening", "FRI_EVE"),
        ("Employing organisation code", "EMPLOYING_ORG_CODE"),
        ("End date", "END_DATE_CONTRACT"),
        ("Payroll number", "EMPLOYEE_NUMBER"),
    ],
)
def test_headers_are_guessed(header: str, column: str) -> None:
    assert guess([header]) == {0: column}


def test_each_column_is_guessed_once_and_the_unknown_not_at_all() -> None:
    assert guess(["Name", "Full name", "Shoe size"]) == {0: "NAME"}


def test_every_column_is_known_by_its_own_name_and_label() -> None:
    for field in FIELDS:
        assert guess([field.column]) == {0: field.column}
        assert guess([field.label]) == {0: field.column}


def test_a_fingerprint_is_of_the_headers_in_any_order_and_case() -> None:
    assert fingerprint(["Name", "Job Title"]) == fingerprint(["JOB_TITLE", "name "])
    assert fingerprint(["Name", "Role"]) != fingerprint(["Name", "Job Title"])


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        (["NAME", "STAFF_ROLE"], ""),
        (["SURNAME", "FORENAME", "STAFF_ROLE", ""], ""),
        (["STAFF_ROLE"], "holds the name"),
        (["NAME"], "holds the role"),
        (["NAME", "STAFF_ROLE", "NAME"], "Two columns"),
        (["NAME", "STAFF_ROLE", "SHOE"], "no column “SHOE”. Choose from: EMPLOYEE_NUMBER,"),
        (["NAME", "STAFF_ROLE", "SHOE", "SHOE"], "no column “SHOE”"),
    ],
)
def test_a_mapping_needs_name_and_role_and_nothing_twice(columns: list[str], problem: str) -> None:
    found = mapping_problem(columns)
    assert problem in found if problem else found == ""
