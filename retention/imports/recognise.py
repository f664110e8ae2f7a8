"""Finds the right reader for a file by its content."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from retention.imports import (
    bulletin,
    deprivation,
    individual_level,
    network_history,
    network_workforce,
    postcode_districts,
    practice_dates,
    practice_level,
    practice_map,
    practice_roles,
    practice_rurality,
    practice_successors,
    registered_patients,
)
from retention.imports.files import TextFile, UnreadableFileError, text_file, unpack
from retention.imports.results import Reader, ReadResult, WorkbookReader
from retention.imports.tables import Table, first_row, normalised, open_table
from retention.imports.workbook import Sheet, is_workbook, open_workbook

READERS: tuple[Reader, ...] = (
    practice_map.READER,
    practice_level.READER,
    practice_roles.READER,
    individual_level.READER,
    postcode_districts.READER,
    network_workforce.READER,
    registered_patients.READER,
    deprivation.READER,
    practice_rurality.READER,
    practice_dates.READER,
    practice_successors.READER,
)
# Formats of several sheets; a workbook that fits none is looked at sheet by sheet.
WORKBOOK_READERS: tuple[WorkbookReader, ...] = (bulletin.READER, network_history.READER)


def recognise(header: Sequence[str]) -> Reader | None:
    """Return the reader whose columns are all in `header` (any case and order), or None."""
    columns = {normalised(name) for name in header}
    return next((reader for reader in READERS if reader.signature <= columns), None)


def read_file(source: Path | bytes, month: date | None = None) -> list[ReadResult[Any]]:
    """Read every supported table in `source` (a file, workbook or zip), one result for each.

    `month` is any day of the month that the file is for, needed by editions that print none.
    Raises UnreadableFileError, with a message for the user, when nothing can be read.
    """
    search = _Search(month and month.replace(day=1))
    for member, data in unpack(source):
        search.look_at(member, data)
    if not search.found:
        raise UnreadableFileError((search.unsupported + search.unreadable)[0])
    return [_with_rows(found(), title, search.passed_over) for title, found in search.found]


class _Search:
    """Looks at one part of a file after another; keeps what can be read, and why not the rest."""

    def __init__(self, month: date | None) -> None:
        self.month = month
        self.found: list[tuple[str, Callable[[], ReadResult[Any]]]] = []
        self.unreadable: list[str] = []
        self.unsupported: list[str] = []
        self.passed_over: list[str] = []

    def look_at(self, member: str, data: bytes) -> None:
        """Look at a file: a text table or a workbook."""
        where = f"“{member}” in the zip"
        try:
            if is_workbook(data):
                self._workbook(open_workbook(data, member))
            else:
                self._table(text_file(data, member), where)
        except UnreadableFileError as error:
            self._pass_over(where, error)

    def _workbook(self, sheets: Sequence[Sheet]) -> None:
        for reader in WORKBOOK_READERS:
            if reader.knows(sheets):
                self.found.append((reader.title, partial(reader.read, sheets, self.month)))
                return
        for sheet in sheets:
            where = f"The sheet “{sheet.member}”"
            try:
                self._table(sheet, where)
            except UnreadableFileError as error:
                self._pass_over(where, error)

    def _table(self, file: TextFile | Sheet, where: str) -> None:
        _, first = first_row(file)
        for reader in READERS:
            if reader.headerless and reader.headerless.knows(first):
                table = Table(file, reader.headerless.columns, header_line=0)
                self.found.append((reader.title, partial(reader.read, table, self.month)))
                return
        table = open_table(file)
        if known := recognise(table.columns):
            self.found.append((known.title, partial(known.read, table, self.month)))
        else:
            self.unsupported.append(_not_recognised(first))
            self.passed_over.append(f"{where} was not read. It is no supported file.")

    def _pass_over(self, where: str, error: UnreadableFileError) -> None:
        self.unreadable.append(str(error))
        self.passed_over.append(f"{where} was not read. {error}")


def _with_rows(result: ReadResult[Any], title: str, passed_over: list[str]) -> ReadResult[Any]:
    if not result.row_count:
        raise UnreadableFileError(
            f"This is {title}, but it has a header and no rows. Download it again."
        )
    return replace(result, warnings=[*result.warnings, *passed_over])


def _not_recognised(first: Sequence[str]) -> str:
    """Say that no reader knows a table with this first row."""
    if len(first) == 1 and any(mark in first[0] for mark in ";\t|"):
        return (
            "The columns of this file are not separated by commas. "
            "Save it again as “CSV UTF-8 (comma delimited)”."
        )
    titles = [*(reader.title for reader in READERS), *(book.title for book in WORKBOOK_READERS)]
    supported = "; ".join(titles)
    names = ", ".join(normalised(name)[:40] or "(no name)" for name in first[:5])
    return (
        f"This file is not one that the service can read. Its first columns are: {names}. "
        f"It reads: {supported}. Check that you chose the right file and that its first line is "
        "the header."
    )
