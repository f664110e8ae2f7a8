"""Cells are picked by name, in an order that does not depend on the file's."""

import pytest

from retention.imports.cell_layout import CellPicker, group_layout
from retention.imports.cells import CellDefinition, parse_cell
from retention.imports.numbers import NumberError

HEADER = ["prac_code", "total_gp_fte", "total_gp_hc", "male_gp_hc", "total_admin_hc"]


def picker(header: list[str]) -> CellPicker:
    """Return a picker for a file with this header."""
    definitions: dict[str, CellDefinition] = {
        name: cell for name in header if (cell := parse_cell(name))
    }
    return CellPicker({name: place for place, name in enumerate(header)}, definitions)


def test_values_are_in_the_layouts_order() -> None:
    picks = picker(HEADER)
    assert picks.layout.groups["gp"].names == ("male_gp_hc", "total_gp_hc", "total_gp_fte")
    assert picks.layout.groups["nurses"].names == ()
    assert picks.values(["Z90001", "1.5", "2", "1", "NA"]) == (1, 2, 1.5, None)


def test_a_cells_place_finds_its_value() -> None:
    layout = picker(HEADER).layout
    assert [layout.place(name) for name in HEADER] == [None, 2, 1, 0, 3]


def test_the_order_of_columns_makes_no_difference() -> None:
    assert picker(HEADER).layout == picker(HEADER[::-1]).layout


def test_every_cell_that_is_no_number_is_named() -> None:
    picks = picker(HEADER)
    cells = ["Z90001", "x", "2", "-1", "3"]
    with pytest.raises(NumberError):
        picks.values(cells)
    assert list(picks.problems(cells)) == [
        "MALE_GP_HC is “-1”, below zero; a count or FTE is zero or more.",
        "TOTAL_GP_FTE is “x”, not a number; write NA if it is not known.",
    ]


def test_a_layout_is_found_again_by_its_digest() -> None:
    one = group_layout("gp", ["total_gp_fte", "total_gp_hc"])
    assert one.names == ("total_gp_hc", "total_gp_fte")
    assert one.digest == group_layout("gp", ["total_gp_hc", "total_gp_fte"]).digest
    others = [
        group_layout("gp", ["total_gp_hc"]),
        group_layout("gp", list(one.names), {"total_gp_hc": "all_gps"}),
        group_layout("admin", list(one.names)),
    ]
    assert one.digest not in {other.digest for other in others}


def test_a_cell_is_named_as_the_file_prints_it() -> None:
    name, printed = "total_gp_extg_hc", "total_gp_exr_hc"
    definitions = {name: CellDefinition("gp", "hc", "total", "extg")}
    picks = CellPicker({name: 0}, definitions, {name: printed})
    assert picks.layout.groups["gp"].printed == (printed,)
    assert next(picks.problems(["x"])).startswith("TOTAL_GP_EXR_HC is “x”")
