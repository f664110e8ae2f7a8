"""Rows keep the line they start on, and a file that is no table says so."""

import pytest

from retention.imports import tables
from retention.imports.files import UnreadableFileError
from tests.retention.imports.published_files import table


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    data = b'\r\nA,B\r\n1,"two\r\nlines"\r\n\r\n,\r\n3,4\r\n'
    assert list(table(data).records()) == [(3, ["1", "two\r\nlines"]), (7, ["3", "4"])]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_line_end_gives_the_same_lines(line_end: str) -> None:
    data = line_end.join(["A,B", "1,2", "3,4"]).encode()
    assert list(table(data).records()) == [(2, ["1", "2"]), (3, ["3", "4"])]


def test_column_names_are_lower_case_without_spaces() -> None:
    opened = table('\ufeff"Prac_Code ",\ufeffNAME,\n'.encode())
    assert opened.columns == ("prac_code", "name", "")
    assert opened.position() == {"prac_code": 0, "name": 1}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"A,a\n1,2\n", "has the column “a” more than once"),
        (b" ,\n,\n", "The file is empty"),
        (b'A,B\n1,2\n"3,4\n5,6\n', "From line 3 the file cannot be read as CSV"),
        (b'A,B\n"1"x,2\n', "From line 2 the file cannot be read as CSV"),
        (b"A,B\n" + b"x" * 200_000 + b",1\n", "a cell or a row is too long"),
        (b",".join([b"A"] * 5_001), "The header has 5,001 columns"),
        (b"A," * 600_000, "A line is longer than 1,000,000 characters"),
    ],
)
def test_a_file_that_is_no_table_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFileError, match=message):
        list(table(data).records())


def test_the_longest_line_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_LINE_CHARS", 5)
    assert list(table(b"A,B\n1,2\n").records()) == [(2, ["1", "2"])]
