"""Fits the standard table to the national age bands and writes models/data/standard_table.csv.

    python -m scripts.build_standard_table WORKBOOK [--check]

WORKBOOK is the bulletin tables of “General Practice Workforce”. Prints what the decision page
(docs/decisions/0023) quotes: fitted against published, year by year, and what the table implies.
"""

import argparse
import csv
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.arrays import Floats
from models.cohort_forecast import HeadSeries, head_series
from models.cohorts import aged_on, older, regroup, ungroup
from models.standard_table import FIRST_AGE, LAST_AGE
from models.table_fit import SPIKES, Fit, fade, fit_retirement

TARGET = Path(__file__).parents[1] / "models" / "data" / "standard_table.csv"
GROUPS: Mapping[str, str] = {
    "gp": "Qualified Permanent GPs",
    "nurses": "Nurses",
    "dpc": "Direct Patient Care",
    "admin": "Admin/Non-Clinical",
}
AGES = np.arange(FIRST_AGE, LAST_AGE + 1)
RETIRE_BEFORE_50 = 0.002
# Published leaver rates of GPs: first age, last age, share a year (retirement.md A1).
PUBLISHED = ((25, 29, 0.216), (30, 34, 0.114), (40, 49, 0.059), (55, 59, 0.112))
# Between 11.4% at 30 to 34 and 5.9% from 40.
AT_35_TO_39 = 0.077
# Nurses of NHS trusts, year to June 2022, all ages: the nearest figure for staff other than GPs.
ALL_AGES_OTHER_STAFF = 0.115
# Leaving otherwise from 55 on as a share of that before 50, where nothing is published by age.
LASTING_SHARE = 0.3


@dataclass(frozen=True)
class Group:
    """One staff group's fit and its finished columns."""

    name: str
    series: HeadSeries
    fit: Fit
    retire: Floats
    leave_otherwise: Floats
    basis: tuple[str, ...]


def build(workbook: Path) -> list[Group]:
    """Fit every staff group to the bulletin."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from retention.imports.recognise import read_file
    from retention.queries.bulletin import age_series_of, edges_of

    (result,) = read_file(workbook)
    found = age_series_of(result.rows)
    groups = []
    for name, printed in GROUPS.items():
        group = found[printed]
        heads = (np.array(group.people), np.array(group.unknown))
        series = head_series(group.months, edges_of(group.bands), heads, [])
        groups.append(finished(name, series))
    return groups


def finished(name: str, series: HeadSeries) -> Group:
    """Fit retiring, and add leaving otherwise by the rules of decision 23."""
    fit = fit_retirement(series)
    course = dict(zip(fit.ages.astype(int), fit.retire, strict=True))
    retire = np.array(
        [RETIRE_BEFORE_50 if age < 50 else course.get(age, fit.retire[-1]) for age in AGES]
    )
    heads = stock_at_table_ages(series)
    if name == "gp":
        young = _published_course() - RETIRE_BEFORE_50
        at_55_to_59 = _inside(55, 59)
        lasting = PUBLISHED[-1][2] - np.average(retire[at_55_to_59], weights=heads[at_55_to_59])
        otherwise = _giving_way(young, retire, float(lasting))
    else:
        otherwise = _level_for(retire, heads)
    return Group(name, series, fit, np.round(retire, 4), np.round(otherwise, 4), _basis(name))


def stock_at_table_ages(series: HeadSeries) -> Floats:
    """Heads of the newest month at the table's ages; those younger or older are at its ends."""
    single = ungroup(series.whole[-1], series.edges)
    heads = np.zeros(len(AGES))
    places = np.clip(np.arange(series.edges[0], series.edges[-1]), FIRST_AGE, LAST_AGE)
    np.add.at(heads, places - FIRST_AGE, single)
    return heads


def _published_course() -> Floats:
    course = np.full(len(AGES), AT_35_TO_39)
    for first, last, rate in PUBLISHED[:-1]:
        course[_inside(first, last)] = rate
    course[AGES >= 50] = PUBLISHED[-2][2]
    return course


def _inside(first: int, last: int) -> NDArray[np.bool_]:
    return (first <= AGES) & (last >= AGES)


