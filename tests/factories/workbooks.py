"""Makes Excel workbooks as bytes, right or wrong, part by part."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
# Cell style 1 shows a date, 2 a date of the workbook's own making, 3 a number with a unit.
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" formatCode="dd\\ mmm\\ yyyy"/>'
    '<numFmt numFmtId="171" formatCode="0&quot; days&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>'
    '<xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>'
)


def column_letters(number: int) -> str:
    """Return the letters of a column counted from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_xml(reference: str, text: str) -> str:
    """Return a cell that holds its text itself."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def rows_xml(rows: Iterable[Sequence[str]]) -> str:
    """Return the rows of a sheet, each cell with its address; empty cells are left out."""
    return "".join(
        f'<row r="{line}">'
        + "".join(
            cell_xml(f"{column_letters(place)}{line}", text)
            for place, text in enumerate(cells, start=1)
            if text
        )
        + "</row>"
        for line, cells in enumerate(rows, start=1)
    )


def workbook_parts(
    sheets: Mapping[str, str], *, before: str = "", shared: Sequence[str] = ()
) -> dict[str, bytes]:
    """Return the parts of a workbook by path; `sheets` maps a name to the XML of its rows.

    `before` stands in each sheet before its rows; `shared` are the texts that cells may number.
    """
    names = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(sheets, start=1)
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" '
        f'Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    texts = "".join(f"<si><t>{escape(text)}</t></si>" for text in shared)
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>'
        ),
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>',
    }
    for number, rows in enumerate(sheets.values(), start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'
        )
    return {path: text.encode() for path, text in parts.items()}


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Pack parts as a zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return stream.getvalue()


def workbook_bytes(sheets: Mapping[str, Iterable[Sequence[str]]]) -> bytes:
    """Return a workbook of texts; `sheets` maps a name to its rows."""
    return pack(workbook_parts({name: rows_xml(rows) for name, rows in sheets.items()}))
