"""The made file is whole, and true to the sums that it says it keeps."""

import csv
import io
from datetime import date

from bench.full_file import full_practice_level_csv
from retention.imports.cells import AGE_BANDS
from retention.imports.practice_map import PracticeMapRow
from retention.imports.recognise import read_file


def practices(number: int) -> list[PracticeMapRow]:
    return [
        PracticeMapRow(
            line=n,
            practice_code=f"A8{n:04}",
            practice_name=f"PRACTICE {n}",
            postcode="ZZ1 1ZZ",
            pcn_code=f"U{n % 3:05}",
            pcn_name=f"NETWORK {n % 3}",
            sub_icb_code="00L",
            sub_icb_name="SUB-ICB",
            icb_code="QHM",
            icb_name="ICB",
            region_code="Y63",
            region_name="REGION",
            month=date(2026, 7, 1),
        )
        for n in range(1, number + 1)
    ]


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def test_it_is_the_same_every_time_and_read_without_a_rejection() -> None:
    data = full_practice_level_csv(practices(12), "2025-04")
    assert full_practice_level_csv(practices(12), "2025-04") == data
    (found,) = read_file(data)
    assert (found.rejected, found.unknown_columns) == ([], ())
    assert {row.month for row in found.rows} == {date(2025, 4, 1)}


def test_the_full_file_has_every_published_column_and_adds_up() -> None:
    rows = rows_of(full_practice_level_csv(practices(40)))
    assert (len(rows), len(rows[0])) == (40, 831)
    known = [row for row in rows if row["total_gp_hc"] != "NA"]
    # Some practices print NA, most do not.
    assert len(rows) // 2 < len(known)
    for row in known:
        total = int(row["total_gp_hc"])
        assert total == sum(int(row[f"{sex}_gp_hc"]) for sex in ("male", "female"))
        bands = [int(row[f"total_gp_hc_{band}"]) for band in AGE_BANDS["gp"] if band != "unknown"]
        assert total == sum(bands) + int(row["total_gp_hc_unknown_age"])
        assert int(row["total_patients"]) == int(row["total_male"]) + int(row["total_female"])
