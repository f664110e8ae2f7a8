"""The high-level file never counts twice; the individual-level file leaves counts, not people."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from accounts.actor import Actor
from retention.actions.import_files import import_file
from retention.actions.import_report import FileReport
from retention.models import (
    PracticeRoles,
    PublishedCount,
    PublishedProfile,
    PublishedRelease,
    SubIcbStaff,
)
from tests.factories.organisations import PracticeFactory, SubIcbFactory
from tests.retention.imports.published_files import csv_bytes, level_rows
from tests.retention.imports.staff_files import role_rows, staff_rows

pytestmark = pytest.mark.django_db
JUNE = dt.date(2025, 6, 1)
TOTAL_FTE = {"MEASURE": "FTE", "VALUE": "4.5"}
PARTNERS = {"DETAILED_STAFF_ROLE": "Partner/Provider", "VALUE": "3"}


def load(data: bytes | Path, **options: Any) -> FileReport:
    (report,) = import_file(by=Actor.command("test"), source=data, name="file.csv", **options)
    assert report.created + report.changed + report.unchanged + len(report.rejected) == report.rows
    return report


def counts(report: FileReport) -> tuple[int, int, int, int]:
    return report.created, report.changed, report.unchanged, len(report.rejected)


def load_roles(*changes: dict[str, str]) -> FileReport:
    return load(csv_bytes(role_rows(*changes)), month=JUNE)


def test_without_the_detailed_file_roles_are_stored_and_no_profile_is_made() -> None:
    PracticeFactory(code="Z90001")
    assert counts(load_roles({}, TOTAL_FTE, PARTNERS)) == (1, 0, 0, 0)
    assert PracticeRoles.objects.get().roles == [
        ["gp", "Partner/Provider", 3, None],
        ["gp", "Total", 6, 4.5],
    ]
    assert not PublishedCount.objects.exists()
    assert not PublishedProfile.objects.exists()
    assert counts(load_roles({}, TOTAL_FTE, PARTNERS)) == (0, 0, 1, 0)
    assert counts(load_roles({}, TOTAL_FTE)) == (0, 1, 0, 0)
    assert len(PracticeRoles.objects.get().roles) == 1


def test_with_the_detailed_file_they_are_compared_and_not_stored() -> None:
    load(csv_bytes(level_rows({}, {})))
    releases = PublishedRelease.objects.count()
    wrong = {"PRAC_CODE": "Z90002", "VALUE": "7"}
    report = load_roles({}, TOTAL_FTE, {"STAFF_GROUP": "Nurses", "VALUE": "2"}, wrong)
    assert counts(report) == (0, 0, 2, 0)
    assert report.warnings[0].startswith("2 practices were compared with the detailed file")
    # Nurses are not known in the detailed file: nothing to compare.
    assert report.warnings[1].startswith("1 practice differs between the two files")
    assert "Z90002" in report.warnings[1]
    assert not PracticeRoles.objects.exists()
    assert PublishedRelease.objects.count() == releases


def test_practices_that_the_detailed_file_lacks_are_stored_beside() -> None:
    load(csv_bytes(level_rows({})))
    report = load_roles({}, {"PRAC_CODE": "Z90009"})
    assert counts(report) == (1, 0, 1, 0)
    assert PracticeRoles.objects.get().practice.code == "Z90009"


def test_staff_are_counted_by_area_role_age_and_sex() -> None:
    SubIcbFactory(code="99Z")
    lines = staff_rows({}, {"unique_identifier": "2", "fte": "0.6"}, {"gender": "Male"})
    assert counts(load(csv_bytes(lines))) == (3, 0, 0, 0)
    staff = SubIcbStaff.objects.get()
    who = ["Collected", "GP", "GP Partners", "Partner/Provider", "55-59"]
    assert (staff.month, staff.lines) == (dt.date(2023, 2, 1), 3)
    assert staff.counts == [[*who, "Female", 2, 1.4], [*who, "Male", 1, 0.8]]
    assert counts(load(csv_bytes(lines))) == (0, 0, 3, 0)
    assert counts(load(csv_bytes(lines[:2]))) == (0, 2, 0, 0)
    assert SubIcbStaff.objects.get().lines == 2


def test_no_identifier_is_kept() -> None:
    load(csv_bytes(staff_rows({"unique_identifier": "SECRET_20232", "age_years": "57"})))
    kept = [*SubIcbStaff.objects.values(), *PublishedRelease.objects.values()]
    text = json.dumps(kept, default=str)
    assert "SECRET" not in text
    assert '"57"' not in text


def test_lines_without_an_area_are_said_and_left_out() -> None:
    report = load(csv_bytes(staff_rows({}, {"sub_icb_code": "NULL"})))
    assert counts(report) == (1, 0, 1, 0)
    assert any(said.startswith("1 line names no sub-ICB") for said in report.warnings)
    assert SubIcbStaff.objects.get().lines == 1


def test_an_fte_that_is_not_known_leaves_no_sum() -> None:
    load(csv_bytes(staff_rows({}, {"fte": "NULL"})))
    (entry,) = SubIcbStaff.objects.get().counts
    assert entry[-2:] == [2, None]


def test_the_real_lines(real_data: Path) -> None:
    report = load(real_data / "gpw-individual-level-2023-02-sample.csv")
    assert counts(report) == (10, 0, 0, 0)
    assert sum(SubIcbStaff.objects.values_list("lines", flat=True)) == 10
    assert SubIcbStaff.objects.get(sub_icb__code="A3A8R").lines == 2
