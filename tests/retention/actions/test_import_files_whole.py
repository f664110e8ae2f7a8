"""All of a file or nothing: whatever happens to the worker, its disk or its database meanwhile."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, close_old_connections, connection, connections

from accounts.actor import Actor
from organisations.models import Link, Organisation
from organisations.models.organisation import Kind
from retention.actions import practice_map, published_figures
from retention.actions.import_files import import_file
from retention.actions.import_report import FileReport
from retention.models import Deprivation, PublishedRelease
from tests.retention.imports.published_files import csv_bytes, deprivation_rows, map_rows

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[3]
NUMBER = 1_500
# Stops in the middle of storing, says so, and waits for what is done to it.
WORKER = """
import sys, time
import django
django.setup()
from django.db import connection
from accounts.actor import Actor
from retention.actions import practice_map
from retention.actions.import_files import import_file

store_links = practice_map._store_links

def stop_here(*args):
    print("half way", flush=True)
    time.sleep(120)
    store_links(*args)

practice_map._store_links = stop_here
import_file(by=Actor.command("test"), source=sys.stdin.buffer.read(), name="map.csv")
"""


def a_map() -> bytes:
    return csv_bytes(
        [{**map_rows({})[0], "PRACTICE_CODE": f"Z{number:05d}"} for number in range(1, NUMBER + 1)]
    )


def load(data: bytes) -> FileReport:
    (report,) = import_file(by=Actor.command("test"), source=data, name="file.csv")
    return report


def assert_nothing_is_stored() -> None:
    assert not Organisation.objects.filter(kind=Kind.PRACTICE).exists()
    assert not Link.objects.exists()
    assert not PublishedRelease.objects.exists()


def assert_all_is_stored() -> None:
    assert Organisation.objects.filter(kind=Kind.PRACTICE).count() == NUMBER
    # Each practice in its network and its sub-ICB, and three links above.
    assert Link.objects.count() == 2 * NUMBER + 3
    assert PublishedRelease.objects.count() == 1


def database_address() -> str:
    """Return the address of the test database, for another process."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    secret = f":{found['PASSWORD']}" if found["PASSWORD"] else ""
    host = f"{found['HOST']}:{found['PORT']}"
    return f"postgres://{found['USER']}{secret}@{host}/{found['NAME']}"


def test_a_worker_killed_half_way_leaves_nothing_and_the_next_stores_all() -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database_address(),
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert worker.stdin is not None
    assert worker.stdout is not None
    try:
        worker.stdin.write(a_map())
        worker.stdin.close()
        assert worker.stdout.readline() == b"half way\n"
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        worker.stdout.close()
    assert worker.returncode == -signal.SIGKILL
    assert_nothing_is_stored()
    assert load(a_map()).created == NUMBER
    assert_all_is_stored()


@pytest.mark.skipif(
    "sqlite" not in settings.DATABASES["default"]["ENGINE"], reason="a full disk is made by SQLite"
)
def test_a_full_disk_stores_nothing_and_says_so() -> None:
    with connection.cursor() as cursor:
        # Pages that earlier tests left free would take the file.
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        # A few pages more than it has: the load fits in part, and then does not.
        cursor.execute(f"PRAGMA max_page_count = {pages + 20}")
        try:
            report = load(a_map())
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    assert "its disk may be full" in report.rejected[0].reason
    assert_nothing_is_stored()
    assert load(a_map()).created == NUMBER
    assert_all_is_stored()


@pytest.mark.skipif(
    "postgresql" not in settings.DATABASES["default"]["ENGINE"],
    reason="SQLite has no connection that could drop",
)
def test_a_dropped_connection_stores_nothing_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def dropped(*args: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (number,) = cursor.fetchone()
        terminate(number)
        store_links(*args)

    def terminate(number: int) -> None:
        other = connections.create_connection("default")
        try:
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s)", [number])
        finally:
            other.close()

    store_links = practice_map._store_links
    with monkeypatch.context() as patch:
        patch.setattr(practice_map, "_store_links", dropped)
        report = load(a_map())
    assert "could not take this file" in report.rejected[0].reason
    connection.close()
    assert_nothing_is_stored()
    assert load(a_map()).created == NUMBER
    assert_all_is_stored()


def test_two_uploads_at_once_store_each_file_once() -> None:
    reports: list[FileReport] = []

    def work() -> None:
        try:
            reports.append(load(a_map()))
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    created = sorted(report.created for report in reports)
    # One stores; the other finds all there, or is told to come again.
    assert created == [0, NUMBER]
    assert_all_is_stored()


@pytest.mark.parametrize("stage", ["places_by_code", "store"])
def test_a_fault_in_any_stage_of_figures_stores_nothing(
    stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*args: Any, **options: Any) -> None:
        raise OperationalError("disk I/O error")

    if stage == "store":
        monkeypatch.setattr(type(Deprivation.objects), "bulk_create", fails)
    else:
        monkeypatch.setattr(published_figures, "places_by_code", fails)
    report = load(csv_bytes(deprivation_rows({}, {})))
    assert "could not take this file" in report.rejected[0].reason
    assert_nothing_is_stored()
    assert not Deprivation.objects.exists()
