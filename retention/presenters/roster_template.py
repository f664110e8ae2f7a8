"""The roster's template, and the download of rows that were not loaded: CSV and Excel."""

from retention.imports.roster_fields import BY_COLUMN, FIELDS, HALF_DAY_COLUMNS, RosterField
from retention.imports.roster_words import LISTS
from retention.models import RosterRun
from retention.presenters.spreadsheets import csv_text, workbook_bytes

TEMPLATE: tuple[RosterField, ...] = tuple(field for field in FIELDS if field.in_template)
WHY = "WHY_NOT_LOADED"
LINE = "LINE"
# Rows of the sheet that have lists to choose from.
LISTED_ROWS = 1_000
INSTRUCTIONS = (
    "One row for each post: somebody with two roles has two rows.",
    "Only NAME and STAFF_ROLE must be filled in. What you leave empty stays as it is.",
    "Give a registration number or your own staff reference, so that the person is known again"
    " next month. Nobody is ever matched by name without asking you.",
    "Sessions or hours will do. The half-days (MON_AM to SAT_EVE) are optional: fill in a week or"
    " leave it out.",
    "Never write NI numbers, full dates of birth or anything about health. Such columns are taken"
    " out before anything is stored.",
    "Nobody's post ends because they are missing here: you will be asked.",
    "Save the file and upload it under Staff, Upload a roster. You see what would happen before"
    " anything does, and can undo it for 14 days.",
)


def template_csv() -> str:
    """Return the template as CSV: its header."""
    return csv_text([[field.column for field in TEMPLATE]])


def template_workbook() -> bytes:
    """Return the template as a workbook: the roster with lists to choose from, and instructions."""
    from openpyxl import Workbook  # not needed before somebody asks for it
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = "Roster"
    for place, field in enumerate(TEMPLATE, start=1):
        cell = sheet.cell(row=1, column=place, value=field.column)
        cell.font = Font(bold=True)
        is_half_day = field.column in HALF_DAY_COLUMNS
        sheet.column_dimensions[get_column_letter(place)].width = 12 if is_half_day else 24
        if field.column in ("EMPLOYEE_NUMBER", "REGISTRATION_NUMBER", "EMPLOYING_ORG_CODE"):
            # As text: Excel would take the zeros off the front.
            for row in range(2, 102):
                sheet.cell(row=row, column=place).number_format = "@"
    sheet.freeze_panes = "A2"
    lists = book.create_sheet("Lists")
    _add_lists(sheet, lists)
    help_sheet = book.create_sheet("Instructions")
    for line in (("How to fill in the roster", ""), *((text, "") for text in INSTRUCTIONS)):
        help_sheet.append(line)
    help_sheet.append(("", ""))
    help_sheet.append(("Column", "What to write"))
    for field in TEMPLATE:
        help_sheet.append((field.column, f"{field.label}. {field.hint}"))
    help_sheet.column_dimensions["A"].width = 60
    help_sheet.column_dimensions["B"].width = 80
    for (cell,) in help_sheet.iter_rows(min_col=1, max_col=1):
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return workbook_bytes(book)


def rejects_csv(run: RosterRun) -> str:
    """Return the rows that were or would not be loaded, each with its reason, to be mended.

    Its columns are the template's, so it can be uploaded as it is. No cell runs as a formula.
    """
    reasons = {
        row["line"]: row["reason"]
        for row in run.report.get("rows", [])
        if row["outcome"] in ("rejected", "ask")
    }
    columns = [run.columns.get(header, "") for header in run.headers]
    known = [place for place, column in enumerate(columns) if column in BY_COLUMN]
    rows = [
        [str(line), reasons[line], *(cells[place] for place in known)]
        for line, cells in run.rows
        if line in reasons
    ]
    return csv_text([[LINE, WHY, *(columns[place] for place in known)], *rows])


def _add_lists(sheet: "object", lists: "object") -> None:
    """Put the words of each list on a sheet of their own, and let cells choose from them."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letters = {}
    for place, (name, words) in enumerate(LISTS.items(), start=1):
        letters[name] = get_column_letter(place)
        for row, word in enumerate((name, *words), start=1):
            lists.cell(row=row, column=place, value=word)  # type: ignore[attr-defined]  # no types
    for place, field in enumerate(TEMPLATE, start=1):
        name = "HALF_DAY" if field.column in HALF_DAY_COLUMNS else field.column
        if name not in LISTS:
            continue
        source = f"Lists!${letters[name]}$2:${letters[name]}${len(LISTS[name]) + 1}"
        # Other words are read too, so what is not on the list is allowed.
        rule = DataValidation(
            type="list", formula1=source, allow_blank=True, showErrorMessage=False
        )
        sheet.add_data_validation(rule)  # type: ignore[attr-defined]  # no types
        letter = get_column_letter(place)
        rule.add(f"{letter}2:{letter}{LISTED_ROWS}")
