"""A practice's uploads through the API: listed, forgotten, asked for again."""

import datetime as dt

import pytest
from django.utils import timezone

from organisations.clock import today
from retention.models import RosterConfirmation, RosterRun
from retention.models.roster_run import RosterState
from tests.factories.api import caller, queries_of
from tests.factories.rosters import RosterRunFactory

pytestmark = pytest.mark.django_db


def test_uploads_newest_first_without_their_rows() -> None:
    run = RosterRunFactory()
    RosterRunFactory()
    path = f"/api/v1/practices/{run.practice.code}/rosters"
    manager = caller("practice_manager", run.practice)
    found = manager.get(path).json()
    assert found["confirmed_on"] is None
    (line,) = found["rosters"]
    assert (line["id"], line["state"]) == (str(run.public_id), run.state)
    before = queries_of(manager, path)
    newer = RosterRunFactory(practice=run.practice)
    RosterConfirmation.objects.create(practice=run.practice, confirmed_on=today())
    found = manager.get(path).json()
    assert found["confirmed_on"] == today().isoformat()
    assert [one["id"] for one in found["rosters"]] == [str(newer.public_id), str(run.public_id)]
    assert queries_of(manager, path) == before


def test_an_upload_is_forgotten_unless_it_is_loaded() -> None:
    run = RosterRunFactory(state=RosterState.READY)
    manager = caller("practice_manager", run.practice)
    path = f"/api/v1/rosters/{run.public_id}"
    assert caller("practice_manager", RosterRunFactory().practice).delete(path).status_code == 404
    RosterRun.objects.filter(pk=run.pk).update(state=RosterState.LOADED)
    assert manager.delete(path).status_code == 204
    assert RosterRun.objects.filter(pk=run.pk).exists()
    RosterRun.objects.filter(pk=run.pk).update(state=RosterState.READY)
    assert manager.delete(path).status_code == 204
    assert manager.delete(path).status_code == 404


def test_a_lost_step_is_asked_for_again_once() -> None:
    run = RosterRunFactory(state=RosterState.CHECKING)
    manager = caller("practice_manager", run.practice)
    long_ago = timezone.now() - dt.timedelta(days=1)
    RosterRun.objects.filter(pk=run.pk).update(changed_at=long_ago)
    assert manager.post(f"/api/v1/rosters/{run.public_id}/retry").status_code == 202
    run.refresh_from_db()
    assert run.changed_at > long_ago
