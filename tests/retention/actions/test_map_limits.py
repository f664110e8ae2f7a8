"""A hub that uploads a map moves none of another hub's practices into its own reach."""

import datetime as dt
from collections.abc import Mapping

import pytest

from accounts.access import may
from accounts.actor import Actor
from accounts.models import AuditEvent
from accounts.models.audit_event import Act
from accounts.permissions import Permission
from accounts.queries.audit import in_area
from organisations.clock import today
from organisations.models import Organisation
from organisations.models.link import LinkKind
from organisations.queries.places import hubs_of
from retention.actions.import_files import import_file
from retention.actions.import_report import FileReport
from retention.actions.import_runs import confirm_run
from retention.actions.import_work import load_run
from retention.models import ImportRun
from tests.factories.accounts import actor
from tests.factories.organisations import HubFactory, LinkFactory
from tests.retention.imports.published_files import csv_bytes, map_rows

pytestmark = pytest.mark.django_db
OPERATOR = Actor.command("test")
THEIRS = {"PRACTICE_CODE": "Z90001"}
OURS = {
    "PRACTICE_CODE": "Z90002",
    "SUB_ICB_LOCATION_CODE": "88Z",
    "SUB_ICB_LOCATION_NAME": "OTHER SUB-ICB",
    "ICB_CODE": "QYY",
    "ICB_NAME": "OTHER ICB",
}
MOVED = {**OURS, **THEIRS, "EXTRACT_DATE": "01Aug2026"}
STAYING = {**OURS, "EXTRACT_DATE": "01Aug2026"}


def upload(*rows: Mapping[str, str], hub: Organisation | None) -> FileReport:
    source = csv_bytes(map_rows(*rows))
    (report,) = import_file(by=OPERATOR, source=source, name="map.csv", hub=hub)
    return report


@pytest.fixture
def us() -> Organisation:
    """Our hub, beside another hub whose practice is Z90001."""
    assert not upload(THEIRS, OURS, hub=None).is_refused
    since = dt.date(2020, 4, 1)
    for icb in ("QZZ", "QYY"):
        place = Organisation.objects.get(code=icb)
        hub = HubFactory()
        LinkFactory(kind=LinkKind.ICB_HUB, child=place, parent=hub, starts_on=since)
    made: Organisation = hub
    return made


def their_practice() -> Organisation:
    return Organisation.objects.get(code="Z90001")


def test_another_hubs_practice_is_not_taken(us: Organisation) -> None:
    report = upload(MOVED, STAYING, hub=us)
    assert report.is_refused
    assert "Z90001" in report.rejected[0].reason
    assert not may(actor("hub_administrator", us), Permission.EDIT_ROLES, their_practice())


def test_nor_with_its_whole_sub_icb(us: Organisation) -> None:
    row = {**THEIRS, "ICB_CODE": "QYY", "ICB_NAME": "OTHER ICB", "EXTRACT_DATE": "01Aug2026"}
    report = upload(row, STAYING, hub=us)
    assert "99Z" in report.rejected[0].reason


def test_nor_in_two_steps(us: Organisation) -> None:
    """A map that drops it, then one that lists it as ours; or by way of an area of nobody."""
    theirs_too = {**THEIRS, "PRACTICE_CODE": "Z90009", "EXTRACT_DATE": "01Aug2026"}
    assert not upload(theirs_too, STAYING, hub=us).is_refused
    later = {"EXTRACT_DATE": "01Sep2026"}
    report = upload({**MOVED, **later}, {**theirs_too, **later}, {**OURS, **later}, hub=us)
    assert "Z90001" in report.rejected[0].reason
    nobodys = {"SUB_ICB_LOCATION_CODE": "77Z", "ICB_CODE": "QXX", "ICB_NAME": "NEW ICB"}
    report = upload({**MOVED, **nobodys, **later}, hub=us)
    assert "Z90001" in report.rejected[0].reason


def test_whoever_runs_the_service_loads_it(us: Organisation) -> None:
    assert not upload(MOVED, STAYING, hub=None).is_refused
    assert us in hubs_of(their_practice(), max(today(), dt.date(2026, 8, 1)))


def test_what_is_ones_own_moves_and_others_may_be_renamed(us: Organisation) -> None:
    named = {**THEIRS, "PRACTICE_NAME": "ANOTHER NAME", "EXTRACT_DATE": "01Aug2026"}
    away = {**STAYING, "SUB_ICB_LOCATION_CODE": "66Z", "SUB_ICB_LOCATION_NAME": "NEW SUB-ICB"}
    assert not upload(named, away, hub=us).is_refused


def test_an_upload_is_its_hubs_and_its_administrator_reads_of_it(us: Organisation) -> None:
    lead = actor("hub_retention_lead", us)
    rows = {True: [MOVED, STAYING], False: [{**THEIRS, "EXTRACT_DATE": "01Aug2026"}, STAYING]}
    for is_taken, changes in rows.items():
        run = ImportRun.objects.create(
            hub=us,
            uploaded_by=lead.user,
            file_name="map.csv",
            content=csv_bytes(map_rows(*changes)),
            state="ready",
        )
        confirm_run(by=lead, run=run)
        load_run(str(run.public_id))
        run.refresh_from_db()
        assert run.state == ("failed" if is_taken else "loaded")
    assert AuditEvent.objects.filter(act=Act.IMPORTED_FILE, actor=lead.subject_id).count() == 1
    assert in_area(us).filter(act=Act.IMPORTED_FILE).exists()
