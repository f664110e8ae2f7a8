"""Deleting what has been kept for as long as it may."""

import datetime as dt

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import Model
from django.utils import timezone

from accounts.actions.tokens import make_token
from accounts.actor import Actor
from accounts.audit import record
from accounts.models import ApiToken, AuditEvent, Invitation, Recognition, RoleGrant
from accounts.models.audit_event import Act
from accounts.models.invitation import LASTS
from accounts.models.recognition import RecognitionState
from accounts.retention_periods import (
    INVITATION_DAYS,
    RECOGNITION_DAYS,
    ROLE_DAYS,
    TOKEN_DAYS,
    purge_expired,
    register,
)
from tests.factories.accounts import (
    InvitationFactory,
    RecognitionFactory,
    RoleGrantFactory,
    UserFactory,
    actor,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def left_after(kept: dt.timedelta, model: type[Model]) -> tuple[int, int]:
    """Return how many rows are left when purged a day before, and a day after, their time."""
    counts = []
    for moment in (kept - DAY, kept + DAY):
        with time_machine.travel(timezone.now() + moment):
            purge_expired()
        counts.append(model._default_manager.count())
    return counts[0], counts[1]


def test_invitations_that_nobody_used() -> None:
    InvitationFactory()
    kept = LASTS + dt.timedelta(days=INVITATION_DAYS)
    assert left_after(kept, Invitation) == (1, 0)


@pytest.mark.parametrize("closed", ["accepted_at", "withdrawn_at"])
def test_invitations_that_were_used_or_withdrawn(closed: str) -> None:
    InvitationFactory(**{closed: timezone.now()})
    assert left_after(dt.timedelta(days=INVITATION_DAYS), Invitation) == (1, 0)


@pytest.mark.parametrize("how", ["ended", "over"])
def test_tokens(how: str) -> None:
    token, _ = make_token(by=actor(), name="x", role_grant=None, days=365)
    field = "revoked_at" if how == "ended" else "ends_at"
    ApiToken.objects.filter(pk=token.pk).update(**{field: timezone.now()})
    assert left_after(dt.timedelta(days=TOKEN_DAYS), ApiToken) == (1, 0)


@pytest.mark.parametrize("state", [RecognitionState.DECLINED, RecognitionState.LEFT])
def test_requests_that_came_to_nothing(state: RecognitionState) -> None:
    RecognitionFactory(state=state, decided_at=timezone.now())
    assert left_after(dt.timedelta(days=RECOGNITION_DAYS), Recognition) == (1, 0)


def test_who_belongs_to_a_hub_stays() -> None:
    RecognitionFactory(state=RecognitionState.RECOGNISED, decided_at=timezone.now())
    assert left_after(dt.timedelta(days=10 * RECOGNITION_DAYS), Recognition) == (1, 1)


def test_roles_are_kept_as_long_as_the_audit_log() -> None:
    RoleGrantFactory(ends_on=timezone.localdate())
    assert left_after(dt.timedelta(days=ROLE_DAYS), RoleGrant) == (1, 0)


def test_role_without_an_end_stays() -> None:
    RoleGrantFactory()
    assert left_after(dt.timedelta(days=10 * ROLE_DAYS), RoleGrant) == (1, 1)


def test_sessions_and_where_somebody_was_signed_in() -> None:
    session = SessionStore()
    session.save()
    UserSession.objects.create(user=UserFactory(), ip="127.0.0.1", session_key=session.session_key)
    with time_machine.travel(timezone.now() + dt.timedelta(hours=7)):
        purge_expired()
    assert (Session.objects.count(), UserSession.objects.count()) == (1, 1)
    with time_machine.travel(timezone.now() + dt.timedelta(hours=9)):
        purge_expired()
    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)


@pytest.mark.usefixtures("audit_log_as_deployed")
def test_audit_rows_of_today_stay_and_the_log_is_not_offended() -> None:
    record(by=Actor.command("start_hub"), act=Act.STARTED_HUB)
    assert purge_expired()["audit rows"] == 0
    assert AuditEvent.objects.count() == 1


@pytest.mark.usefixtures("audit_log_as_deployed")
def test_audit_rows_go_after_six_years_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are written in the past: the database's own clock, which guards them, cannot travel."""
    monkeypatch.setattr("accounts.retention_periods.BATCH", 2)
    # Leap days, and the end of a month, may add a week to the six years.
    for days, rows in ((6 * 365 + 3, 1), (6 * 365 + 10, 5)):
        with time_machine.travel(timezone.now() - days * DAY):
            for _ in range(rows):
                record(by=Actor.command("start_hub"), act=Act.STARTED_HUB)
    assert purge_expired()["audit rows"] == 5
    assert AuditEvent.objects.count() == 1


def test_higher_floors_add_their_own_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.retention_periods._STEPS", {})
    asked: list[dt.datetime] = []

    def step(now: dt.datetime) -> int:
        asked.append(now)
        return 3

    register("files", step)
    assert purge_expired()["files"] == 3
    assert timezone.now() - asked[0] < DAY
    with pytest.raises(ValueError, match="twice: files"):
        register("files", step)
