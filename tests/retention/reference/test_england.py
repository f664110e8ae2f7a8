import re
from pathlib import Path

import pytest

from retention.imports.cells import AGE_BANDS
from retention.reference import england
from retention.reference.england import England, england_reference
from tests.retention.reference.workbooks import read_sheet

GPS = "All Qualified Permanent GPs (excludes GPs in Training Grade & Locums)"
SEXES = {"male": "Male", "female": "Female", "unknown": "Other/Unknown Gender"}


@pytest.fixture
def reference() -> England:
    return england_reference()


@pytest.mark.parametrize("group", ["gp", "nurses"])
def test_bands_are_those_of_the_practice_level_file(reference: England, group: str) -> None:
    bands = tuple(AGE_BANDS["gp" if group == "gp" else "nurses"])
    assert tuple(reference.groups[group].headcount_by_band) == bands
    assert tuple(reference.groups[group].fte_by_band) == bands


def test_splitting_at_70_loses_nobody(reference: England) -> None:
    gps = reference.groups["gp"]
    assert gps.headcount_by_band["65to69"] + gps.headcount_by_band["70plus"] == pytest.approx(1568)
    assert gps.headcount_by_band["65to69"] > gps.headcount_by_band["70plus"] > 0
    assert gps.fte == pytest.approx(28_017.158265, abs=0.001)


def test_bands_add_up_to_the_people_in_all_but_for_a_few_counted_twice(reference: England) -> None:
    for group in reference.groups.values():
        assert 0 <= sum(group.headcount_by_band.values()) - group.headcount < 100
        assert 0 <= sum(group.headcount_by_sex.values()) - group.headcount < 100
        assert sum(group.fte_by_sex.values()) == pytest.approx(group.fte, abs=0.001)


def test_a_fifth_of_gps_time_and_a_third_of_nurses_are_55_or_older(reference: England) -> None:
    from_55 = ("55to59", "60to64", "65to69", "70plus")
    gps, nurses = reference.groups["gp"], reference.groups["nurses"]
    assert sum(gps.fte_by_band[band] for band in from_55) / gps.fte == pytest.approx(
        0.223, abs=0.01
    )
    older = sum(nurses.headcount_by_band[band] for band in from_55)
    assert older / nurses.headcount == pytest.approx(0.36, abs=0.01)


def test_sessions_are_nine_for_a_full_time_equivalent(reference: England) -> None:
    gps = reference.groups["gp"]
    assert gps.sessions_by_band["60to64"] == pytest.approx(9 * 1_827.479123)


def label_of(row: dict[str, str]) -> str:
    """Return what a row is called, without the numbers of its notes."""
    return re.sub(r" \[Notes?.*?\]|(?<=Nurses) [0-9]+$", "", row.get("A", ""))


def printed(workbook: Path, sheet: str) -> dict[str, list[tuple[str, str]]]:
    """Return the last month's (label, figure) rows of a sheet, by the heading they stand under."""
    rows = list(read_sheet(workbook, sheet))
    month = "October 2025"
    header = next(row for row in rows if row.get("A") is None and month in row.values())
    column = next(letters for letters, text in header.items() if text == month)
    blocks: dict[str, list[tuple[str, str]]] = {}
    heading = ""
    for row in rows:
        label = label_of(row)
        if not re.match(r"Under|[0-9]{2}-|65 and|Unknown|Of which", label):
            heading = label
        if column in row:
            blocks.setdefault(heading, []).append((label, row[column]))
    return blocks


def band_key(label: str) -> str:
    """Return our key of a printed band: "30-34" is 30to34, "65 and over" 65plus."""
    return label.lower().replace(" and over", "plus").replace(" ", "").replace("-", "to")


@pytest.mark.parametrize(("sheet", "measure"), [("2b", 0), ("2a", 1)])
@pytest.mark.parametrize(
    ("heading", "ours"),
    [(GPS, england.QUALIFIED_PERMANENT_GPS), ("All Nurses", england.NURSES)],
    ids=["gps", "nurses"],
)
def test_bands_are_as_published(
    real_data: Path, sheet: str, measure: int, heading: str, ours: dict[str, tuple[int, float]]
) -> None:
    blocks = printed(real_data / "gpw-bulletin-2025-10.xlsx", sheet)
    theirs = {
        band_key(label): float(figure)
        for label, figure in blocks[heading]
        if label != heading and not label.startswith("Of which")
    }
    assert theirs == pytest.approx({band: figures[measure] for band, figures in ours.items()})


@pytest.mark.parametrize(("sheet", "measure"), [("1b", 0), ("1a", 1)])
def test_sexes_and_totals_are_as_published(real_data: Path, sheet: str, measure: int) -> None:
    rows = list(read_sheet(real_data / "gpw-bulletin-2025-10.xlsx", sheet))
    column = next(
        letters for row in rows for letters, text in row.items() if text == "October 2025"
    )
    totals: dict[str, float] = {}
    sex = "all"
    for row in rows:
        label = label_of(row)
        for key, words in SEXES.items():
            if label == f"{words} GPs":
                sex = key
            if label == f"{words} Nurses":
                totals[f"nurses {key}"] = float(row[column])
        if label == GPS:
            totals[f"gp {sex}"] = float(row[column])
        if label == "All Nurses":
            totals["nurses all"] = float(row[column])
    assert len(totals) == 8
    for key, figures in england.QUALIFIED_PERMANENT_GPS_BY_SEX.items():
        assert totals[f"gp {key}"] == pytest.approx(figures[measure])
    for key, figures in england.NURSES_BY_SEX.items():
        assert totals[f"nurses {key}"] == pytest.approx(figures[measure])
    reference = england_reference().groups
    for name, group in reference.items():
        in_all = (group.headcount, group.fte)[measure]
        assert totals[f"{name} all"] == pytest.approx(in_all)
