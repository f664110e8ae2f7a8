"""An upload: checked, confirmed by a person, stored once, and never half."""

import datetime as dt
from functools import partial

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.actor import Actor
from accounts.models import AuditEvent
from accounts.retention_periods import purge_expired
from organisations.models import Organisation
from retention.actions import import_runs, import_work
from retention.actions.import_runs import (
    FORGET_AFTER,
    LOST_AFTER,
    confirm_run,
    drop_run,
    forget_old_runs,
    is_lost,
    retry_run,
    start_run,
)
from retention.actions.import_work import check_run, load_run
from retention.models import ImportRun
from retention.models.import_run import ImportState, ImportStep
from tests.factories.accounts import RoleGrantFactory, actor
from tests.factories.organisations import HubFactory
from tests.retention.imports.published_files import csv_bytes, map_rows

pytestmark = pytest.mark.django_db
GOOD = csv_bytes(map_rows({}))
BAD = csv_bytes(map_rows({"PRACTICE_CODE": "WRONG"}))


@pytest.fixture
def by() -> Actor:
    return actor("hub_retention_lead", HubFactory())


def upload(by: Actor, content: bytes, *, work: bool = True) -> ImportRun:
    assert by.role is not None
    file = SimpleUploadedFile("map.csv", content)
    run = start_run(by=by, hub=by.role.organisation, file=file)
    if work:
        check_run(str(run.public_id))
    run.refresh_from_db()
    return run


def test_a_good_file_is_checked_and_nothing_is_stored_yet(by: Actor) -> None:
    run = upload(by, GOOD)
    assert run.state == ImportState.READY
    assert run.report["files"][0]["created"] == 1
    assert not Organisation.objects.filter(code="Z90001").exists()


