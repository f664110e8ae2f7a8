"""One run at a time, whoever clicks; a dead worker does not block the next."""

import datetime as dt

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEvent
from hubs.actions.pairing_runs import ask_for_run
from hubs.models import PairingRun
from organisations.clock import today
from tests.factories.accounts import actor
from tests.factories.hubs import PairingRunFactory, SchemeFactory

pytestmark = pytest.mark.django_db


def test_a_double_click_makes_one_run() -> None:
    scheme, lead = SchemeFactory(), actor()
    first = ask_for_run(scheme=scheme, by=lead)
    second = ask_for_run(scheme=scheme, by=actor())
    assert first == second
    assert AuditEvent.objects.filter(act="ran_pairing", actor=lead.subject_id).count() == 1


def test_the_database_holds_to_one_run_at_a_time() -> None:
    run = PairingRunFactory(state="running")
    with pytest.raises(IntegrityError), transaction.atomic():
        PairingRunFactory(scheme=run.scheme, state="waiting")


def test_a_run_whose_worker_died_is_given_up() -> None:
    lost = PairingRunFactory(state="running")
    PairingRun.objects.update(
        asked_at=timezone.now() - settings.TASK_LOST_AFTER - dt.timedelta(seconds=1)
    )
    run = ask_for_run(scheme=lost.scheme, by=actor())
    lost.refresh_from_db()
    assert (lost.state, run.state) == ("failed", "waiting")


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_only_an_open_scheme_is_paired(state: str) -> None:
    with pytest.raises(ValidationError, match="Open the scheme first"):
        ask_for_run(scheme=SchemeFactory(state=state), by=actor())
    assert not PairingRun.objects.exists()


def test_a_scheme_after_its_last_day_is_not_paired() -> None:
    ended = SchemeFactory(ends_on=today() - dt.timedelta(days=1))
    with pytest.raises(ValidationError, match="scheme has ended"):
        ask_for_run(scheme=ended, by=actor())
    ask_for_run(scheme=SchemeFactory(ends_on=today()), by=actor())
    assert PairingRun.objects.get().scheme != ended
