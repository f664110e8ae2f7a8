"""Reads a sheet of a published workbook with the standard library; no package is needed for it."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_sheet(path: Path, name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of the sheet `name`: the texts of its cells, by column letters."""
    with zipfile.ZipFile(path) as book:
        shared = [
            "".join(part.text or "" for part in item.iter(f"{MAIN}t"))
            for item in _parse(book, "sharedStrings.xml")
        ]
        sheet = _parse(book, _target(book, name))
    for row in sheet.iter(f"{MAIN}row"):
        cells = {}
        for cell in row:
            value = cell.find(f"{MAIN}v")
            if value is not None and value.text is not None:
                column = re.sub("[0-9]", "", cell.attrib["r"])
                is_shared = cell.get("t") == "s"
                cells[column] = shared[int(value.text)] if is_shared else value.text
        yield cells


def _target(book: zipfile.ZipFile, name: str) -> str:
    """Return where in the workbook the sheet `name` lies."""
    sheets = _parse(book, "workbook.xml").iter(f"{MAIN}sheet")
    link = next(sheet.attrib[LINK] for sheet in sheets if sheet.attrib["name"] == name)
    relations = _parse(book, "_rels/workbook.xml.rels")
    return next(item.attrib["Target"] for item in relations if item.attrib["Id"] == link)


def _parse(book: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(book.read(f"xl/{name}"))  # noqa: S314  (a file we chose)
