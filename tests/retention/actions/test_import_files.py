"""Published files go in whole or not at all, once, and say what became of each row."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.db import DataError, IntegrityError, OperationalError

from accounts.actor import Actor
from accounts.models import AuditEvent
from organisations.models import Link, Organisation
from organisations.models.link import LinkKind
from organisations.models.organisation import Kind
from organisations.queries.places import icbs_of, network_of, practices_of
from retention.actions import import_files, practice_map
from retention.actions.import_files import import_file
from retention.actions.import_report import FileReport
from retention.models import PostcodeDistrict, PublishedCount, PublishedProfile, PublishedRelease
from retention.queries.printed_cells import printed_cells
from tests.factories.organisations import HubFactory, LinkFactory, PracticeFactory, SubIcbFactory
from tests.retention.imports.published_files import csv_bytes, level_rows, map_rows, zip_bytes
from tests.retention.imports.workforce import workforce_row

pytestmark = pytest.mark.django_db
BY = Actor.command("test")
JULY, AUGUST = dt.date(2026, 7, 1), dt.date(2026, 8, 1)
TO_AUGUST = {"EXTRACT_DATE": "01Aug2026"}


def load(data: bytes, **options: Any) -> FileReport:
    (report,) = import_file(by=BY, source=data, name="file.csv", **options)
    assert report.created + report.changed + report.unchanged + len(report.rejected) == report.rows
    return report


def load_map(*changes: Mapping[str, str], **options: Any) -> FileReport:
    return load(csv_bytes(map_rows(*changes)), **options)


def counts(report: FileReport) -> tuple[int, int, int, int]:
    return report.created, report.changed, report.unchanged, len(report.rejected)


def test_a_map_makes_every_place_and_link() -> None:
    assert counts(load_map({}, {"PCN_CODE": "U", "PCN_NAME": "Unallocated"})) == (2, 0, 0, 0)
    kinds = dict(Organisation.objects.values_list("code", "kind"))
    assert kinds == {
        "ENG": Kind.COUNTRY,
        "Y99": Kind.REGION,
        "QZZ": Kind.ICB,
        "99Z": Kind.SUB_ICB,
        "U90001": Kind.NETWORK,
        "Z90001": Kind.PRACTICE,
        "Z90002": Kind.PRACTICE,
    }
    first, second = (Organisation.objects.get(code=f"Z9000{n}") for n in (1, 2))
    assert network_of(first, JULY) == Organisation.objects.get(code="U90001")
    assert network_of(second, JULY) is None
    england = Organisation.objects.get(code="ENG")
    assert set(practices_of(england, JULY)) == {first, second}
    assert not practices_of(england, JULY - dt.timedelta(days=1)).exists()


def test_the_same_map_again_changes_nothing() -> None:
    load_map({}, {})
    before = list(Link.objects.values())
    assert counts(load_map({}, {})) == (0, 0, 2, 0)
    assert list(Link.objects.values()) == before
    assert PublishedRelease.objects.count() == 1


def test_a_later_map_keeps_the_earlier_names_and_links() -> None:
    load_map({}, {})
    moved = {"PCN_CODE": "U90002", "PCN_NAME": "ALDER PCN", "PRACTICE_NAME": "NEW NAME"}
    assert counts(load_map({**TO_AUGUST, **moved}, TO_AUGUST)) == (0, 1, 1, 0)
    practice = Organisation.objects.get(code="Z90001")
    assert practice.name == "NEW NAME"
    assert [(n.name, n.starts_on, n.ends_on) for n in practice.names.all()] == [
        ("WILLOW LANE SURGERY", JULY, AUGUST),
        ("NEW NAME", AUGUST, None),
    ]
    july, august = network_of(practice, JULY), network_of(practice, AUGUST)
    assert july is not None
    assert august is not None
    assert (july.code, august.code) == ("U90001", "U90002")


def test_a_practice_can_leave_its_network() -> None:
    load_map({})
    load_map({**TO_AUGUST, "PCN_CODE": "U", "PCN_NAME": "Unallocated"})
    assert network_of(Organisation.objects.get(code="Z90001"), AUGUST) is None


def test_two_corrections_in_one_month_leave_one_name_and_one_link() -> None:
    load_map({})
    for name, network in (("ONE", "U90002"), ("TWO", "U90003")):
        load_map({**TO_AUGUST, "PRACTICE_NAME": name, "PCN_CODE": network, "PCN_NAME": network})
    practice = Organisation.objects.get(code="Z90001")
    assert list(practice.names.values_list("name", flat=True)) == ["WILLOW LANE SURGERY", "TWO"]
    links = practice.parent_links.filter(kind=LinkKind.PRACTICE_NETWORK).order_by("starts_on")
    assert [link.parent.code for link in links] == ["U90001", "U90003"]


def test_a_practice_that_is_gone_leaves_and_is_named() -> None:
    load_map({}, {})
    report = load_map(TO_AUGUST)
    assert "Z90002" in report.warnings[0]
    gone = Organisation.objects.get(code="Z90002")
    assert network_of(gone, JULY) is not None
    assert network_of(gone, AUGUST) is None


def test_practices_of_areas_that_are_not_on_the_map_stay() -> None:
    elsewhere = LinkFactory(
        kind=LinkKind.PRACTICE_SUB_ICB, child=PracticeFactory(), parent=SubIcbFactory()
    )
    report = load_map({})
    elsewhere.refresh_from_db()
    assert (report.warnings, elsewhere.ends_on) == ([], None)


def test_an_older_map_is_refused_after_a_newer_one() -> None:
    load_map(TO_AUGUST)
    report = load_map({}, {})
    assert counts(report) == (0, 0, 1, 1)
    assert "Load maps in the order of their months" in report.rejected[0].reason
    assert not Organisation.objects.filter(code="Z90002").exists()


def test_one_wrong_row_stores_nothing_of_its_file() -> None:
    report = load_map({}, {"PRACTICE_CODE": "WRONG"})
    assert (counts(report), report.is_refused) == ((0, 0, 1, 1), True)
    assert report.rejected[0].line == 3
    assert not Organisation.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_dry_run_tells_the_same_and_writes_nothing() -> None:
    assert counts(load_map({}, {}, dry_run=True)) == (2, 0, 0, 0)
    assert not Organisation.objects.exists()
    load_map({})
    assert counts(load_map({}, {}, dry_run=True)) == (1, 0, 1, 0)
    assert not Organisation.objects.filter(code="Z90002").exists()


def test_what_cannot_be_read_is_one_rejected_line() -> None:
    report = load(b"\x89PNG\r\n\x1a\n")
    assert counts(report) == (0, 0, 0, 1)
    assert "picture" in report.rejected[0].reason


def test_the_act_is_audited_with_the_store_and_not_without_change() -> None:
    load_map({})
    (event,) = AuditEvent.objects.all()
    assert (event.act, event.system, event.subject) == ("imported_file", "test", None)


def test_a_failure_halfway_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def disk_full(*args: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(practice_map, "_store_links", disk_full)
    report = load_map({})
    assert report.rejected[0].reason == import_files.NOT_STORED
    assert not Organisation.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_killed_load_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*args: object) -> None:
        raise SystemExit

    monkeypatch.setattr(practice_map, "_store_links", killed)
    with pytest.raises(SystemExit):
        load_map({})
    assert not Organisation.objects.exists()


def test_two_loads_at_once_end_in_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost_race(*args: object) -> None:
        raise IntegrityError("UNIQUE constraint failed")

    monkeypatch.setattr(practice_map, "store", lost_race)
    report = load_map({})
    assert report.rejected[0].reason == import_files.BUSY
    assert not PublishedRelease.objects.exists()


def test_what_the_database_finds_too_long_ends_in_a_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise DataError("value too long for type character varying(10)")

    monkeypatch.setitem(import_files.LOADERS, "postcode_districts", refuse)
    report = load(csv_bytes([{"postcode": "TS18", "latitude": "54.5", "longitude": "-1.3"}]))
    assert "longer than the record can hold" in report.rejected[0].reason


def test_two_tables_in_one_zip_are_two_reports() -> None:
    data = zip_bytes({"map.csv": csv_bytes(map_rows({})), "level.csv": csv_bytes(level_rows({}))})
    reports = import_file(by=BY, source=data, name="both.zip")
    assert {(report.file, report.format, report.created) for report in reports} == {
        ("both.zip: map.csv", "practice_map", 1),
        ("both.zip: level.csv", "practice_level", 1),
    }


def test_cells_are_kept_as_printed_and_not_known_stays_null() -> None:
    load_map({})
    assert counts(load(csv_bytes(level_rows({})))) == (1, 0, 0, 0)
    practice = Organisation.objects.get(code="Z90001").pk
    cells = printed_cells([practice], dt.date(2025, 6, 1))
    nurses = {"total_n_trainee_nurse_hc": None, "total_nurses_hc": None}
    assert cells[practice, "nurses"] == nurses
    assert cells[practice, "gp"]["total_gp_extgl_fte"] == 3.0


def test_a_correction_changes_its_practice_alone() -> None:
    load_map({}, {})
    load(csv_bytes(level_rows({}, {})))
    assert counts(load(csv_bytes(level_rows({}, {"total_gp_hc": "7"})))) == (0, 1, 1, 0)
    practices = Organisation.objects.filter(kind=Kind.PRACTICE).order_by("code")
    keys = [practice.pk for practice in practices]
    cells = printed_cells(keys, dt.date(2025, 6, 1), ["gp"])
    assert [cells[key, "gp"]["total_gp_hc"] for key in keys] == [6, 7]
    assert counts(load(csv_bytes(level_rows({}, {"total_gp_hc": "7"})))) == (0, 0, 2, 0)


def test_a_practice_that_no_map_has_brought_is_added_with_its_places() -> None:
    load_map({"ICB_NAME": "As the map prints it"})
    report = load(csv_bytes(level_rows({}, {"pcn_code": "U90007", "pcn_name": "NEW PCN"})))
    assert "Z90002" in report.warnings[-1]
    added = Organisation.objects.get(code="Z90002")
    network = network_of(added, dt.date(2025, 6, 1))
    assert network is not None
    assert network.name == "NEW PCN"
    (icb,) = icbs_of(added, dt.date(2026, 7, 1))
    assert icb.name == "As the map prints it"


def test_a_practice_without_printed_places_is_added_alone() -> None:
    load(csv_bytes(level_rows({"icb_code": "NA"})))
    assert not Link.objects.filter(child__code="Z90001").exists()
    assert PublishedCount.objects.filter(practice__code="Z90001").exists()


def test_a_file_without_its_month_needs_one() -> None:
    rows = [{k: v for k, v in row.items() if k not in ("year", "month")} for row in level_rows({})]
    assert "month" in load(csv_bytes(rows)).rejected[0].reason
    assert counts(load(csv_bytes(rows), month=JULY)) == (1, 0, 0, 0)
    assert set(PublishedCount.objects.values_list("month", flat=True)) == {JULY}


def test_profiles_add_up_by_place() -> None:
    load_map({}, {"PCN_CODE": "U90002", "PCN_NAME": "ALDER PCN"}, {"PCN_CODE": "U"})
    hub = HubFactory()
    LinkFactory(kind=LinkKind.ICB_HUB, child=Organisation.objects.get(code="QZZ"), parent=hub)
    rows = [
        workforce_row("Z90001", {"30to34": 2, "60to64": 1}, fte=2.0),
        workforce_row("Z90002", {"60to64": 3, "unknown": 1}, fte=2.0),
        workforce_row("Z90003", {}, fte=0, total_gp_extgl_hc="NA"),
    ]
    load(csv_bytes(rows))
    gps = {p.organisation.code: p for p in PublishedProfile.objects.filter(staff_group="gp")}
    assert gps["Z90001"].sessions["60to64"] == 6.0
    assert (gps["U90001"].people, gps["U90002"].people) == (3, 4)
    for code in ("99Z", "QZZ", "Y99", "ENG", hub.code):
        profile = gps[code]
        assert profile.headcount["60to64"] == 4
        assert profile.headcount["unknown"] == 1
        assert profile.by_sex["female"]["60to64"] == 4
        assert profile.sessions["60to64"] == pytest.approx(6 + 13.5)
        assert (profile.people, profile.fte) == (7, 4.0)
        assert (profile.practices, profile.practices_not_known) == (3, 1)
        assert profile.patients == 27_000
    unknown = gps["Z90003"]
    assert (unknown.headcount, unknown.people, unknown.practices_not_known) == ({}, None, 1)
    assert "U" not in gps


def test_a_place_of_which_nothing_is_known_has_no_zeros() -> None:
    load_map({})
    load(csv_bytes([workforce_row("Z90001", {}, fte=0, total_gp_extgl_hc="NA")]))
    network = PublishedProfile.objects.get(organisation__code="U90001", staff_group="gp")
    assert (network.headcount, network.people, network.fte) == ({}, None, None)
    assert network.practices_not_known == 1


def test_a_new_map_moves_the_profiles_with_its_practices() -> None:
    load_map({}, {})
    load(csv_bytes([workforce_row(f"Z9000{n}", {"60to64": n}, fte=n) for n in (1, 2)]))
    split = {"PCN_CODE": "U90002", "PCN_NAME": "ALDER PCN"}
    load_map({}, split)
    people = dict(
        PublishedProfile.objects.filter(
            staff_group="gp", organisation__kind=Kind.NETWORK
        ).values_list("organisation__code", "people")
    )
    assert people == {"U90001": 1, "U90002": 2}


def test_districts_are_stored_and_corrected() -> None:
    header = b"postcode,latitude,longitude\r\n"
    assert counts(load(header + b"TS1,54.5,-1.2\r\nTS2,54.6,-1.2\r\n")) == (2, 0, 0, 0)
    assert counts(load(header + b"TS1,54.5,-1.2\r\nTS2,54.7,-1.2\r\n")) == (0, 1, 1, 0)
    assert PostcodeDistrict.objects.get(code="TS2").latitude == 54.7


def test_the_published_map_and_workforce_rows(real_data: Path) -> None:
    (report,) = import_file(
        by=BY, source=real_data / "gp-reg-pat-prac-map-2026-07.zip", name="map.zip"
    )
    assert counts(report) == (6139, 0, 0, 0)
    today = dt.date(2026, 7, 1)
    practices = Organisation.objects.filter(kind=Kind.PRACTICE)
    allocated = Link.objects.as_at(today).filter(kind=LinkKind.PRACTICE_NETWORK)
    assert practices.count() == 6139
    assert Organisation.objects.filter(kind=Kind.ICB).count() == 36
    assert practices.exclude(pk__in=allocated.values("child")).count() == 52
    sample = real_data / "gpw-practice-level-detailed-2025-06-sample.csv"
    (report,) = import_file(by=BY, source=sample, name="sample.csv")
    assert counts(report) == (3, 0, 0, 0)
    profile = PublishedProfile.objects.get(organisation__code="A81001", staff_group="gp")
    assert {band: n for band, n in profile.headcount.items() if n} == {"60to64": 1}
    assert profile.sessions["60to64"] == 9.0
    assert profile.all_fte == 4.84
    assert profile.trainees == 4
    for path in (real_data / "gp-reg-pat-prac-map-2026-07.zip", sample):
        (again,) = import_file(by=BY, source=path, name=path.name)
        assert (again.created, again.changed, again.unchanged) == (0, 0, again.rows)