def _giving_way(before: Floats, retire: Floats, lasting: float) -> Floats:
    """Leaving otherwise from 50: retiring takes its place, so that the sum does not fall."""
    total = before[AGES == 49] + RETIRE_BEFORE_50
    spikes = np.array([SPIKES.get(int(age), 1.0) for age in AGES])
    from_50 = np.maximum(lasting, total - retire / spikes)
    return np.where(AGES < 50, before, from_50)


def _level_for(retire: Floats, heads: Floats) -> Floats:
    """One level before 50, such that all ages together leave at the stated rate."""
    low, high = 0.0, 0.5
    # Halved so often, nothing is left between the bounds.
    for _ in range(60):
        level = (low + high) / 2
        otherwise = _giving_way(np.full(len(AGES), level), retire, LASTING_SHARE * level)
        too_high = np.average(retire + otherwise, weights=heads) > ALL_AGES_OTHER_STAFF
        low, high = (low, level) if too_high else (level, high)
    return otherwise


def _basis(name: str) -> tuple[str, ...]:
    def one(age: int) -> str:
        if age >= 50:
            return "spike" if age in SPIKES else "fitted"
        if name != "gp":
            return "assumed"
        return "interpolated" if 35 <= age <= 39 else "published"

    return tuple(one(int(age)) for age in AGES)


def rows(groups: list[Group]) -> Iterator[tuple[str, int, str, str, str]]:
    """Yield the rows of the table."""
    for group in groups:
        for place, age in enumerate(AGES):
            yield (
                group.name,
                int(age),
                f"{group.retire[place]:.4f}",
                f"{group.leave_otherwise[place]:.4f}",
                group.basis[place],
            )


def report(group: Group) -> Iterator[str]:
    """Yield what the decision page quotes of one group."""
    heads = stock_at_table_ages(group.series)
    total = group.retire + group.leave_otherwise
    yield f"{group.name}: joiners over other leavers at 45 to 49 {group.fit.excess:+.2%} a year"
    yield f"  all ages leave {np.average(total, weights=heads):.1%} a year"
    for first, last in ((50, 54), (55, 59), (60, 64), (65, 75)):
        inside = _inside(first, last)
        retiring, leaving = (
            np.average(chances[inside], weights=heads[inside]) for chances in (group.retire, total)
        )
        yield f"  {first}-{last}: retire {retiring:.1%}, all {leaving:.1%}"
    loss = group.fit.expected - group.fit.observed
    share = loss / group.fit.expected
    yield "  net loss of the cohorts, fitted windows: " + ", ".join(
        f"{value:.1%}" for value in share[-4:]
    )
    for year in range(2017, 2026):
        if line := _year(group, year):
            yield line


def _year(group: Group, year: int) -> str:
    """Actual over expected heads by band, in the window to March of a year."""
    series, edges = group.series, group.series.edges
    month = date(year, 3, 1)
    end, start = series.at(month), series.at(month.replace(year=year - 1))
    if end is None or start is None:
        return ""
    course = group.retire[np.clip(group.fit.ages.astype(int), FIRST_AGE, LAST_AGE) - FIRST_AGE]
    stock = ungroup(series.whole[start], edges)
    fitted = regroup(older(stock * (1 - course + group.fit.excess * fade(group.fit.ages))), edges)
    nobody_left = aged_on(series.whole[start], edges)
    losses = (nobody_left - series.whole[end])[-3:] / nobody_left[-3:]
    ratios = (series.whole[end] / fitted)[-4:]
    return (
        f"  to March {year}: heads actual/expected {', '.join(f'{r:.3f}' for r in ratios)}; "
        f"net loss {', '.join(f'{loss:.1%}' for loss in losses)}"
    )


def main() -> None:
    """Fit, print, and write the table; with --check only say whether it is as it is written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workbook", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    groups = build(options.workbook)
    for group in groups:
        print("\n".join(report(group)))
    header = ("staff_group", "age", "retire", "leave_otherwise", "basis")
    if options.check:
        with TARGET.open(newline="", encoding="utf-8") as file:
            written = [tuple(row) for row in csv.reader(file)]
        fresh = [header, *(tuple(map(str, row)) for row in rows(groups))]
        raise SystemExit(0 if written == fresh else "The table in the repository differs.")
    with TARGET.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows(groups)])


if __name__ == "__main__":
    main()
