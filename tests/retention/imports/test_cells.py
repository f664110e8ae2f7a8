"""Every printed cell has one definition."""

import csv
import re
import zipfile
from pathlib import Path

import pytest

from retention.imports.cells import (
    AGE_BANDS,
    MISPRINTS,
    CellDefinition,
    cell_name,
    expected_cells,
    parse_cell,
)

PLACES = {"prac_code", "prac_name", "pcn_code", "pcn_name", "sub_icb_code", "sub_icb_name"}
PLACES |= {"icb_code", "icb_name", "region_code", "region_name", "year", "month"}
PLACES |= {"gp_source", "nurse_source", "dpc_source", "admin_source"}


@pytest.mark.parametrize(
    ("header", "definition"),
    [
        ("total_gp_fte", CellDefinition("gp", "fte", "total")),
        ("TOTAL_GP_EXTGL_FTE", CellDefinition("gp", "fte", "total", population="extgl")),
        ("male_gp_sen_ptnr_hc", CellDefinition("gp", "hc", "male", role="sen_ptnr")),
        (
            "female_gp_extgl_hc_60to64",
            CellDefinition("gp", "hc", "female", population="extgl", age_band="60to64"),
        ),
        ("total_gp_hc_unknown_age", CellDefinition("gp", "hc", "total", age_band="unknown")),
        ("total_gp_fte_under30", CellDefinition("gp", "fte", "total", age_band="under30")),
        ("total_gp_hc_coq_unknown", CellDefinition("gp", "hc", "total", qualified_in="unknown")),
        ("total_gp_exrrl_hc", CellDefinition("gp", "hc", "total", population="exrrl")),
        ("total_nurses_hc_70plus", CellDefinition("nurses", "hc", "total", age_band="70plus")),
        ("total_n_nurse_oth_fte", CellDefinition("nurses", "fte", "total", role="nurse_oth")),
        ("total_dpc_hc", CellDefinition("dpc", "hc", "total")),
        ("total_dpc_hca_hc", CellDefinition("dpc", "hc", "total", role="hca")),
        (
            "female_trainee_dpc_nurse_assoc_hc",
            CellDefinition("dpc", "hc", "female", role="trainee_nurse_assoc"),
        ),
        ("total_admin_hc_under25", CellDefinition("admin", "hc", "total", age_band="under25")),
        ("total_patients", CellDefinition("patients", "hc", "total")),
        ("total_unknown_gender", CellDefinition("patients", "hc", "unknown")),
        ("male_patients_85plus", CellDefinition("patients", "hc", "male", age_band="85plus")),
    ],
)
def test_a_header_says_who_is_counted(header: str, definition: CellDefinition) -> None:
    assert parse_cell(header) == definition


@pytest.mark.parametrize(
    "header",
    ["prac_code", "gp_source", "total_gp", "total_gp_hc_old", "total_nurses_oth_hc", "total_n_hc"],
)
def test_other_headers_are_no_cells(header: str) -> None:
    assert parse_cell(header) is None


def test_only_a_role_never_printed_before_is_new() -> None:
    news = {
        header: cell.is_new_role
        for header in ("total_dpc_gpa_hc", "total_gp_reg_st3_4_hc", "total_dpc_herbalist_hc")
        if (cell := parse_cell(header))
    }
    assert news == {
        "total_dpc_gpa_hc": False,
        "total_gp_reg_st3_4_hc": False,
        "total_dpc_herbalist_hc": True,
    }


@pytest.mark.parametrize("band", [None, *AGE_BANDS["gp"]])
@pytest.mark.parametrize("population", ["all", "extgl"])
def test_a_name_and_its_definition_are_each_others_reverse(
    band: str | None, population: str
) -> None:
    name = cell_name("gp", "hc", "female", population, band)
    assert parse_cell(name) == CellDefinition("gp", "hc", "female", population, age_band=band)


def test_no_two_expected_cells_have_one_definition() -> None:
    names = expected_cells()
    definitions = [parse_cell(name) for name in names]
    assert None not in definitions
    assert len(set(definitions)) == len(names)


def test_a_header_longer_than_any_is_no_cell() -> None:
    """Looked for in every way, it would keep a worker busy for minutes."""
    assert parse_cell("total_gp_hc_coq_somewhere")
    assert parse_cell("total_gp_hc_coq_" + "somewhere" * 30) is None


def test_the_edition_of_june_2025_is_expected_to_the_column(real_data: Path) -> None:
    with (real_data / "gpw-practice-level-detailed-2025-06-sample.csv").open() as file:
        header = next(csv.reader(file))
    printed = {MISPRINTS.get(name, name) for name in header} - PLACES
    assert len(header) == 831
    assert printed == set(expected_cells())


def test_every_column_of_the_earlier_glossary_has_a_definition(real_data: Path) -> None:
    with zipfile.ZipFile(real_data / "gpw-practice-level-definitions-2015-2021.xlsx") as workbook:
        texts = workbook.read("xl/sharedStrings.xml").decode()
    names = set(re.findall(r">((?:TOTAL|MALE|FEMALE)_[A-Z0-9_]+)<", texts))
    assert len(names) == 682
    assert {name for name in names if not parse_cell(name)} == set()
