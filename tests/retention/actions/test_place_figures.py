"""Patients, deprivation, rurality and network staff are stored once, as printed, or not at all."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from accounts.actor import Actor
from organisations.models import Organisation
from organisations.models.organisation import Kind
from retention.actions.import_files import import_file
from retention.actions.import_report import FileReport
from retention.models import (
    Deprivation,
    NetworkWorkforce,
    PracticeRurality,
    PublishedRelease,
    RegisteredPatients,
)
from tests.factories.organisations import NetworkFactory, PracticeFactory
from tests.retention.imports.published_files import (
    csv_bytes,
    deprivation_rows,
    patient_rows,
    payment_rows,
    post_rows,
)

pytestmark = pytest.mark.django_db
BY = Actor.command("test")


def load(source: bytes | Path, **options: Any) -> FileReport:
    (report,) = import_file(by=BY, source=source, name="file.csv", **options)
    assert report.created + report.changed + report.unchanged + len(report.rejected) == report.rows
    return report


def counts(report: FileReport) -> tuple[int, int, int, int]:
    return report.created, report.changed, report.unchanged, len(report.rejected)


def test_patients_are_one_row_for_a_practice_and_month() -> None:
    PracticeFactory(code="Z90001", name="WILLOW")
    report = load(csv_bytes(patient_rows({"Z90001": 3, "Z90002": 2})))
    assert counts(report) == (2, 0, 0, 0)
    stored = RegisteredPatients.objects.get(practice__code="Z90001")
    assert (stored.total, stored.month) == (120, dt.date(2026, 7, 1))
    assert stored.counts == {"female": [3] * 20, "male": [3] * 20}
    assert "the record lacked them: 1 practice (Z90002)" in report.warnings[0]
    assert Organisation.objects.get(code="Z90001").name == "WILLOW"
    assert counts(load(csv_bytes(patient_rows({"Z90001": 3, "Z90002": 2})))) == (0, 0, 2, 0)
    assert counts(load(csv_bytes(patient_rows({"Z90001": 3, "Z90002": 1})))) == (0, 1, 1, 0)
    assert RegisteredPatients.objects.get(practice__code="Z90002").total == 40
    assert PublishedRelease.objects.count() == 2


def test_figures_that_do_not_add_up_store_nothing() -> None:
    report = load(csv_bytes(patient_rows({"Z90001": 3}, wider=121)))
    assert counts(report)[:2] == (0, 0)
    assert "part of the file is missing" in report.rejected[0].reason
    assert not RegisteredPatients.objects.exists()
    assert not Organisation.objects.filter(code="Z90001").exists()


def test_deprivation_is_one_score_for_a_practice_and_edition() -> None:
    PracticeFactory(code="Z90001")
    report = load(csv_bytes(deprivation_rows({}, {})))
    assert counts(report) == (2, 0, 0, 0)
    added = Organisation.objects.get(code="Z90002")
    assert (added.name, added.kind) == ("Willow Lane Surgery", Kind.PRACTICE)
    assert counts(load(csv_bytes(deprivation_rows({"IMD_SCORE": "12"}, {})))) == (0, 1, 1, 0)
    assert Deprivation.objects.get(practice__code="Z90001").score == 12
    assert counts(load(csv_bytes(deprivation_rows({"IMD_YEAR": "2019"})))) == (1, 0, 0, 0)
    assert Deprivation.objects.filter(practice__code="Z90001").count() == 2


MARCH = dt.date(2025, 3, 1)


def test_rurality_is_one_class_for_a_practice_and_year() -> None:
    for number in (1, 2, 3):
        PracticeFactory(code=f"Z9000{number}")
    assert counts(load(csv_bytes(payment_rows("Rural", "Urban")), month=MARCH)) == (2, 0, 0, 0)
    stored = dict(PracticeRurality.objects.values_list("practice__code", "rural"))
    assert stored == {"Z90001": True, "Z90002": False}
    # One changed, one the same, one that was not known and is new.
    again = csv_bytes(payment_rows("Urban", "Urban", "Rural"))
    assert counts(load(again, month=MARCH)) == (1, 1, 1, 0)
    assert counts(load(again, month=MARCH)) == (0, 0, 3, 0)
    assert PublishedRelease.objects.count() == 2
    assert counts(load(again, month=dt.date(2026, 3, 1))) == (3, 0, 0, 0)
    assert PracticeRurality.objects.filter(practice__code="Z90001").count() == 2


def test_closed_practices_are_not_brought_back_by_their_last_payments() -> None:
    PracticeFactory(code="Z90001")
    report = load(csv_bytes(payment_rows("Rural", "Urban", "-")), month=MARCH)
    assert counts(report) == (1, 0, 2, 0)
    assert report.warnings == [
        "2 practices are not in the record and left out: Z90002, Z90003.",
        "1 practice is neither rural nor urban in this file: Z90003.",
    ]
    assert not Organisation.objects.filter(code="Z90002").exists()


def test_a_class_that_the_file_no_longer_knows_is_kept() -> None:
    PracticeFactory(code="Z90001")
    load(csv_bytes(payment_rows("Rural")), month=MARCH)
    assert counts(load(csv_bytes(payment_rows("Unknown")), month=MARCH)) == (0, 0, 1, 0)
    assert PracticeRurality.objects.get().rural is True


def test_rurality_before_any_map_says_what_to_load_first() -> None:
    report = load(csv_bytes(payment_rows("Rural")), month=MARCH)
    assert "Load a practice map first" in report.rejected[0].reason
    assert not PublishedRelease.objects.exists()


def test_payments_of_a_year_that_goes_on_are_refused() -> None:
    PracticeFactory(code="Z90001")
    report = load(csv_bytes(payment_rows("Rural")), month=dt.date(2090, 3, 1))
    assert "March 2090, which has not begun" in report.rejected[0].reason
    assert not PracticeRurality.objects.exists()


def test_network_staff_are_counted_by_role_and_never_kept_as_lines() -> None:
    NetworkFactory(code="U90001")
    other = {"PCN_CODE": "U90002", "PCN_NAME": "OAK PCN"}
    contracted = {"Data_source": "NWRS contracted services", "UNIQUE_IDENTIFIER": ""}
    lines = post_rows({}, {"FTE": "0.1"}, contracted, other, {**other, "FTE": "NA"})
    assert counts(load(csv_bytes(lines))) == (5, 0, 0, 0)
    first, second = NetworkWorkforce.objects.order_by("network__code")
    role = ["Other Direct Patient Care staff", "Pharmacists", "Pharmacist"]
    assert first.roles == [
        ["NWRS Staff", *role, 2, 0.9],
        ["NWRS contracted services", *role, 1, 0.8],
    ]
    assert (first.posts, first.month) == (3, dt.date(2026, 6, 1))
    # One FTE of the two is not known, so their sum is not.
    assert second.roles == [["NWRS Staff", *role, 2, None]]
    assert Organisation.objects.get(code="U90002").kind == Kind.NETWORK
    assert counts(load(csv_bytes(lines))) == (0, 0, 5, 0)
    lines[4]["FTE"] = "1"
    assert counts(load(csv_bytes(lines))) == (0, 2, 3, 0)


def test_a_preview_says_the_same_and_writes_nothing() -> None:
    for rows in (patient_rows({"Z90001": 3}), deprivation_rows({}), post_rows({})):
        assert load(csv_bytes(rows), dry_run=True).created == 1
    assert not Organisation.objects.exists()
    assert not PublishedRelease.objects.exists()


@pytest.mark.no_cover
def test_the_real_files_are_stored_whole(real_data: Path) -> None:
    assert counts(load(real_data / "imd-2025-gp-practice.csv")) == (6143, 0, 0, 0)
    assert counts(load(real_data / "gp-reg-pat-prac-quin-age-2026-07.zip")) == (6139, 0, 0, 0)
    assert counts(load(real_data / "pcn-workforce-individual-2026-06.zip")) == (39940, 0, 0, 0)
    assert RegisteredPatients.objects.count() == 6139
    assert NetworkWorkforce.objects.count() == 1271
    assert sum(NetworkWorkforce.objects.values_list("posts", flat=True)) == 39_940
    assert counts(load(real_data / "pcn-workforce-individual-2026-06.zip")) == (0, 0, 39940, 0)
