"""What the readers of plain lists of columns share."""

from datetime import date

import pytest

from retention.imports.files import UnreadableFileError
from retention.imports.reading import Once, Values, month_columns, read_rows
from retention.imports.results import MAX_REJECTIONS, Rejection
from tests.retention.imports.published_files import table


def number(line: int, values: Values) -> int | Rejection:
    text = values["number"]
    return int(text) if text.isdigit() else Rejection(line, f"“{text}” is no number.")


def test_rows_rejections_and_unknown_columns() -> None:
    data = b"B,A,C,D\n x , 1  ,,\nx,two,,\nx\nx,4,,\n"
    result = read_rows(table(data), format="f", columns={"a": "number"}, ignored=["b"], row=number)
    assert list(result.rows) == [1, 4]
    assert [item.line for item in result.rejected] == [3, 4]
    assert (result.row_count, result.unknown_columns) == (4, ("c", "d"))


def test_missing_columns_are_named() -> None:
    with pytest.raises(UnreadableFileError, match="Columns are missing: A, Z"):
        read_rows(
            table(b"b\n1\n"), format="f", columns={"a": "a", "z": "z"}, ignored=(), row=number
        )


def test_reading_stops_where_a_file_is_plainly_another() -> None:
    wrong = b"a\n" + b"x\n" * MAX_REJECTIONS
    result = read_rows(table(wrong), format="f", columns={"a": "number"}, ignored=(), row=number)
    assert len(result.rejected) == MAX_REJECTIONS
    with pytest.raises(UnreadableFileError, match="The first is line 2: “x” is no number."):
        read_rows(
            table(wrong + b"x\n"), format="f", columns={"a": "number"}, ignored=(), row=number
        )


def test_each_text_is_parsed_once() -> None:
    asked: list[str] = []

    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    once: Once[str, int] = Once(length)
    assert [once["aa"], once["b"], once["aa"]] == [2, 1, 2]
    assert asked == ["aa", "b"]


PAIRS = (("census_year", "census_month"), ("year", "month"))


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (b"YEAR,MONTH,x\n", {"year": "year", "month": "month"}),
        (b"census_month,census_year\n", {"census_year": "year", "census_month": "month"}),
        # The first pair that is whole: half of one says nothing.
        (b"census_year,year,month\n", {"year": "year", "month": "month"}),
        (b"year,x\n", {}),
    ],
)
def test_the_columns_of_the_month_are_found_under_any_of_their_names(
    header: bytes, columns: dict[str, str]
) -> None:
    assert month_columns(table(header), PAIRS, date(2025, 6, 1)) == columns


def test_a_month_that_is_neither_printed_nor_given_is_asked_for() -> None:
    with pytest.raises(UnreadableFileError, match=r"does not print its month\. Give the month"):
        month_columns(table(b"year,x\n"), PAIRS, None)
