"""A file is known by its columns, alone or among others in a zip."""

from datetime import date
from pathlib import Path

import pytest

from retention.imports import practice_level, practice_map
from retention.imports.files import UnreadableFileError
from retention.imports.recognise import READERS, read_file, recognise
from retention.imports.results import Reader
from tests.retention.imports.published_files import (
    LEVEL_ROW,
    MAP_ROW,
    csv_bytes,
    level_rows,
    map_rows,
    zip_bytes,
)


def test_a_header_finds_its_reader_in_any_case_and_order() -> None:
    assert recognise(list(MAP_ROW)) is practice_map.READER
    assert recognise([name.lower() for name in reversed(MAP_ROW)]) is practice_map.READER
    assert recognise(list(LEVEL_ROW)) is practice_level.READER
    assert recognise([name.upper() for name in LEVEL_ROW]) is practice_level.READER
    assert recognise(["practice_code", "list_size"]) is None


@pytest.mark.parametrize("row", [MAP_ROW, LEVEL_ROW])
def test_no_file_fits_two_readers(row: dict[str, str]) -> None:
    columns = {name.lower() for name in row}
    assert [reader.signature <= columns for reader in READERS].count(True) == 1


def test_a_zip_of_both_files_gives_both_results() -> None:
    data = zip_bytes({"a.csv": csv_bytes(map_rows({})), "b.txt": csv_bytes(level_rows({}))})
    results = read_file(data)
    assert [(result.format, result.member) for result in results] == [
        ("practice_map", "a.csv"),
        ("practice_level", "b.txt"),
    ]


def test_what_lies_beside_the_table_in_a_zip_is_named_and_passed_over() -> None:
    data = zip_bytes(
        {"guide.pdf": b"%PDF-1.7", "notes.txt": b"Read me\n", "map.csv": csv_bytes(map_rows({}))}
    )
    (result,) = read_file(data)
    assert len(result.rows) == 1
    assert result.warnings == [
        "“guide.pdf” in the zip was not read. This is a PDF document, not a table. "
        "Choose the published file.",
        "“notes.txt” in the zip was not read. It is no supported file.",
    ]


def test_an_unknown_file_is_told_what_is_supported() -> None:
    with pytest.raises(UnreadableFileError) as refusal:
        read_file(b"postcode,,northings\nAB10,1,2\n")
    message = str(refusal.value)
    assert "Its first columns are: postcode, (no name), northings." in message
    for reader in READERS:
        assert reader.title in message


def test_an_unknown_table_matters_more_than_the_guide_beside_it() -> None:
    with pytest.raises(UnreadableFileError, match="is not one that the service can read"):
        read_file(zip_bytes({"guide.pdf": b"%PDF-1.7", "other.csv": b"a,b\n1,2\n"}))


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_another_separator_is_recognised_as_such(separator: str) -> None:
    data = csv_bytes(map_rows({})).replace(b",", separator.encode())
    with pytest.raises(UnreadableFileError, match="not separated by commas"):
        read_file(data)


@pytest.mark.parametrize("row", [MAP_ROW, LEVEL_ROW])
def test_a_header_without_rows_is_refused(row: dict[str, str]) -> None:
    header = csv_bytes([row]).splitlines()[0]
    with pytest.raises(UnreadableFileError, match="has a header and no rows"):
        read_file(header)


def test_any_day_of_a_month_stands_for_the_month() -> None:
    (result,) = read_file(csv_bytes(map_rows({})), date(2026, 7, 31))
    assert result.rejected == []


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.format)
def test_each_reader_is_tried_in_many_writings_of_one_table(reader: Reader) -> None:
    """Columns in any order, either case, with or without a mark of the encoding, any line ends."""
    tests = Path(__file__).with_name(f"test_{reader.format}.py").read_text("utf-8")
    assert "@given(" in tests
