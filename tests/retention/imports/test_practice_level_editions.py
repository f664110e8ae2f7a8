"""The editions of the practice-level file since 2015 are one file with many names."""

import re
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from retention.imports import practice_level
from retention.imports.cells import cell_name
from retention.imports.practice_level import IGNORED_COLUMNS, PLACE_COLUMNS, PracticeLevelRow
from retention.imports.results import ReadResult
from tests.retention.imports.published_files import csv_bytes, table

GLOSSARY = "gpw-practice-level-definitions-2015-2021.xlsx"
SEPTEMBER_2016, MARCH_2023 = date(2016, 9, 1), date(2023, 3, 1)
EARLY = {
    "PRAC_CODE": "Z90001",
    "PRAC_NAME": "WILLOW LANE SURGERY",
    "CCG_CODE": "00J",
    "CCG_NAME": "NHS North Durham CCG",
    "STP_CODE": "E54000001",
    "STP_NAME": "An area of the time",
    "HEE_REGION_CODE": "E18000001",
    "HEE_REGION_NAME": "Health Education North East",
    "GP_SOURCE": "Fully provided",
    "TOTAL_GP_HC": "6",
    "TOTAL_GP_FTE": "4.5",
    "TOTAL_GP_EXR_HC": "5",
    "TOTAL_GP_EXRL_HC": "4",
    "TOTAL_GP_EXRL_FTE": "3.25",
    "FEMALE_GP_EXRL_HC_UNDER30": "1",
    "TOTAL_GP_EXRRL_HC": "3",
    "TOTAL_GP_REG_ST3_4_HC": "1",
    "TOTAL_NURSES_HC": "ND",
}


def read(changes: Mapping[str, str], month: date) -> ReadResult[PracticeLevelRow]:
    return practice_level.read(table(csv_bytes([{**EARLY, **changes}])), month)


def only(result: ReadResult[PracticeLevelRow]) -> PracticeLevelRow:
    assert result.rejected == []
    (row,) = result.rows
    return row


def test_an_early_edition_has_the_cells_of_today_under_their_printed_names() -> None:
    result = read({}, SEPTEMBER_2016)
    row = only(result)
    assert row.cells("gp") == {
        "total_gp_hc": 6,
        "total_gp_fte": 4.5,
        "total_gp_extg_hc": 5,
        "total_gp_extgl_hc": 4,
        "total_gp_extgl_fte": 3.25,
        "female_gp_extgl_hc_under30": 1,
        "total_gp_exrrl_hc": 3,
        "total_gp_reg_st3_4_hc": 1,
    }
    layout = row.layout.groups["gp"]
    printed = dict(zip(layout.names, layout.printed, strict=True))
    assert printed["total_gp_extgl_hc"] == "total_gp_exrl_hc"
    assert printed["total_gp_hc"] == "total_gp_hc"
    assert row.cells("nurses") == {"total_nurses_hc": None}


def test_places_of_the_time_are_known_and_not_read() -> None:
    result = read({}, SEPTEMBER_2016)
    row = only(result)
    assert (row.sub_icb_code, row.icb_code, row.pcn_code) == (None, None, None)
    assert result.unknown_columns == ()
    assert {"sub_icb_code", "pcn_code", "total_gp_fte_60to64"} <= set(result.missing_columns)
    assert "total_gp_extgl_hc" not in result.missing_columns


def test_a_wrong_number_is_named_as_the_file_prints_it() -> None:
    (problem,) = read({"TOTAL_GP_EXRL_HC": "four"}, SEPTEMBER_2016).rejected
    assert problem.reason.startswith("TOTAL_GP_EXRL_HC is “four”")


def test_a_cell_printed_under_both_names_is_kept_twice() -> None:
    row = only(read({"TOTAL_GP_EXTG_HC": "5"}, SEPTEMBER_2016))
    cells = row.cells("gp")
    assert (cells["total_gp_extg_hc"], cells["total_gp_exr_hc"]) == (5, 5)


@pytest.mark.parametrize("word", ["U", "Unaligned", "UNALLOCATED", "NA", ""])
def test_a_practice_in_no_network_has_none(word: str) -> None:
    row = only(read({"PCN_CODE": word, "PCN_NAME": word}, SEPTEMBER_2016))
    assert (row.pcn_code, row.pcn_name) == (None, None)


SENT_NOTHING = {
    "GP_SOURCE": "Fully Estimated - No data provided",
    "TOTAL_GP_HC": "2",
    "TOTAL_GP_EXRL_HC": "0",
    "TOTAL_GP_EXRL_FTE": "0",
    "NURSE_SOURCE": "Includes FTE Estimates",
    "TOTAL_NURSES_HC": "0",
}


def test_zeros_of_who_sent_nothing_are_not_known_before_february_2023() -> None:
    result = read(SENT_NOTHING, SEPTEMBER_2016)
    cells = only(result).cells("gp")
    assert (cells["total_gp_extgl_hc"], cells["total_gp_extgl_fte"]) == (None, None)
    # Two trainees, whom another collection counts.
    assert cells["total_gp_hc"] == 2
    assert only(result).cells("nurses") == {"total_nurses_hc": 0}
    assert any("1 staff group of a practice sent nothing" in said for said in result.warnings)


def test_zeros_are_zeros_since_february_2023() -> None:
    assert only(read(SENT_NOTHING, MARCH_2023)).cells("gp")["total_gp_extgl_hc"] == 0


def glossary(real_data: Path) -> list[str]:
    """Return every column name of the glossary of 2015 to 2021; one has a space in it."""
    with zipfile.ZipFile(real_data / GLOSSARY) as workbook:
        texts = workbook.read("xl/sharedStrings.xml").decode()
    return list(dict.fromkeys(re.findall(r">([A-Z]+(?:_ ?[A-Z0-9]+)+)<", texts)))


def test_every_column_of_the_glossary_is_read_or_known_to_be_left_out(real_data: Path) -> None:
    columns = glossary(real_data)
    assert len(columns) == 699
    row = dict.fromkeys(columns, "0") | {
        name: text for name, text in EARLY.items() if name in columns
    }
    row |= {name: "NA" for name in columns if name.endswith("_SOURCE") or "REGION" in name}
    result = practice_level.read(table(csv_bytes([{**row, "PCN_CODE": "Unaligned"}])), MARCH_2023)
    assert (result.rejected, result.unknown_columns) == ([], ())
    kept = sum(len(names.names) for names in result.rows[0].layout.groups.values())
    others = {name.lower() for name in columns} & {*PLACE_COLUMNS, *IGNORED_COLUMNS}
    assert kept + len(others) == len(columns)
    assert not any("new to this service" in warning for warning in result.warnings)


def test_gp_bands_start_at_30_and_all_others_at_25(real_data: Path) -> None:
    columns = {name.lower() for name in glossary(real_data)}
    for group, first in (("gp", 30), ("nurses", 25), ("dpc", 25), ("admin", 25)):
        assert cell_name(group, "hc", age_band=f"under{first}") in columns  # type: ignore[arg-type]  # four of the literals
        assert (cell_name(group, "hc", age_band="25to29") in columns) == (group != "gp")  # type: ignore[arg-type]  # the same
