"""The tables of a place's outlook as files hold them: the very figures of the page."""

import re
from collections.abc import Sequence

from retention.presenters.ahead import AheadSection
from retention.presenters.other_staff import NO_OTHER_STAFF, OtherStaff
from retention.presenters.outlook import INTERVAL_NOTE, Table
from retention.presenters.place import PlacePage
from retention.presenters.place_lists import PlaceRow
from retention.presenters.spreadsheets import Cell, Figure, Sheet
from retention.presenters.trust import trust_sentences

_NUMBER = re.compile(r"([+\N{MINUS SIGN}]?)([\d,]+(?:\.(\d+))?)(%?)")
TRUST_TITLE = "Back-test, calibration and limits"
_MADE = (
    "From the General Practice Workforce publication of NHS England and the standard table. If "
    "nobody joins. Estimated sessions a week."
)


def outlook_sheets(
    page: PlacePage,
    ahead: AheadSection,
    staff: OtherStaff = NO_OTHER_STAFF,
    changes: Sequence[Sequence[str]] = (),
    beside: Sequence[Sheet] = (),
) -> list[Sheet]:
    """Return every table of an outlook that the reader of `page` sees.

    With the section on other staff, the sentences on what changed, and the sheets of what stands
    beside the outlook."""
    outlook = page.outlook
    assert outlook.chart is not None  # the years ahead rest on both
    assert outlook.chances is not None
    sheets = [
        table_sheet("outlook", "Estimated sessions at risk", outlook.chart.table, INTERVAL_NOTE),
        table_sheet("chances", "Chance of losing at least so many sessions", outlook.chances),
        table_sheet("ahead", "Estimated sessions left", ahead.table, " ".join(ahead.notes)),
    ]
    if ahead.drivers:
        title = "Parts of the expected loss by age band"
        sheets.append(table_sheet("drivers", title, ahead.drivers, ahead.change))
    sheets += _staff(staff)
    if changes:
        said = [[text] for sentences in changes for text in sentences]
        sheets.append(Sheet("changes", "What changed, and why", ["Change"], list(said)))
    within = page.within
    if within.practices:
        rows, headers = within.practices, within.practice_headers
        sheets.append(_places("practices", "Practices by name", headers, rows))
    if within.networks:
        rows, headers = within.networks, within.network_headers
        sheets.append(_places("networks", "Networks", headers, rows))
    about = Sheet("place", f"{page.title} ({page.code})", ["About"], _about(page))
    return [about, *sheets, trust_sheet(), *beside]


def trust_sheet() -> Sheet:
    """Return what must stand beside every outlook, in a file as on the page."""
    said: list[list[Cell]] = [[text] for text in trust_sentences()]
    return Sheet("trust", TRUST_TITLE, ["How far to trust it"], said)


def _staff(staff: OtherStaff) -> list[Sheet]:
    """Return the tables of other staff: all groups together, and then each for itself."""
    if staff.table is None:
        return []
    sheets = [table_sheet("staff", "Other staff", staff.table, " ".join(staff.notes))]
    for group in staff.groups:
        at_least = f"{group.name}: chance of losing at least so many FTE"
        sheets += [
            table_sheet(f"{group.group}-losses", f"{group.name}: FTE at risk", group.losses),
            table_sheet(f"{group.group}-chances", at_least, group.chances),
        ]
    return sheets


def _about(page: PlacePage) -> list[list[Cell]]:
    as_at = f"As at {page.day.as_at}." if page.day.as_at else ""
    said = [
        as_at,
        *page.summary.sentences,
        page.summary.flag or page.outlook.no_flag,
        *page.outlook.notes,
    ]
    return [[sentence] for sentence in (*said, _MADE) if sentence]


def table_sheet(name: str, title: str, table: Table, note: str = "") -> Sheet:
    """Return a page's table as files hold it, its numbers as numbers."""
    return Sheet(name, title, table.headers, [_cells(row) for row in table.rows], note)


def _places(name: str, title: str, headers: Sequence[str], rows: Sequence[PlaceRow]) -> Sheet:
    lines = [[row.name, *row.figures, row.note] for row in rows]
    # A note stands where the figures would begin: files have no cell over several columns.
    filled = [[*line[: len(headers)], *[""] * (len(headers) - len(line))] for line in lines]
    return Sheet(name, title, list(headers), [[row[0], *_cells(row[1:])] for row in filled])


def _cells(row: Sequence[str]) -> list[Cell]:
    return [cell_of(text) for text in row]


def cell_of(text: str) -> Cell:
    """Return a printed number as one that a spreadsheet counts with; other texts as they are."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return text
    # Read back from the print, so that a file cannot hold a digit that no page shows.
    sign, digits, decimals, per_cent = found.groups()
    value = float(digits.replace(",", "")) * (-1 if sign == "\N{MINUS SIGN}" else 1)
    printed = text.replace("\N{MINUS SIGN}", "-").removeprefix("+")
    places = "." + "0" * len(decimals) if decimals else ""
    if per_cent:
        return Figure(printed, value / 100, f"0{places}%")
    return Figure(printed, value, f"#,##0{places}")
