from datetime import date

from bench.practice_level_rows import practice_level_csv
from retention.imports.recognise import read_file
from tests.bench.test_full_file import practices


def test_made_rows_are_the_same_every_time_and_read_without_a_rejection() -> None:
    data = practice_level_csv(practices(12), "2025-04")
    assert practice_level_csv(practices(12), "2025-04") == data
    (found,) = read_file(data)
    assert (found.rejected, found.unknown_columns) == ([], ())
    assert {row.month for row in found.rows} == {date(2025, 4, 1)}
    assert len({row.practice_code for row in found.rows}) == 12
