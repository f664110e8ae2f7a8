"""Reads the rows of a table for readers whose columns are a plain list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import TypeVar

from retention.imports import checks
from retention.imports.files import UnreadableFileError
from retention.imports.results import (
    ReadResult,
    Rejection,
    Rejections,
    column_warnings,
    shortened,
)
from retention.imports.tables import Table

Row = TypeVar("Row")
Text = TypeVar("Text")
Value = TypeVar("Value")
Values = Mapping[str, str]
# A hostile file could hold millions of different texts; beyond this they are parsed again.
TEXTS_KEPT = 200_000
NO_MONTH = (
    "This file does not print its month. Give the month it is for (year and month, such as "
    "2025-06) together with the file."
)


class Once(dict[Text, Value]):
    """Parses each different text once: `once[text]`."""

    def __init__(self, parse: Callable[[Text], Value]) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, text: Text) -> Value:
        value = self._parse(text)
        if len(self) < TEXTS_KEPT:
            self[text] = value
        return value


def read_rows(
    table: Table,
    *,
    format: str,
    columns: Mapping[str, str],
    ignored: Iterable[str],
    row: Callable[[int, Values], Row | Rejection],
) -> ReadResult[Row]:
    """Read each row by `row`, which is given the line and the tidied texts by field.

    `columns` maps a column to its field, and all are needed; `ignored` are known and not read.
    Raises UnreadableFileError when a column is missing.
    """
    places = positions(table, columns)
    rows: list[Row] = []
    rejected = Rejections()
    for line, cells in table.records():
        outcome = (
            row(line, {name: checks.tidy(cells[place]) for name, place in places.items()})
            if len(cells) == len(table.columns)
            else Rejection(line, checks.width_problem(len(cells), len(table.columns)))
        )
        if isinstance(outcome, Rejection):
            rejected.append(outcome)
        else:
            rows.append(outcome)
    return result_of(table, format, rows, rejected, known={*columns, *ignored})


def result_of(
    table: Table, format: str, rows: list[Row], rejected: Rejections, *, known: Collection[str]
) -> ReadResult[Row]:
    """Return what was read of a table; columns that are not `known` are warned of."""
    unknown = tuple(name for name in table.columns if name and name not in known)
    return ReadResult(
        format=format,
        rows=rows,
        row_count=len(rows) + len(rejected),
        rejected=rejected,
        warnings=column_warnings(unknown, ()),
        unknown_columns=unknown,
        member=table.file.member,
    )


def month_columns(
    table: Table, pairs: Iterable[tuple[str, str]], given: date | None
) -> dict[str, str]:
    """Return the columns that print the year and the month, as fields; none if there are none.

    `pairs` are what editions call the two. Raises UnreadableFileError where no month is printed
    and none is given.
    """
    there = table.position().keys()
    for year, month in pairs:
        if {year, month} <= there:
            return {year: "year", month: "month"}
    if given is None:
        raise UnreadableFileError(NO_MONTH)
    return {}


def positions(table: Table, columns: Mapping[str, str]) -> dict[str, int]:
    """Return the place of each field in a row; raises UnreadableFileError if one is missing."""
    position = table.position()
    missing = [name.upper() for name in columns if name not in position]
    if missing:
        raise UnreadableFileError(
            f"Columns are missing: {shortened(missing)}. "
            "Download the file again from its publisher."
        )
    return {name: position[column] for column, name in columns.items()}
