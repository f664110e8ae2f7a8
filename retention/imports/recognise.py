"""Finds the right reader for a file by its content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from retention.imports import postcode_districts, practice_level, practice_map
from retention.imports.files import UnreadableFileError, text_file, unpack
from retention.imports.results import Reader, ReadResult
from retention.imports.tables import Table, normalised, open_table

READERS: tuple[Reader, ...] = (
    practice_map.READER,
    practice_level.READER,
    postcode_districts.READER,
)


def recognise(header: Sequence[str]) -> Reader | None:
    """Return the reader whose columns are all in `header` (any case and order), or None."""
    columns = {normalised(name) for name in header}
    return next((reader for reader in READERS if reader.signature <= columns), None)


def read_file(source: Path | bytes, month: date | None = None) -> list[ReadResult[Any]]:
    """Read every supported table in `source` (a file or a zip), one result for each.

    `month` is any day of the month that the file is for, needed by editions that print none.
    Raises UnreadableFileError, with a message for the user, when nothing can be read.
    """
    month = month and month.replace(day=1)
    found: list[tuple[Table, Reader]] = []
    unreadable: list[str] = []
    unsupported: list[str] = []
    passed_over: list[str] = []
    for member, data in unpack(source):
        try:
            table = open_table(text_file(data, member))
        except UnreadableFileError as error:
            unreadable.append(str(error))
            passed_over.append(f"“{member}” in the zip was not read. {error}")
            continue
        if reader := recognise(table.columns):
            found.append((table, reader))
        else:
            unsupported.append(_not_recognised(table))
            passed_over.append(f"“{member}” in the zip was not read. It is no supported file.")
    if not found:
        raise UnreadableFileError((unsupported + unreadable)[0])
    return [_read(table, reader, month, passed_over) for table, reader in found]


def _read(
    table: Table, reader: Reader, month: date | None, passed_over: list[str]
) -> ReadResult[Any]:
    result = reader.read(table, month)
    if not result.row_count:
        raise UnreadableFileError(
            f"This is {reader.title}, but it has a header and no rows. Download it again."
        )
    return replace(result, warnings=[*result.warnings, *passed_over])


def _not_recognised(table: Table) -> str:
    if len(table.columns) == 1 and any(mark in table.columns[0] for mark in ";\t|"):
        return (
            "The columns of this file are not separated by commas. "
            "Save it again as “CSV UTF-8 (comma delimited)”."
        )
    supported = "; ".join(reader.title for reader in READERS)
    first = ", ".join(name[:40] or "(no name)" for name in table.columns[:5])
    return (
        f"This file is not one that the service can read. Its first columns are: {first}. "
        f"It reads: {supported}. Check that you chose the right file and that its first line is "
        "the header."
    )
