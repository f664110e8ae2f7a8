"""All outlooks of a month or none: a worker that is killed half way, and two at once."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import close_old_connections, connection

from organisations.models import Organisation
from retention.actions import stored_outlooks as actions
from retention.actions.stored_outlooks import make_outlooks
from retention.models import OutlookEdition, StoredOutlook
from retention.queries.public_outlook import made_outlooks, public_outlook
from tests.factories.organisations import add_practice, area_of_one_practice
from tests.factories.published import JUNE, OLD, SEVEN, add_up, profile_of
from tests.retention.actions.test_import_files_whole import ROOT, database_address

pytestmark = pytest.mark.django_db(transaction=True)
# Stops after writing two rows of the edition, says so, and waits for what is done to it.
WORKER = """
import datetime as dt, time
import django
django.setup()
from retention.actions import stored_outlooks as actions

upsert = actions.upsert

def stop_here(model, fields, rows, **how):
    upsert(model, fields, list(rows)[:2], **how)
    print("half way", flush=True)
    time.sleep(120)

actions.upsert = stop_here
actions.make_outlooks(month=dt.date(2025, 6, 1))
"""
Places = dict[str, Organisation]


@pytest.fixture
def places() -> Places:
    found = area_of_one_practice()
    found["older"] = add_practice(found)
    profile_of(found["practice"], SEVEN)
    profile_of(found["older"], OLD)
    add_up()
    return found


def rows() -> list[tuple[Any, ...]]:
    return list(
        StoredOutlook.objects.order_by("organisation").values_list("organisation", "figures")
    )


def test_a_worker_killed_half_way_leaves_nothing_and_the_next_stores_all(places: Places) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database_address(),
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER], cwd=Path(ROOT), env=environment, stdout=subprocess.PIPE
    )
    assert worker.stdout is not None
    try:
        assert worker.stdout.readline() == b"half way\n"
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        worker.stdout.close()
    assert not OutlookEdition.objects.exists()
    assert rows() == []
    # Nor does what it had locked stand in the way.
    assert make_outlooks(month=JUNE) == 1
    wanted = made_outlooks(list(places.values()), JUNE)
    assert len(rows()) == StoredOutlook.objects.filter(edition__holds=True).count() > 2
    assert public_outlook(places["network"], JUNE) == wanted[places["network"].pk]


def test_two_workers_at_once_store_each_edition_once(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = threading.Barrier(2, timeout=30)
    made: list[int] = []

    def both_have_worked_it_out(*args: Any, **given: Any) -> Any:
        found = made_outlooks(*args, **given)
        together.wait()
        return found

    def work() -> None:
        try:
            made.append(make_outlooks(month=JUNE))
        finally:
            close_old_connections()
            connection.close()

    monkeypatch.setattr(actions, "made_outlooks", both_have_worked_it_out)
    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # Whoever was second waited, found it stored, and changed nothing.
    assert sorted(made) == [0, 1]
    assert OutlookEdition.objects.filter(holds=True).count() == 1
    assert len({place for place, _ in rows()}) == len(rows())
    assert (
        public_outlook(places["older"], JUNE)
        == made_outlooks([places["older"]], JUNE)[places["older"].pk]
    )
