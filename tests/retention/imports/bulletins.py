"""Makes a small bulletin workbook, with the traps of the real one."""

from collections.abc import Mapping, Sequence

from tests.factories.workbooks import workbook_bytes

STAFF = "General Medical Practice staff:"
END = [["Source: NHS England"], ["Copyright © 2025, NHS England"]]
AGES: Sequence[Sequence[object]] = [
    [f"Table 2b: {STAFF} headcount by age band, [Notes 2,3]"],
    ["England"],
    ["", "September\n2015\n[Notes 5,6]", "March\n2016", "% difference March"],
    ["All GPs [Notes 11,13]", 10, 12, 20.0],
    ["Of which estimated [Note 19]", 0.05, "", ""],
    ["Under 30", " -   ", 2, ".."],
    ["65 and over", 9, 8, ".."],
    ["Unknown [Note 23]", 1, 2, ".."],
    ["All Nurses", 7, "..", 1.0],
    ["Under 25", "-", "..", ".."],
    *END,
]
HOURS: Sequence[Sequence[object]] = [
    [f"Table 3: Full-time equivalent work commitment: {STAFF} by role"],
    ["", "September\n2015", "", "March 2016", "", "% difference"],
    ["", "Number", "%", "Number", "%", ""],
    ["GP Partners"],
    ["Working less than or equal to 15 hours per week (<= 0.4 FTE)", 4, 40.0, 5, 50.0, 1.0],
    *END,
]
PLACES: Sequence[Sequence[object]] = [
    [f"Table 6b: {STAFF} in each Region and ICB: headcount by role, March 2016, Official"],
    ["", "", "All GPs", "Apprentices", "All Admin/Non-Clinical", "Apprentices\n[Note 10]"],
    ["England", "", 12, 3, 90, 4],
    ["QZZ", "NHS Willowshire ICB", 12, "-", 90, ".."],
    *END,
]
Tables = Mapping[str, Sequence[Sequence[object]]]
TABLES: Tables = {"2b": AGES, "3": HOURS, "6b": PLACES}


def bulletin_bytes(changes: Tables | None = None, tables: Tables = TABLES) -> bytes:
    """Return a small bulletin; `changes` replace or add sheets."""
    sheets = {"Title and Contents": [["Bulletin Tables"]], **tables, **(changes or {})}
    return workbook_bytes(
        {name: [[str(cell) for cell in row] for row in rows] for name, rows in sheets.items()}
    )
