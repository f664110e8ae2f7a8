"""A practice's roster, the whole way: template, columns, preview, load, mend, load again, undo."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import FilePayload, expect
from pytest_django.live_server_helper import LiveServer

from organisations.clock import today
from retention.models import Post
from tests.browser.conftest import NewVisitor
from tests.browser.people import given_signed_in, user
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Five people of whom the last has a role that nobody has.
PEOPLE: list[dict[str, object]] = [
    {"NAME": "Dr Avery Newcomer", "STAFF_ROLE": "Salaried GP", "REGISTRATION_NUMBER": "9990001",
     "CONTRACTED_SESSION": 6, "MON_AM": "Clinical", "MON_PM": "Admin"},
    {"NAME": "Dr Blake Newcomer", "STAFF_ROLE": "GP partner", "REGISTRATION_NUMBER": "9990002"},
    {"NAME": "Casey Newcomer", "STAFF_ROLE": "Practice nurse", "REGISTRATION_NUMBER": "99A0003E"},
    {"NAME": "Drew Newcomer", "STAFF_ROLE": "Pharmacist", "EMPLOYEE_NUMBER": "E-4"},
    {"NAME": "Ellis Newcomer", "STAFF_ROLE": "Wizard", "EMPLOYEE_NUMBER": "E-5"},
]  # fmt: skip


def test_a_roster_from_the_template_to_undo(demo: LiveServer, new_visitor: NewVisitor) -> None:
    manager = given_signed_in(new_visitor(accept_downloads=True), "practice_manager")
    before = posts_of_the_practice()
    the_page_takes_a_press_or_a_file(manager)
    workbook = the_template_is_filled_in(manager)
    the_file_is_uploaded_and_its_columns_named(manager, workbook)
    the_preview_tells_what_would_happen(manager)
    assert posts_of_the_practice() == before
    the_good_rows_are_loaded(manager)
    assert posts_of_the_practice() == before + 4
    mended = the_rejected_row_is_mended(manager)
    the_mended_file_is_loaded(manager, mended)
    assert posts_of_the_practice() == before + 5
    both_are_undone(manager)
    assert posts_of_the_practice() == before


def test_it_all_works_without_scripts(demo: LiveServer, new_visitor: NewVisitor) -> None:
    visitor = given_signed_in(new_visitor(java_script_enabled=False), "practice_manager")
    visitor.opens("rosters", practice_code())
    visitor.page.get_by_label("Your spreadsheet").set_input_files(
        FilePayload(
            name="staff.csv",
            mimeType="text/csv",
            buffer=b"NAME,STAFF_ROLE,EMPLOYEE_NUMBER\nAvery Newcomer,Other staff,E-1\n",
        )
    )
    visitor.presses("Upload and check")
    visitor.reads("Nothing is stored yet", "Avery Newcomer")
    visitor.then_the_page_is_accessible()
    visitor.presses("Load the good rows")
    visitor.reads("All good rows are in the record.")


def practice_code() -> str:
    return user("practice_manager").role_grants.get().organisation.code


def posts_of_the_practice() -> int:
    return Post.objects.filter(organisation__code=practice_code()).count()


def the_page_takes_a_press_or_a_file(manager: Visitor) -> None:
    manager.opens("practice-people", practice_code())
    manager.follows("upload a roster")
    manager.is_on("Upload a roster")
    manager.then_the_page_is_accessible()
    manager.presses("Nothing changed")
    manager.is_told("Noted: your staff stand as they are in the record today.")
    manager.presses("Upload and check")
    manager.then_the_problems_are_told("Choose a file to upload")


def the_template_is_filled_in(manager: Visitor) -> bytes:
    with manager.page.expect_download() as download:
        manager.follows("template for Excel")
    book = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    sheet = book["Roster"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for row, person in enumerate(PEOPLE, start=2):
        for column, value in person.items():
            sheet.cell(row=row, column=columns[column], value=value)
    # What a manager's own file has that the template has not.
    sheet.cell(row=1, column=columns["STAFF_ROLE"], value="What they do")
    sheet.cell(row=1, column=len(columns) + 1, value="NI number")
    sheet.cell(row=2, column=len(columns) + 1, value="AB123456C")
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def the_file_is_uploaded_and_its_columns_named(manager: Visitor, workbook: bytes) -> None:
    manager.page.locator("input[type=file]").set_input_files(
        FilePayload(name="our staff.xlsx", mimeType=XLSX, buffer=workbook)
    )
    manager.presses("Upload and check")
    manager.is_on("What are the columns?")
    manager.reads("“NI number” was not kept: NI numbers are never stored.")
    expect(manager.field("NAME")).to_have_value("NAME")
    manager.presses("Save and check the rows")
    manager.then_the_problems_are_told("Say which column holds the role.")
    manager.field("What they do").select_option("STAFF_ROLE")
    manager.presses("Save and check the rows")


def the_preview_tells_what_would_happen(manager: Visitor) -> None:
    manager.is_on("our staff.xlsx")
    manager.reads("Nothing is stored yet", "“Wizard” is not on the list", "Not in your file")
    manager.reads("Ellis Newcomer", "25 h 00 min a week, 2 half-days")
    manager.does_not_read("AB123456C")
    manager.then_the_page_is_accessible()


def the_good_rows_are_loaded(manager: Visitor) -> None:
    manager.presses("Load the good rows")
    manager.reads("All good rows are in the record.", "The rows of this roster wait")
    manager.then_the_page_is_accessible()
    manager.opens("practice-people", practice_code())
    manager.reads("Dr Avery Newcomer", "Drew Newcomer")
    manager.does_not_read("Ellis Newcomer")


def the_rejected_row_is_mended(manager: Visitor) -> bytes:
    manager.opens("rosters", practice_code())
    manager.main.get_by_role("link", name="our staff.xlsx").click()
    with manager.page.expect_download() as download:
        manager.follows("Download the rows that are not loaded (CSV)")
    text = Path(download.value.path()).read_text("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["NAME"], row["LINE"]) == ("Ellis Newcomer", "6")
    assert "not on the list" in row["WHY_NOT_LOADED"]
    return text.replace("Wizard", "Other staff").encode()


def the_mended_file_is_loaded(manager: Visitor, mended: bytes) -> None:
    manager.opens("rosters", practice_code())
    manager.page.locator("input[type=file]").set_input_files(
        FilePayload(name="mended.csv", mimeType="text/csv", buffer=mended)
    )
    manager.field("Agreement").select_option(index=1)
    manager.types("People were told on", today().isoformat())
    manager.presses("Upload and check")
    # Our own columns are known: none is asked for.
    manager.is_on("mended.csv")
    manager.presses("Load the good rows")
    manager.reads("All good rows are in the record.")
    manager.does_not_read("The rows of this roster wait")


def both_are_undone(manager: Visitor) -> None:
    for name in ("mended.csv", "our staff.xlsx"):
        manager.opens("rosters", practice_code())
        manager.main.get_by_role("link", name=name).click()
        manager.presses("Undo this roster")
        manager.is_told("The roster is undone.")
    manager.reads("Undone for 4 people.")
    manager.then_the_page_is_accessible()