def test_the_check_is_handed_to_a_worker(
    by: Actor, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        run = upload(by, GOOD, work=False)
    run.refresh_from_db()
    assert run.state == ImportState.READY
    with django_capture_on_commit_callbacks(execute=True):
        confirm_run(by=by, run=run)
    run.refresh_from_db()
    assert run.state == ImportState.LOADED


def test_a_bad_file_is_refused_and_its_content_forgotten(by: Actor) -> None:
    run = upload(by, BAD)
    assert (run.state, run.content) == (ImportState.REFUSED, None)
    assert run.report["files"][0]["rejected"][0]["line"] == 2
    with pytest.raises(ValidationError, match="Upload it again"):
        confirm_run(by=by, run=run)


def test_a_confirmed_file_is_stored_in_the_name_of_who_uploaded_it(by: Actor) -> None:
    run = upload(by, GOOD)
    confirm_run(by=by, run=run)
    load_run(str(run.public_id))
    run.refresh_from_db()
    assert (run.state, run.content) == (ImportState.LOADED, None)
    assert Organisation.objects.filter(code="Z90001").exists()
    assert AuditEvent.objects.get(act="imported_file").actor == by.subject_id


def test_a_file_is_stored_in_the_name_of_who_confirmed_it(by: Actor) -> None:
    """A colleague may answer for what another uploaded: the audit names who let it in."""
    assert by.role is not None
    run = upload(by, GOOD)
    colleague = actor("hub_retention_lead", by.role.organisation)
    confirm_run(by=colleague, run=run)
    load_run(str(run.public_id))
    assert AuditEvent.objects.get(act="imported_file").actor == colleague.subject_id


@pytest.mark.parametrize("role", ["board_viewer", "practice_manager"])
def test_every_step_asks_whether_one_may(by: Actor, role: str) -> None:
    assert by.role is not None
    run, hub = upload(by, GOOD), by.role.organisation
    stranger = actor(role, hub)
    file = SimpleUploadedFile("map.csv", GOOD)
    for step in (
        partial(start_run, hub=hub, file=file),
        partial(confirm_run, run=run),
        partial(retry_run, run=run),
        partial(drop_run, run=run),
    ):
        with pytest.raises(Http404):
            step(by=stranger)
    run.refresh_from_db()
    assert (run.state, ImportRun.objects.count()) == (ImportState.READY, 1)


def test_of_several_roles_the_audit_names_the_one_that_let_it_in(by: Actor) -> None:
    assert by.role is not None
    assert by.user is not None
    # Granted first, so that the first role found is the one that may not.
    RoleGrantFactory(
        user=by.user,
        role="board_viewer",
        organisation=by.role.organisation,
        starts_on=dt.date(2019, 4, 1),
    )
    run = upload(by, GOOD)
    confirm_run(by=by, run=run)
    load_run(str(run.public_id))
    assert AuditEvent.objects.get(act="imported_file").role == "hub_retention_lead"


@pytest.mark.parametrize("state", [ImportState.REFUSED, ImportState.FAILED])
def test_a_fault_of_the_service_is_told_at_once(
    by: Actor, monkeypatch: pytest.MonkeyPatch, state: ImportState
) -> None:
    run = upload(by, GOOD, work=state == ImportState.FAILED)
    if state == ImportState.FAILED:
        confirm_run(by=by, run=run)
    monkeypatch.setattr(import_work, "import_file", lambda **given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        (load_run if state == ImportState.FAILED else check_run)(str(run.public_id))
    run.refresh_from_db()
    assert (run.state, run.content) == (state, None)
    assert "a fault of its own" in run.report["files"][0]["rejected"][0]["reason"]


def test_a_file_that_loads_itself_is_stored_after_a_good_check(
    by: Actor, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    assert by.role is not None
    for content, state in ((BAD, ImportState.REFUSED), (GOOD, ImportState.LOADED)):
        file = SimpleUploadedFile("map.csv", content)
        with django_capture_on_commit_callbacks(execute=True):
            run = start_run(by=by, hub=by.role.organisation, file=file, loads_itself=True)
        run.refresh_from_db()
        assert run.state == state
    assert AuditEvent.objects.get(act="imported_file").actor == by.subject_id


def test_each_step_is_seen_while_it_is_under_way(
    by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, int | None]] = []

    def noted(run: ImportRun, step: ImportStep, rows: int | None) -> None:
        note(run, step, rows)
        seen.append(ImportRun.objects.values_list("step", "rows_read").get(pk=run.pk))

    note = import_work._note_progress
    monkeypatch.setattr(import_work, "_note_progress", noted)
    run = upload(by, GOOD)
    confirm_run(by=by, run=run)
    load_run(str(run.public_id))
    assert seen == [("reading", None), ("comparing", 1), ("reading", None), ("storing", 1)]
    run.refresh_from_db()
    assert (run.step, run.rows_read) == ("", 1)


def test_a_double_click_and_a_second_worker_store_it_once(by: Actor) -> None:
    run = upload(by, GOOD)
    confirm_run(by=by, run=run)
    confirm_run(by=by, run=ImportRun.objects.get(pk=run.pk))
    load_run(str(run.public_id))
    load_run(str(run.public_id))
    check_run(str(run.public_id))
    assert AuditEvent.objects.filter(act="imported_file").count() == 1


def test_what_went_stale_between_check_and_load_stores_nothing(
    by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = upload(by, GOOD)
    newer = upload(by, csv_bytes(map_rows({"EXTRACT_DATE": "01Aug2026"})))
    for run in (newer, late):
        confirm_run(by=by, run=run)
        load_run(str(run.public_id))
    late.refresh_from_db()
    assert late.state == ImportState.FAILED
    assert "order of their months" in late.report["files"][0]["rejected"][0]["reason"]


def test_a_lost_step_can_be_asked_for_again(
    by: Actor, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    run = upload(by, GOOD, work=False)
    with django_capture_on_commit_callbacks() as callbacks:
        retry_run(by=by, run=run)
    assert (callbacks, is_lost(run)) == ([], False)
    later = timezone.now() + LOST_AFTER + dt.timedelta(seconds=1)
    with time_machine.travel(later, tick=False):
        assert is_lost(run)
        with django_capture_on_commit_callbacks(execute=True):
            retry_run(by=by, run=run)
        run.refresh_from_db()
        assert run.state == ImportState.READY


def test_an_upload_can_be_dropped_until_it_is_loaded(by: Actor) -> None:
    run = upload(by, GOOD)
    drop_run(by=by, run=run)
    assert not ImportRun.objects.exists()
    run = upload(by, GOOD)
    confirm_run(by=by, run=run)
    drop_run(by=by, run=run)
    assert ImportRun.objects.filter(pk=run.pk).exists()


def test_the_file_outlives_the_account_that_uploaded_it(by: Actor) -> None:
    run = upload(by, GOOD)
    confirm_run(by=by, run=run)
    ImportRun.objects.update(uploaded_by=None)
    load_run(str(run.public_id))
    assert AuditEvent.objects.get(act="imported_file").system == "load_import"


def test_nothing_is_kept_when_the_row_cannot_be_saved(
    by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_runs, "_enqueue", lambda run: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        upload(by, GOOD)
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("state", [each for each in ImportState if each != ImportState.LOADED])
def test_a_file_that_nobody_loaded_is_forgotten_after_a_month(
    by: Actor, state: ImportState
) -> None:
    run = upload(by, GOOD)
    ImportRun.objects.filter(pk=run.pk).update(state=state)
    assert forget_old_runs(run.changed_at + FORGET_AFTER - dt.timedelta(seconds=1)) == 0
    with time_machine.travel(run.changed_at + FORGET_AFTER + dt.timedelta(seconds=1)):
        assert purge_expired()["files never loaded"] == 1
    assert not ImportRun.objects.exists()


def test_the_report_of_a_loaded_file_stays_without_the_file(by: Actor) -> None:
    run = upload(by, GOOD)
    confirm_run(by=by, run=run)
    load_run(str(run.public_id))
    assert forget_old_runs(timezone.now() + 2 * FORGET_AFTER) == 0
    assert ImportRun.objects.get().content is None
