"""The template reads as a roster; the download of rejected rows runs no formula."""

import csv
import io

from openpyxl import load_workbook

from retention.imports.roster_fields import BY_COLUMN, HALF_DAY_COLUMNS
from retention.imports.roster_file import read_spreadsheet
from retention.presenters.roster_template import rejects_csv, template_csv, template_workbook
from tests.factories.rosters import ANN, RosterRunFactory


def test_the_template_has_the_national_names_and_every_half_day() -> None:
    (header,) = csv.reader(io.StringIO(template_csv().removeprefix("\ufeff")))
    assert {"CONTRACTED_SESSION", "CONTRACTED_HOURS", "EMPLOYING_ORG_CODE"} <= set(header)
    assert set(HALF_DAY_COLUMNS) <= set(header)
    assert not {"NI_NUMBER", "DATE_OF_BIRTH"} & set(header)


def test_the_workbook_offers_lists_and_says_what_to_write() -> None:
    book = load_workbook(io.BytesIO(template_workbook()))
    sheet = book["Roster"]
    header = [cell.value for cell in sheet[1]]
    listed = {
        header[cells.bounds[0] - 1]
        for rule in sheet.data_validations.dataValidation
        for cells in rule.sqref.ranges
    }
    assert {"STAFF_ROLE", "PROFESSION", "REASON_FOR_LEAVING", "MON_AM", "SAT_EVE"} <= listed
    told = {row[0].value for row in book["Instructions"].iter_rows()}
    assert set(header) <= told


def test_a_filled_workbook_reads_as_a_roster() -> None:
    book = load_workbook(io.BytesIO(template_workbook()))
    sheet = book["Roster"]
    header = [cell.value for cell in sheet[1]]
    for column, value in ANN.items():
        sheet.cell(row=2, column=header.index(column) + 1, value=value)
    file = io.BytesIO()
    book.save(file)
    found = read_spreadsheet(file.getvalue())
    assert set(found.headers) <= set(BY_COLUMN)
    ((line, cells),) = found.rows
    filled = {name: text for name, text in zip(found.headers, cells, strict=True) if text}
    assert (line, filled) == (2, ANN)


def test_no_cell_of_the_download_runs_as_a_formula() -> None:
    evil = ['=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", "\t=1"]
    run = RosterRunFactory.build(
        headers=["NAME", "STAFF_ROLE"],
        rows=[[line, [text, "GP"]] for line, text in enumerate(evil, start=2)],
        report={"rows": [{"line": n, "outcome": "rejected", "reason": "=x"} for n in range(2, 7)]},
    )
    rows = list(csv.reader(io.StringIO(rejects_csv(run).removeprefix("\ufeff"))))
    assert len(rows) == 6
    for row in rows[1:]:
        assert all(not cell.startswith(("=", "+", "-", "@", "\t")) for cell in row), row
