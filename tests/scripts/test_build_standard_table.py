"""The standard table in the repository is what its script makes of the published workbook."""

import csv
from pathlib import Path

import numpy as np
import pytest

from models.standard_table import STAFF_GROUPS
from scripts.build_standard_table import (
    AGES,
    ALL_AGES_OTHER_STAFF,
    TARGET,
    Group,
    build,
    report,
    rows,
    stock_at_table_ages,
)

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def groups(real_data: Path) -> list[Group]:
    return build(real_data / "gpw-bulletin-2025-10.xlsx")


def test_the_file_is_what_the_script_writes(groups: list[Group]) -> None:
    with TARGET.open(newline="", encoding="utf-8") as file:
        written = [tuple(row) for row in csv.reader(file)][1:]
    assert written == [tuple(map(str, row)) for row in rows(groups)]
    assert {row[0] for row in written} == set(STAFF_GROUPS)


def test_the_fit_meets_the_bands_it_was_fitted_to(groups: list[Group]) -> None:
    for group in groups:
        ratio = group.fit.fitted[-3:] / group.fit.observed[-3:]
        assert ratio == pytest.approx(np.ones(3), abs=0.002)


def test_gps_leave_at_55_to_59_as_published_and_others_at_the_stated_rate(
    groups: list[Group],
) -> None:
    for group in groups:
        total = group.retire + group.leave_otherwise
        heads = stock_at_table_ages(group.series)
        if group.name == "gp":
            inside = (AGES >= 55) & (AGES < 60)
            assert np.average(total[inside], weights=heads[inside]) == pytest.approx(
                0.112, abs=2e-4
            )
        else:
            rate = np.average(total, weights=heads)
            assert rate == pytest.approx(ALL_AGES_OTHER_STAFF, abs=2e-4)


def test_the_report_is_what_the_decision_quotes(groups: list[Group]) -> None:
    page = (TARGET.parents[2] / "docs" / "decisions" / "0023-fitted-table.md").read_text("utf-8")
    lines = list(report(groups[0]))
    assert lines[1] == "  all ages leave 8.4% a year"
    for line in lines[2:6]:
        band, chances = line.strip().split(": ")
        retire, leave = (part.split()[-1] for part in chances.split(", "))
        assert f"| {band} | {retire} | {leave} |" in page
