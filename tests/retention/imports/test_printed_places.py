"""Places, sources and month of a row: read once for each combination, with every problem named."""

from datetime import date

import pytest

from retention.imports.printed_places import PlaceReader, PrintedPlaces

ROW = {
    "pcn_code": "u90001",
    "pcn_name": "Elm  Network",
    "sub_icb_code": "99Z",
    "sub_icb_name": "North",
    "icb_code": "QZZ",
    "icb_name": "ICB",
    "region_code": "Y99",
    "region_name": "Region",
    "gp_source": "Fully provided",
    "nurse_source": "NA",
    "year": "2025",
    "month": "06",
}
MONTHS = {"year": "year", "month": "month"}
JUNE = date(2025, 6, 1)


def read(**changes: str) -> PrintedPlaces:
    row = ROW | changes
    reader = PlaceReader({name: place for place, name in enumerate(row)}, MONTHS, None)
    return reader.of(list(row.values()))


def test_what_is_printed_is_tidied_and_what_is_not_known_is_none() -> None:
    found = read()
    assert found.places == {
        "pcn_code": "U90001",
        "pcn_name": "Elm Network",
        "sub_icb_code": "99Z",
        "sub_icb_name": "North",
        "icb_code": "QZZ",
        "icb_name": "ICB",
        "region_code": "Y99",
        "region_name": "Region",
    }
    assert (found.sources, found.month, found.problems) == ({"gp": "Fully provided"}, JUNE, ())


@pytest.mark.parametrize("code", ["U", "unallocated", "Unaligned", "NA", ""])
def test_a_practice_in_no_network_has_no_network_name(code: str) -> None:
    found = read(pcn_code=code, pcn_name="=Unallocated")
    assert (found.places["pcn_code"], found.places["pcn_name"]) == (None, None)
    assert found.problems == ()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"pcn_code": "PCN1"}, "The network (PCN) code “PCN1” is not valid"),
        ({"sub_icb_code": "9"}, "The sub-ICB code “9” is not valid"),
        ({"icb_code": "Q"}, "The ICB code “Q” is not valid"),
        ({"region_code": "North"}, "The region code “NORTH” is not valid"),
        ({"icb_name": "=1+1"}, "The ICB name starts with “=”"),
        ({"gp_source": "+1"}, "The GPs source name starts with “+”"),
        ({"month": "13"}, "The month is missing or not a month"),
    ],
)
def test_each_wrong_text_is_named(changes: dict[str, str], problem: str) -> None:
    (said,) = read(**changes).problems
    assert said.lower().startswith(problem.lower())


def test_all_problems_of_a_row_are_told_at_once() -> None:
    assert len(read(pcn_code="X", icb_code="Q", region_name="@x", month="0").problems) == 4


def test_columns_that_an_edition_lacks_are_not_known() -> None:
    found = PlaceReader({"gp_source": 0}, {}, JUNE).of(["Fully provided"])
    assert set(found.places.values()) == {None}
    assert (found.month, found.problems) == (JUNE, ())
    nothing = PlaceReader({}, {}, JUNE).of(["x"])
    assert (nothing.sources, nothing.month) == ({}, JUNE)


def test_rows_with_the_same_texts_share_one_answer() -> None:
    reader = PlaceReader({"pcn_code": 0, "icb_code": 2}, {}, JUNE)
    first = reader.of(["U90001", "one", "QZZ"])
    assert reader.of(["U90001", "two", "QZZ"]) is first
    assert reader.of(["U90002", "two", "QZZ"]) is not first
