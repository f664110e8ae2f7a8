"""CSV is taken apart with the file's own line numbers, or refused in words."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.imports.csv_lines import csv_records
from retention.imports.files import UnreadableFileError

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=6)


def records(text: str, **options: str) -> list[tuple[int, list[str]]]:
    return list(csv_records(io.StringIO(text, newline=""), remedy="Mend it.", **options))


def test_lines_are_numbered_by_their_first_and_blank_ones_are_passed_over() -> None:
    text = 'a,b\r\n\r\n"1\n2",x\n , \n,\n3,\n'
    assert records(text) == [(1, ["a", "b"]), (3, ["1\n2", "x"]), (7, ["3", ""])]


def test_another_mark_parts_the_cells() -> None:
    assert records("a;b,c\n", delimiter=";") == [(1, ["a", "b,c"])]


@pytest.mark.parametrize("text", ['a\n"b', 'a\n"b"c,d\n'])
def test_a_quotation_mark_out_of_place_names_the_line_and_the_remedy(text: str) -> None:
    with pytest.raises(UnreadableFileError, match=r"From line 2 .* Mend it\.$"):
        records(text)


@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=4).filter(lambda row: "".join(row).strip())),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_a_program_writes_comes_back(rows: list[list[str]], mark: str, ends: str) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=mark, lineterminator=ends, quoting=csv.QUOTE_ALL).writerows(rows)
    assert [cells for _, cells in records(stream.getvalue(), delimiter=mark)] == rows
