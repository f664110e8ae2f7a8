"""Bulletin tables in the record: stored once, corrected, and only the newest national ones."""

from collections.abc import Sequence
from datetime import date

import pytest

from accounts.actor import Actor
from retention.actions.import_files import import_file
from retention.actions.import_report import FileReport
from retention.models import BulletinTable, PublishedRelease
from tests.retention.imports.bulletins import AGES, PLACES, bulletin_bytes

pytestmark = pytest.mark.django_db
BY = Actor.command("test")
MARCH, JUNE = date(2016, 3, 1), date(2016, 6, 1)


def load(changes: dict[str, Sequence[Sequence[object]]] | None = None) -> FileReport:
    (report,) = import_file(by=BY, source=bulletin_bytes(changes), name="bulletin.xlsx")
    assert report.created + report.changed + report.unchanged + len(report.rejected) == report.rows
    return report


def later() -> dict[str, Sequence[Sequence[object]]]:
    """Return the tables of the next bulletin, which prints a month more."""
    ages = [list(row) for row in AGES]
    ages[2][3] = "June 2016"
    for row in ages[3:10]:
        row[3] = 5
    places = [[str(PLACES[0][0]).replace("March", "June")], *PLACES[1:]]
    return {"2b": ages, "6b": places}


def keys() -> set[tuple[str, str, date]]:
    return set(BulletinTable.objects.values_list("sheet", "place", "month"))


def test_each_table_of_each_place_is_stored_with_its_series() -> None:
    report = load()
    assert (report.created, report.changed, report.unchanged) == (17, 0, 0)
    assert keys() == {
        ("2b", "England", MARCH),
        ("3", "England", MARCH),
        ("6b", "England", MARCH),
        ("6b", "QZZ", MARCH),
    }
    table = BulletinTable.objects.get(sheet="2b")
    assert table.months == ["2015-09-01", "2016-03-01"]
    assert table.series[2] == {
        "staff_group": "gp",
        "sex": "",
        "group": "GPs",
        "part": "Under 30",
        "measure": "headcount",
        "values": [0.0, 2.0],
    }
    assert table.release.format == "bulletin"
    assert table.release.month == MARCH


def test_the_same_bulletin_again_changes_nothing() -> None:
    load()
    report = load()
    assert (report.created, report.changed, report.unchanged) == (0, 0, 17)
    assert PublishedRelease.objects.count() == 1


def test_a_corrected_table_is_written_again_and_the_others_are_not() -> None:
    load()
    corrected = [list(row) for row in AGES]
    corrected[3][1] = 11
    report = load({"2b": corrected})
    assert (report.created, report.changed, report.unchanged) == (0, 7, 10)
    assert BulletinTable.objects.get(sheet="2b").series[0]["values"] == [11.0, 12.0]


def test_only_the_newest_national_tables_are_kept() -> None:
    load()
    load(later())
    assert keys() == {
        ("2b", "England", JUNE),
        ("3", "England", JUNE),
        ("6b", "England", MARCH),
        ("6b", "England", JUNE),
        ("6b", "QZZ", MARCH),
        ("6b", "QZZ", JUNE),
    }


def test_an_older_bulletin_leaves_the_newer_national_tables_alone() -> None:
    load(later())
    report = load()
    assert (report.created, report.changed, report.unchanged) == (8, 0, 9)
    assert ("2b", "England", JUNE) in keys()
    assert ("2b", "England", MARCH) not in keys()
    assert ("6b", "QZZ", MARCH) in keys()


def test_a_rejected_row_keeps_the_whole_bulletin_out() -> None:
    broken = [list(row) for row in AGES]
    broken[3][1] = "n/a"
    report = load({"2b": broken})
    assert (report.created, len(report.rejected)) == (0, 1)
    assert keys() == set()
