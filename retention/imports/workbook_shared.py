"""What the sheets of a workbook share: their names, the texts that cells refer to, date styles."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass

from retention.imports.files import UnreadableFileError
from retention.imports.workbook_xml import DAMAGED, Attributes, parsed, read_attributes

MAX_TEXTS = 1_000_000
MAX_TEXT_CHARS = 32 * 1024 * 1024
# What a spreadsheet program lets a cell hold. Any number of cells may name one shared text, so a
# longer one would cost its length again wherever a reader looks at a row.
MAX_CELL_CHARS = 32_767
BOOK = "xl/workbook.xml"
# Number formats that Excel itself shows as a date or a time.
DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
# What is left of a custom format without its quoted texts, colours and escapes.
NOT_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


@dataclass(frozen=True)
class SharedParts:
    """What the sheets of a workbook share."""

    data: bytes
    texts: tuple[str, ...]
    date_styles: frozenset[int]
    counts_from_1904: bool


def listed_sheets(archive: zipfile.ZipFile) -> tuple[list[tuple[str, str]], bool]:
    """Return (name, path in the zip) of each sheet of cells, and whether days count from 1904."""
    paths: dict[str, str] = {}
    sheets: list[tuple[str, str]] = []
    settings: dict[str, str] = {}

    def relation(name: str, found: Attributes) -> None:
        # A sheet may lie on another machine, which nothing here ever asks.
        is_inside = found.get("TargetMode") != "External"
        if name == "Relationship" and is_inside and found["Type"].endswith("/worksheet"):
            paths[found["Id"]] = posixpath.normpath(posixpath.join("/xl", found["Target"]))[1:]

    def sheet(name: str, found: Attributes) -> None:
        if name == "workbookPr":
            settings.update(found)
        if name == "sheet":
            link = next((found[key] for key in found if key.endswith(":id")), "")
            if link in paths:
                sheets.append((found.get("name", ""), paths[link]))

    try:
        read_attributes(archive, "xl/_rels/workbook.xml.rels", relation)
        read_attributes(archive, BOOK, sheet)
    except KeyError as error:
        raise UnreadableFileError(DAMAGED) from error
    return sheets, settings.get("date1904") in ("1", "true")


def texts_of(archive: zipfile.ZipFile) -> tuple[str, ...]:
    """Return the texts that cells refer to by number."""
    found: list[str] = []
    parts: list[str] = []
    inside: list[str] = []
    size = 0

    def start(name: str, _: Attributes) -> None:
        inside.append(name)

    def text(value: str) -> None:
        # "rPh" spells an East Asian text out; it is no part of it.
        if inside and inside[-1] == "t" and "rPh" not in inside:
            parts.append(value)

    def end(name: str) -> None:
        nonlocal size
        inside.pop()
        if name == "si":
            found.append("".join(parts))
            size += len(found[-1])
            parts.clear()
            refuse_long(found[-1])
        if len(found) > MAX_TEXTS or size > MAX_TEXT_CHARS:
            raise UnreadableFileError(
                "The workbook holds more text than any published one. "
                "Keep the sheet that is needed, or save it as CSV."
            )

    with archive.open("xl/sharedStrings.xml") as stream:
        for _ in parsed(stream.read, start, end, text):
            pass
    return tuple(found)


def refuse_long(text: str) -> None:
    """Raise UnreadableFileError for a text that no spreadsheet program lets a cell hold."""
    if len(text) > MAX_CELL_CHARS:
        raise UnreadableFileError(
            f"A cell of the workbook holds {len(text):,} characters; a spreadsheet program lets it "
            f"hold {MAX_CELL_CHARS:,}. Open the workbook in one, save it, and choose it again."
        )


def date_styles_of(archive: zipfile.ZipFile) -> frozenset[int]:
    """Return the numbers of the cell styles that show a date."""
    formats = set(DATE_FORMATS)
    styles: list[int] = []
    in_cells = False

    def style(name: str, found: Attributes) -> None:
        nonlocal in_cells
        if name == "numFmt" and re.search("[dmyDMY]", NOT_FORMAT.sub("", found["formatCode"])):
            formats.add(int(found["numFmtId"]))
        elif name in ("cellXfs", "cellStyles"):
            in_cells = name == "cellXfs"
        elif name == "xf" and in_cells:
            styles.append(int(found.get("numFmtId", "0")))

    try:
        read_attributes(archive, "xl/styles.xml", style)
    except (KeyError, ValueError) as error:
        raise UnreadableFileError(DAMAGED) from error
    return frozenset(number for number, used in enumerate(styles) if used in formats)
